"""A request is asked for by its own id and an intake by its request, so that neither look-up walks through everybody's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_only_as_ctxo")]
    operations = [
        migrations.AddIndex(model_name="referral", index=models.Index(fields=["id"], name="referral_by_id")),
        migrations.AddIndex(model_name="referralintake", index=models.Index(fields=["agency_id", "referral_id"], name="intake_of_referral")),
    ]
