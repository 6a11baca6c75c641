"""What kernel protects beside its own tables, and adds to those of the capabilities below it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import NOBODYS, Grant, Protection, Record, WriteGuard

SQL = ("context", "grants", "left_sessions", "writes", "effects", "ids")

DEFINERS = {
    "ctx.begin(text,text)": "a session token, of which the hash is looked up",
    "ctx.begin_as(text,uuid,text)": "the server secret",
    "ctx.begin_operator(text,uuid)": "the server secret",
    "ctx.begin_sign_in(text)": "the server secret",
    "ctx.open_session(text,text,uuid,integer,interval,interval)": "the server secret",
    "ctx.touch(text)": "a session token",
    "ctx.end_session(text)": "a session token",
    "ctx.end_left_session(text)": "the hash of a session token",
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
    "ctx.being_destroyed()": "nothing: it tells of what must not be seen, by numbers, until it is gone",
}

# Tables that Django brings.
djangos = partial(
    Protection,
    tells=_("Django's own bookkeeping."),
    record=Record.TRANSIENT,
    person=NOBODYS,
    emergency=False,
    hold=False,
)

# The queue of jobs.
queued = partial(
    Protection,
    tells=_("The queue of jobs. Their arguments are opaque numbers."),
    record=Record.TRANSIENT,
    person=NOBODYS,
    emergency=False,
    hold=False,
    written_by_anybody=(
        "pages defer, and the process of the jobs takes, retries and counts, with nobody signed in; a job "
        "acts for the worker whom a trigger stamped on what it carries out, and for nobody named in its "
        "arguments"
    ),
)

TABLES = {
    "auth_group": djangos(
        unguarded="Django's own and empty: nobody has Django's permissions; `app` may not even read it",
    ),
    "auth_group_permissions": djangos(
        unguarded="Django's own and empty; not granted",
    ),
    "auth_permission": djangos(
        unguarded="Django's own list of permissions, unused; not granted",
    ),
    "django_content_type": djangos(
        unguarded="Django's own list of models",
        rules=(Grant("select"),),
    ),
    "django_migrations": djangos(
        unguarded="which migrations ran",
        rules=(Grant("select"),),
    ),
    "django_session": Protection(
        tells=_("Which accounts are signed in now, by the hash of the cookie."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "session_key": _("the hash of the cookie"),
            "session_data": _("which account, and messages of the pages"),
        },
        unguarded=(
            "sessions of workers, by the hash of the cookie; "
            "the signed context is asked of ctx.session, not of this"
        ),
        rules=(
            Grant("select, insert, update, delete"),
            Grant("select, delete", to="ctxo"),
            WriteGuard(whose="session_key = (select ctx.shown_session())"),
        ),
    ),
    "procrastinate_events": queued(
        unguarded="when jobs ran",
        rules=(Grant("select, insert, update, delete"),),
    ),
    "procrastinate_jobs": queued(
        unguarded="jobs, whose arguments are opaque ids",
        rules=(Grant("select, insert, update, delete"),),
    ),
    "procrastinate_periodic_defers": queued(
        unguarded="when periodic jobs were last deferred",
        rules=(Grant("select, insert, update, delete"),),
    ),
    "procrastinate_workers": queued(
        unguarded="which job processes are alive",
        rules=(Grant("select, insert, update, delete"),),
    ),
    "ctx.secret": Protection(
        tells=_("The key that signs who is asking. It opens nothing that is sealed."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "only_row": _("that there is one"),
            "inner_pad": _("one half of the signing key"),
            "outer_pad": _("the other half"),
            "server_secret_hash": _("the hash of the installation's server secret"),
        },
    ),
    "ctx.seat": Protection(
        tells=_("Which account works where, in which role."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "active": _("whether the seat is held now"),
            "account": _("which account"),
            "sector": _("which sector"),
            "role": _("in which role"),
        },
    ),
    "ctx.session": Protection(
        tells=_(
            "When workers signed in and were last there, by the hash of the cookie; "
            "kept for a day after the end."
        ),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "token_hash": _("the hash of the cookie"),
            "account": _("which account"),
            "assurance": _("how many factors were checked"),
            "idle": _("after how long it goes idle"),
        },
    ),
    "ctx.attempt": Protection(
        tells=_("Wrong tries of signing in, by a keyed hash; kept for a day."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "key": _("a keyed hash of what was tried"),
            "wrong": _("how many wrong tries"),
        },
    ),
}
