"""The cause of a gap is the asked agency's own; a coordinator answers for a shelter too."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

OURS = "asking_agency_id = (select ctx.agency()) or asked_agency_id = (select ctx.agency())"
ANSWERS = "((select ctx.meets_people()) or (select ctx.role()) = 'coordinator')"


class Migration(migrations.Migration):
    dependencies = [("gaps", "0003_cause")]
    operations = [
        force_rls("gaps_cause"),
        grant("gaps_cause", "select, insert"),
        policy("gaps_cause", "select", "agency_id = (select ctx.agency())"),
        policy("gaps_cause", "insert", check=f"agency_id = (select ctx.agency()) and {ANSWERS}"),
        migrations.RunSQL(
            f"alter policy app_insert on gaps_gap with check ({ANSWERS} and ({OURS}))",
            f"alter policy app_insert on gaps_gap with check ((select ctx.meets_people()) and ({OURS}))",
        ),
    ]
