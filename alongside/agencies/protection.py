"""What agencies protects beside its own tables, and adds to those of the capabilities below it."""

from django.utils.translation import gettext_lazy as _

from alongside.agencies import identity, roles
from alongside.kernel.rls.declarations import NOBODYS, Grant, Policy, Protection, Record

SQL = ("functions", "columns", "seats", "access", "shifts")

DEFINERS = {
    "ctx.is_independent_second(uuid,uuid)": "only seats of the asker's own agency; the answer is yes or no",
    "ctx.carry_out_access()": "a trigger: nobody can call it",
    "ctx.carry_out_face()": "a trigger: nobody can call it",
    "ctx.keep_names()": "a trigger: nobody can call it",
    "ctx.name_taken(text[],uuid)": "names of agencies, which everybody who is signed in sees; yes or no",
    "ctx.is_on()": "only the asker's own shifts; the answer is yes or no",
    "ctx.end_shift()": "a trigger: nobody can call it",
    "ctx.prove(text,text)": "the server secret, and a session token of the signed account",
}

STATEMENTS = {"permissions": roles.in_sql, "identity": identity.in_sql}

TABLES = {
    "mfa_authenticator": Protection(
        tells=_("The public keys and sealed secrets of workers' second factors."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "type": _("which kind of second factor"),
            "data": _("public keys; secrets sealed under the installation's key"),
        },
        unique={
            "mfa_authenticator_pkey": "numbered by the database, never by whoever writes",
        },
        rules=(
            Grant("select, insert, update, delete"),
            Policy(
                "select",
                "user_id = (select ctx.account()) or user_id = (select ctx.signing_in_account())"
                " or ((select ctx.signing_in()) and type = 'webauthn')",
            ),
            Policy("insert", check="user_id = (select ctx.account())"),
            Policy(
                "update", "user_id = (select ctx.account()) or user_id = (select ctx.signing_in_account())"
            ),
            Policy(
                "delete",
                "user_id = (select ctx.account()) or ((select ctx.signing_in())"
                " and exists (select 1 from agencies_accessrequest r where r.what = 'recovery'"
                " and r.code_hash = (select ctx.shown_code())"
                " and r.account_id = mfa_authenticator.user_id and r.done_at is null"
                " and r.withdrawn_at is null and r.until > statement_timestamp() and r.also_second_step))",
            ),
        ),
    ),
    "ctx.agency_name": Protection(
        tells=_("The names of the agencies, in one spelling, so that none takes another's."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={"key": _("a name of an agency, in small Latin letters")},
    ),
    "account_emailaddress": Protection(
        tells=_("Nothing: no e-mail address is kept."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "email": _("empty"),
            "verified": _("nothing: the table stays empty"),
            "primary": _("nothing: the table stays empty"),
        },
        unique={
            "account_emailaddress_pkey": "nobody may add one",
            "unique_verified_email": "nobody may add one",
        },
        rules=(
            Grant("select"),
            Policy("select", "user_id = (select ctx.account())"),
        ),
    ),
    "account_emailconfirmation": Protection(
        tells=_("Nothing: no e-mail address is kept."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "key": _("empty"),
        },
        unique={
            "account_emailconfirmation_pkey": "nobody may add one",
            "account_emailconfirmation_key_key": "nobody may add one",
        },
        rules=(Policy("select", "false"),),
    ),
}
