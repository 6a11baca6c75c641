"""The parameter table: kept by an agency's evidence editors, read by those who look at its numbers; a version once written stays as it was."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

LOOKS = "agency_id = (select ctx.agency()) and (select ctx.role()) in ('editor', 'data-steward', 'leader', 'privacy-officer')"
KEEPS = "agency_id = (select ctx.agency()) and (select ctx.role()) = 'editor' and written_by = (select ctx.worker())"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("kernel", "0004_claims_once"), ("agencies", "0006_two_more_roles")]
    operations = [
        force_rls("indicators_parameter"),
        grant("indicators_parameter", "select, insert"),
        policy("indicators_parameter", "select", LOOKS),
        policy("indicators_parameter", "insert", check=KEEPS),
    ]
