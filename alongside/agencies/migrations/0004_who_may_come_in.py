"""Signing in, one sees one invitation, one recovery, one account's factors: those whose code or passphrase was shown. It lets nobody in otherwise."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

OPERATOR = "coalesce((select ctx.role()) = 'operator', false)"
SIGNING_IN = "(select ctx.signing_in())"
ARRANGES = "((select ctx.arranges_seats()) and agency_id = (select ctx.agency()))"
OWN_AGENCY = "agency_id = (select ctx.agency())"
SHOWN = "code_hash = (select ctx.shown_code())"
INVITED = (
    "exists (select 1 from agencies_invitation i where i.code_hash = (select ctx.shown_code())"
    " and i.accepted_at is null and i.withdrawn_at is null and i.until > statement_timestamp(){more})"
)
RECOVERS = (
    "exists (select 1 from agencies_recovery r where r.code_hash = (select ctx.shown_code()) and r.account_id = {account}"
    " and r.used_at is null and r.withdrawn_at is null and r.until > statement_timestamp(){more})"
)
SEAT_OFFERED = INVITED.format(
    more=" and i.agency_id = agencies_worker.agency_id and i.role = agencies_worker.role and i.name = agencies_worker.name"
)
OWN_FACTOR = "user_id = (select ctx.account())"
AT_THEIR_STEP = "user_id = (select ctx.signing_in_account())"
PUBLIC_KEY = f"({SIGNING_IN} and type = 'webauthn')"  # a passkey says itself whose it is, before anything was checked


def replace(table: str, verb: str, using: str = "", check: str = "") -> list[migrations.RunSQL]:
    return [migrations.RunSQL(f"drop policy app_{verb} on {table}", migrations.RunSQL.noop), policy(table, verb, using, check)]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_invitations"), ("kernel", "0002_sign_in")]
    operations = [
        force_rls("agencies_invitation", "agencies_recovery"),
        grant("agencies_invitation", "select, insert"),
        grant("agencies_invitation", "update (confirmed_by_id, confirmed_at, code_hash, until, accepted_at, withdrawn_at)"),
        policy("agencies_invitation", "select", f"{ARRANGES} or ({SIGNING_IN} and {SHOWN}) or {OPERATOR}"),
        policy("agencies_invitation", "insert", check=f"({ARRANGES} and invited_by_id = (select ctx.worker())) or {OPERATOR}"),
        policy("agencies_invitation", "update", f"{ARRANGES} or ({SIGNING_IN} and {SHOWN})"),
        grant("agencies_recovery", "select, insert"),
        grant("agencies_recovery", "update (confirmed_by_id, confirmed_at, code_hash, until, used_at, withdrawn_at)"),
        policy("agencies_recovery", "select", f"{OWN_AGENCY} or ({SIGNING_IN} and {SHOWN}) or {OPERATOR}"),
        policy("agencies_recovery", "insert", check=f"({ARRANGES} and started_by_id = (select ctx.worker()) and code_hash is null) or {OPERATOR}"),
        policy(
            "agencies_recovery",
            "update",
            f"{OWN_AGENCY} or ({SIGNING_IN} and {SHOWN})",
            f"({OWN_AGENCY} and (confirmed_by_id = (select ctx.worker()) or withdrawn_at is not null)) or ({SIGNING_IN} and {SHOWN})",
        ),
        migrations.RunSQL(
            "revoke update on agencies_account from app; grant update (password) on agencies_account to app;"
            "revoke update on agencies_worker from app; grant update (name, role, left_at) on agencies_worker to app;"
            "revoke update on agencies_agency from app;"
            "grant update (name, name_fr, face, face_fr, kind, regime, division) on agencies_agency to app",
            "grant update on agencies_account, agencies_worker, agencies_agency to app",
        ),
        *replace("agencies_account", "insert", check=f"({SIGNING_IN} and {INVITED.format(more='')}) or {OPERATOR}"),
        *replace(
            "agencies_account", "update", f"id = (select ctx.account()) or ({SIGNING_IN} and {RECOVERS.format(account='agencies_account.id', more='')})"
        ),
        *replace(
            "agencies_worker",
            "select",
            f"{OWN_AGENCY} or account_id = (select ctx.account()) or account_id = (select ctx.signing_in_account()) or {OPERATOR}",
        ),
        *replace("agencies_worker", "insert", check=f"({SIGNING_IN} and {SEAT_OFFERED}) or {OPERATOR}"),
        migrations.RunSQL("drop policy app_all on mfa_authenticator", migrations.RunSQL.noop),
        policy("mfa_authenticator", "select", f"{OWN_FACTOR} or {AT_THEIR_STEP} or {PUBLIC_KEY}"),
        policy("mfa_authenticator", "insert", check=OWN_FACTOR),
        policy("mfa_authenticator", "update", f"{OWN_FACTOR} or {AT_THEIR_STEP}"),
        policy(
            "mfa_authenticator",
            "delete",
            f"{OWN_FACTOR} or ({SIGNING_IN} and {RECOVERS.format(account='mfa_authenticator.user_id', more=' and r.also_second_step')})",
        ),
    ]
