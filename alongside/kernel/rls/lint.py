"""The catalogue lint: what must never be true of the database, asked of the database itself (security.md D1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

SQL = Path(__file__).resolve().parent.parent / "sql" / "lint.sql"

# Tables without row-level security, and why nothing in them can tell anything about a person a file is about.
NOT_ABOUT_A_PERSON: dict[str, str] = {
    "auth_group": "Django's own and empty: nobody has Django's permissions; `app` may not even read it",
    "auth_group_permissions": "Django's own and empty; not granted",
    "auth_permission": "Django's own list of permissions, unused; not granted",
    "directory_source": "who publishes a list of services",
    "directory_organization": "an organization that offers services (HSDS)",
    "directory_program": "a programme of such an organization",
    "directory_service": "a service that is offered",
    "directory_location": "where services are offered; withheld addresses are not stored at all",
    "directory_serviceatlocation": "a service at a place",
    "directory_taxonomy": "a list of terms for services",
    "directory_taxonomyterm": "a term for services",
    "directory_looserecord": "an HSDS record whose owner was not in the file",
    "directory_entry": "a service as it is found",
    "directory_incoming": "entries on their way in, deleted in the same transaction",
    "directory_opening": "when a service is open",
    "directory_word": "the words services are found by",
    "directory_mapping": "which column of a file means what",
    "directory_importrun": "an import of a list of services",
    "directory_reportline": "odd lines of such a list; never what a withheld field said",
    "occupancy_source": "who publishes counts of shelters and calls",
    "occupancy_night": "how many places of a programme were taken on a night; no street address, nobody",
    "occupancy_intakeday": "how many calls a central intake line had on a day and how they ended; no caller",
    "occupancy_mapping": "which column of a file means what",
    "occupancy_importrun": "an import of such counts",
    "occupancy_reportline": "odd lines of such a file, in figures only",
    "django_content_type": "Django's own list of models",
    "django_migrations": "which migrations ran",
    "django_session": "sessions of workers, by the hash of the cookie; the signed context is asked of ctx.session, not of this",
    "procrastinate_events": "when jobs ran",
    "procrastinate_jobs": "jobs, whose arguments are opaque ids",
    "procrastinate_periodic_defers": "when periodic jobs were last deferred",
    "procrastinate_workers": "which job processes are alive",
    "trail_leaf": "hashes of the trail, written by the log writer; not granted to `app`",
    "trail_checkpoint": "signed roots of the trail, written by the log writer; not granted to `app`",
}

# Functions that run as ctxo, who owns the context and nothing else. Each checks a token, a proof or the signed claims itself.
DEFINERS: dict[str, str] = {
    "ctx.begin(text,text)": "a session token, of which the hash is looked up",
    "ctx.begin_as(text,uuid,text)": "the server secret",
    "ctx.begin_operator(text,uuid)": "the server secret",
    "ctx.begin_sign_in(text)": "the server secret",
    "ctx.open_session(text,text,uuid,integer,interval,interval)": "the server secret",
    "ctx.touch(text)": "a session token",
    "ctx.end_session(text)": "a session token",
    "ctx.was_idle(text,text)": "the server secret and a session token",
    "ctx.claim(integer)": "the signature of the transaction",
    "ctx.claims()": "the signature of the transaction",
    "ctx.my_sessions()": "the signed account",
    "ctx.end_my_sessions(uuid)": "the signed account",
    "ctx.end_sessions_of(text,uuid)": "the server secret",
    "ctx.begin_sign_in(text,uuid)": "the server secret",
    "ctx.may_try(text,bytea)": "the server secret",
    "ctx.tried_right(text,bytea)": "the server secret",
    "ctx.session_id(text)": "the signed account and a session token",
    "ctx.end_my_other_sessions(text)": "the signed account",
    "ctx.sweep(text)": "the server secret",
    "ctx.renew_session(text,text,text,integer)": "the server secret",
    "ctx.keep_seat()": "a trigger: nobody can call it",
    "ctx.worker_principals(uuid,text)": "a worker who keeps files; the answer looks the same whether somebody goes by that name or not",
    "ctx.apply_blocks()": "a trigger: nobody can call it",
    "ctx.inherit_blocks()": "a trigger: nobody can call it",
    "ctx.follow_release()": "a trigger: nobody can call it",
    "ctx.carry_to_items()": "a trigger: nobody can call it",
    "ctx.follow_count()": "a trigger: nobody can call it",
    "ctx.place_hold()": "a trigger: nobody can call it",
    "ctx.keep_hold()": "a trigger: nobody can call it",
    "ctx.bed_outlook(uuid[],timestamp with time zone)": "the signed sector; the answer is coarse and half an hour old",
    "ctx.sweep_names(text)": "the server secret",
    "ctx.bed_line(uuid,timestamp with time zone)": "the signed agency, which has to be the one that waits or the one waited for",
    "ctx.gap_cube(text[])": "the signed role: an editor's; counts of the agencies whose leaders agreed, for protection only",
    "ctx.answer_cube(timestamp with time zone,timestamp with time zone)": "the signed role: an editor's; counts of the agencies whose leaders agreed",
    "ctx.bed_cube(timestamp with time zone,timestamp with time zone)": "the signed role: an editor's; counts of the agencies whose leaders agreed",
}

# Unique indexes on personal tables that hold no file's and no agency's key, and why a refused duplicate tells nobody anything.
UNIQUE: dict[str, str] = {
    "agencies_agency_slug_key": "agencies are public; only the operator adds one",
    "agencies_account_username_key": "only the sign-in pages and the operator add accounts, and both are told so on purpose",
    "one_account_a_name": "only the sign-in pages and the operator add accounts, and both are told so on purpose",
    "mfa_authenticator_pkey": "numbered by the database, never by whoever writes",
    "account_emailaddress_pkey": "nobody may add one",
    "unique_verified_email": "nobody may add one",
    "account_emailconfirmation_pkey": "nobody may add one",
    "account_emailconfirmation_key_key": "nobody may add one",
    "briefs_one_address": "an address under which anybody may read; that it is taken is said on the page",
    "disclosure_released_once": "what was released is read by everybody who releases; that a table is out already is said on the page",
}

SENTENCES: dict[str, str] = {
    "rls-off": "{name} has no row-level security. Give it policies, or write down in NOT_ABOUT_A_PERSON why it tells nothing about a person.",
    "rls-not-forced": "{name} does not force row-level security on its owner.",
    "no-policy": "{name} has row-level security and no policy: nothing can be read. Say who may.",
    "policy-to-public": "{name} is a policy for everybody. Name the role.",
    "policy-true": "{name} lets `app` through whatever the row.",
    "call-per-row": "{name} calls a function for every row. Write `(select ctx.agency())`, so that it is called once.",
    "view-of-its-owner": "{name} is a view that reads as its owner. Make it with (security_invoker = true).",
    "copy-readable": "{name} is a copy that no policy guards, and `app` may read it.",
    "more-than-rows": "`app` may TRUNCATE, REFERENCE or put triggers on {name}.",
    "partition-granted": "{name} is a partition that `app` may reach past its parent's policies.",
    "definer-not-listed": "{name} runs as its owner and is not in DEFINERS. What does it check before it answers?",
    "definer-path-open": "{name} runs as its owner with an open search_path. Pin it: set search_path = pg_catalog, pg_temp.",
    "definer-of-superuser": "{name} runs as somebody other than ctxo.",
    "leakproof": "{name} is marked leakproof: it would be shown rows before the policies have hidden them.",
    "function-for-all": "{name} may be called by everybody (PUBLIC).",
    "table-for-all": "{name} is granted to everybody (PUBLIC).",
    "context-readable": "`app` may reach into {name}.",
    "cascade": "{name} cascades: deleting one's own row would delete another agency's.",
    "unique-across": "{name} is unique across agencies: a refused duplicate tells that somebody else's row exists.",
    "role-too-strong": "{name} is a role that can do more than it is meant to.",
    "app-owns": "{name} belongs to a role that pages and jobs connect as.",
    "app-in-role": "{name}: it may become that role.",
    "owner-let-through": "{name} lets `owner`, a member of ctxo, through as well. Write: current_user = 'ctxo' and …",
    "may-create": "{name}: it may create objects there.",
    "may-make-temporary": "{name}: it may make temporary tables, and shadow ours.",
    "schema-for-all": "Schema {name} is open to everybody (PUBLIC).",
    "statements-shown": "What {name} asks can be read by other sessions: set track_activities = off for the role.",
    "list-outdated": "{name} is listed in rls/lint.py and is not in the database.",
}


class Cursor(Protocol):
    """Anything that runs SQL and hands out rows: Django's cursor, or psycopg's."""

    def execute(self, query: Any, params: Any = ...) -> Any:
        """Run one statement."""

    def fetchall(self) -> list[Any]:
        """Return the rows."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be."""

    rule: str
    name: str

    def __str__(self) -> str:
        return SENTENCES[self.rule].format(name=self.name)


def findings(cursor: Cursor) -> list[Finding]:
    """Ask the catalogue of the database behind this cursor; any role may."""
    lists: Mapping[str, list[str]] = {"plain": list(NOT_ABOUT_A_PERSON), "definers": list(DEFINERS), "unique": list(UNIQUE)}
    cursor.execute(SQL.read_text(), lists)
    return [*(Finding(rule, name) for rule, name in cursor.fetchall()), *_outdated(cursor)]


def _outdated(cursor: Cursor) -> Iterator[Finding]:
    for listed, gone in (
        (NOT_ABOUT_A_PERSON, "to_regclass(n) is null or exists (select 1 from pg_class where oid = to_regclass(n) and relrowsecurity)"),
        (DEFINERS, "to_regprocedure(n) is null"),
        (UNIQUE, "to_regclass(n) is null"),
    ):
        cursor.execute(f"select n from unnest(%s::text[]) n where {gone}", [list(listed)])  # noqa: S608 - fixed words
        yield from (Finding("list-outdated", name) for (name,) in cursor.fetchall())
