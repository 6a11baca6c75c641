"""The catalogue lint: our schema passes, and each of its rules notices the defect it is for."""

import io
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command

from alongside.kernel.rls import lint

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

PLANTED = {
    "rls-off": "create table public.planted (id uuid primary key)",
    "rls-not-forced": "alter table files_file no force row level security",
    "no-policy": (
        "create table public.planted (id uuid primary key); alter table planted enable row level security; "
        "alter table planted force row level security"
    ),
    "policy-to-public": "create policy planted on files_file for select using (handle = 'x')",
    "policy-true": "create policy planted on files_file for select to app using (true)",
    "call-per-row": "create policy planted on files_file for select to app using (agency_id = ctx.agency())",
    "view-of-its-owner": "create view public.planted as select * from files_file",
    "copy-readable": (
        "create materialized view public.planted as select * from files_file; grant select on planted to app"
    ),
    "more-than-rows": "grant truncate on files_file to app",
    "write-unguarded": "drop trigger guarded on directory_word",
    "update-whole": "grant update on files_file to app",
    "large-objects": "grant execute on function lo_create(oid) to public",
    "role-setting": "alter role app set search_path = public, pg_temp",
    "partition-granted": """create table public.planted (agency_id uuid) partition by list (agency_id);
        create table public.planted_one partition of planted default; grant select on planted_one to app""",
    "definer-not-listed": (
        "create function public.planted() returns int language sql security definer set search_path = "
        "pg_catalog, pg_temp as 'select 1'"
    ),
    "definer-path-open": (
        "create function public.planted() returns int language sql security definer as 'select 1'"
    ),
    "definer-of-superuser": "alter function ctx.begin(text, text) owner to postgres",
    "leakproof": (
        "create function public.planted(text) returns boolean language sql leakproof as 'select true'"
    ),
    "function-for-all": (
        "create function public.planted() returns int language sql as "
        "'select 1'; grant execute on function planted() to public"
    ),
    "table-for-all": "grant select on files_file to public",
    "context-readable": "grant select on ctx.seat to app",
    "cascade": "create table public.planted (file_id uuid references files_file on delete cascade)",
    "unique-across": "alter table files_file add constraint planted unique (handle)",
    "role-too-strong": "alter role app bypassrls",
    "app-owns": "create table public.planted (id uuid); alter table planted owner to app",
    "app-in-role": "grant owner to app",
    "owner-let-through": "create policy planted on files_file for select to ctxo using (true)",
    "may-create": "grant create on schema public to app",
    "may-make-temporary": (
        "do $$ begin execute format('grant temp on database %I to app', current_database()); end $$"
    ),
    "schema-for-all": "grant usage on schema ctx to public",
    "statements-shown": "alter role app reset track_activities",
    "list-outdated": "drop table django_session",
}
FURTHER = {
    "a unique index beside no constraint": (
        "unique-across",
        "create unique index planted on files_detail (kind)",
    ),
    "a cascade of updates": (
        "cascade",
        "create table public.planted (file_id uuid references files_file on update cascade)",
    ),
    "a setting read for every row": (
        "call-per-row",
        "create policy planted on files_file for select to app using (handle = current_setting('app.c'))",
    ),
    "a claim called inside a look at another table": (
        "call-per-row",
        (
            "create policy planted on files_file for select to app using (exists (select 1 from "
            "agencies_worker w where w.agency_id = ctx.agency()))"
        ),
    ),
    "a function that looks for each row": (
        "call-per-row",
        """create function public.may_see(uuid) returns boolean language sql as 'select true';
        create policy planted on files_file for select to app using (may_see(id))""",
    ),
    "a check that lets anything be left behind": (
        "policy-true",
        "create policy planted on files_file for insert to app with check (true)",
    ),
    "a listed table that got policies": (
        "list-outdated",
        "alter table django_session enable row level security",
    ),
}


@contextmanager
def planted(superuser: psycopg.Connection, statements: str):
    with superuser.transaction(force_rollback=True):
        superuser.execute(statements)
        yield superuser.cursor()


def test_nothing_is_found_in_our_schema(superuser):
    assert [str(finding) for finding in lint.findings(superuser.cursor())] == []


def test_every_rule_has_a_planted_defect():
    assert set(PLANTED) == set(lint.SENTENCES)


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_defect_is_found(superuser, rule):
    with planted(superuser, PLANTED[rule]) as cursor:
        assert rule in {finding.rule for finding in lint.findings(cursor)}


@pytest.mark.parametrize("defect", FURTHER)
def test_a_hidden_defect_is_found(superuser, defect):
    rule, statements = FURTHER[defect]

    with planted(superuser, statements) as cursor:
        assert rule in {finding.rule for finding in lint.findings(cursor)}


def test_the_command_says_that_nothing_was_found():
    said = io.StringIO()

    call_command("policies_lint", stdout=said)

    assert "nothing found" in said.getvalue()


def test_the_command_ends_with_one_and_a_sentence(superuser):
    said = io.StringIO()
    superuser.execute("create view public.planted as select 1 as one")
    try:
        with pytest.raises(SystemExit) as end:
            call_command("policies_lint", stdout=said)
    finally:
        superuser.execute("drop view public.planted")

    assert end.value.code == 1
    assert "planted is a view that reads as its owner" in said.getvalue()
