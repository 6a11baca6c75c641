"""A role is said in both languages, because a brief is printed in both."""

from django.db import migrations, models

from alongside.kernel.rls.operations import grant


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0002_who_may'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='role_fr',
            field=models.CharField(blank=True, max_length=100),
        ),
        grant("evidence_participant", "update (role_fr)"),
    ]
