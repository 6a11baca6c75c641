"""Two roles of the evidence half: who edits it, and who speaks for a nation’s data."""

from django.db import migrations, models

ROLES = """'caseworker', 'intake', 'specialist', 'companion', 'coordinator', 'privacy-officer', 'leader', 'administrator'"""
SEATS = """
set role ctxo;
alter table ctx.seat drop constraint a_role_there_is;
alter table ctx.seat add constraint a_role_there_is check (role in ({roles}));
reset role;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_seats'),
    ]

    operations = [
        migrations.RunSQL(SEATS.format(roles=f"{ROLES}, 'editor', 'data-steward'"), SEATS.format(roles=ROLES)),
        migrations.AlterField(
            model_name='invitation',
            name='role',
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('intake', 'Intake'), ('specialist', 'Specialist'), ('companion', 'Companion'), ('coordinator', 'Coordinator'), ('privacy-officer', 'Privacy officer'), ('leader', 'Leader'), ('administrator', 'Administrator'), ('editor', 'Evidence editor'), ('data-steward', 'Indigenous data steward')], max_length=20),
        ),
        migrations.AlterField(
            model_name='worker',
            name='role',
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('intake', 'Intake'), ('specialist', 'Specialist'), ('companion', 'Companion'), ('coordinator', 'Coordinator'), ('privacy-officer', 'Privacy officer'), ('leader', 'Leader'), ('administrator', 'Administrator'), ('editor', 'Evidence editor'), ('data-steward', 'Indigenous data steward')], max_length=20),
        ),
    ]
