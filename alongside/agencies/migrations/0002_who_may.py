"""Who may see and arrange agencies, seats, accounts and second factors. Nobody signs in through anything else."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

SIGNED_IN = "(select ctx.account()) is not null"
OPERATOR = "coalesce((select ctx.role()) = 'operator', false)"
SIGNING_IN = "(select ctx.signing_in())"
ARRANGES = "((select ctx.arranges_seats()) and agency_id = (select ctx.agency()))"
OWN = "id = (select ctx.account())"
OWN_FACTOR = "user_id = (select ctx.account())"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("kernel", "0001_context"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0001_initial"),
    ]
    operations = [
        force_rls("agencies_agency", "agencies_account", "agencies_worker", "mfa_authenticator", "account_emailaddress", "account_emailconfirmation"),
        grant("agencies_agency", "select, insert, update"),
        policy("agencies_agency", "select", f"{SIGNED_IN} or {OPERATOR} or {SIGNING_IN}"),
        policy("agencies_agency", "insert", check=OPERATOR),
        policy("agencies_agency", "update", f"{OPERATOR} or ((select ctx.arranges_seats()) and id = (select ctx.agency()))"),
        grant("agencies_agency", "select", to="ctxo"),
        policy("agencies_agency", "select", "true", to="ctxo"),
        grant("agencies_account", "select, insert, update"),
        policy("agencies_account", "select", f"{OWN} or {SIGNING_IN} or {OPERATOR}"),
        policy("agencies_account", "insert", check=f"{SIGNING_IN} or {OPERATOR}"),
        policy("agencies_account", "update", f"{OWN} or {SIGNING_IN}"),
        grant("agencies_worker", "select, insert, update"),
        policy("agencies_worker", "select", f"agency_id = (select ctx.agency()) or account_id = (select ctx.account()) or {SIGNING_IN} or {OPERATOR}"),
        policy("agencies_worker", "insert", check=f"{ARRANGES} or {SIGNING_IN} or {OPERATOR}"),
        policy("agencies_worker", "update", f"{ARRANGES} or {OPERATOR}"),
        grant("mfa_authenticator", "select, insert, update, delete"),
        policy("mfa_authenticator", "all", f"{OWN_FACTOR} or {SIGNING_IN}"),
        migrations.RunSQL("grant usage on all sequences in schema public to app", migrations.RunSQL.noop),
        grant("account_emailaddress", "select"),
        policy("account_emailaddress", "select", OWN_FACTOR),
        policy("account_emailconfirmation", "select", "false"),
        migrations.RunSQL(
            "create trigger keep_seat after insert or update on agencies_worker for each row execute function ctx.keep_seat()",
            "drop trigger keep_seat on agencies_worker",
        ),
    ]
