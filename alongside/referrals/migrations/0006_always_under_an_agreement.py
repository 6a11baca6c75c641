"""A request is begun together with the talk about sharing: it always has its agreement, given or not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_found_by_id")]
    operations = [
        migrations.RemoveConstraint("referral", "sent_only_under_a_release"),
        migrations.AlterField("referral", "release_id", models.UUIDField()),
    ]
