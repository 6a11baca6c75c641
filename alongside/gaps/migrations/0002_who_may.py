"""A gap is seen by the agency that asked and the agency that was asked; it holds nobody."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

OURS = "asking_agency_id = (select ctx.agency()) or asked_agency_id = (select ctx.agency())"


class Migration(migrations.Migration):
    dependencies = [("gaps", "0001_initial"), ("kernel", "0001_context")]
    operations = [
        force_rls("gaps_gap"),
        grant("gaps_gap", "select, insert"),
        policy("gaps_gap", "select", OURS),
        policy("gaps_gap", "insert", check=f"(select ctx.meets_people()) and ({OURS})"),
    ]
