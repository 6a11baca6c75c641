"""Learning of rows one may not see.

By copies, counts, errors, duplicates, cascades, statistics and other sessions (rls_bypass.py T1 to T17).
"""

from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg.types.json import Jsonb

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import Grant, declared
from alongside.referrals.tests.scene import Scene, count, refusal, scene  # noqa: F401
from alongside.referrals.tests.worlds import ROWS, entry
from tests.examples import tables_of_a_file
from tests.ground import acting, connect
from tests.weakening import UPDATABLE

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
DENIED = "42501"
DETAIL = (
    "insert into files_detail (file_id, id, agency_id, kind, body, blocked_principals, written_by, "
    "written_at) values (%(file)s, %(id)s, %(agency)s, %(kind)s, '', '{}', gen_random_uuid(), now())"
)


def test_the_owner_of_the_tables_sees_no_row(scene: Scene):  # T1
    with connect("owner") as owner:
        for table in tables_of_a_file():
            assert owner.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_context_that_was_never_set_shows_no_row(
    scene: Scene,
):  # T2, T3: see test_bypass_context.py for the rest
    assert count(None, "select count(*) from files_file") == 0


def test_a_view_by_its_reader_shows_what_its_reader_sees_and_no_other_view_passes_the_lint(
    scene: Scene, superuser
):  # T4
    from alongside.kernel.rls.lint import findings

    with superuser.transaction(force_rollback=True):
        superuser.execute(
            "create view public.theirs as select * from files_file; create view public.readers with "
            "(security_invoker) as select * from files_file"
        )
        superuser.execute(
            "create materialized view public.copied as select * from files_file; grant select on theirs, "
            "readers, copied to app; set local role app"
        )
        assert superuser.execute("select count(*) from readers").fetchone() == (0,)
        superuser.execute("reset role")

        assert {
            f.rule for f in findings(superuser.cursor()) if f.name in ("theirs", "readers", "copied")
        } == {
            "view-of-its-owner",
            "copy-readable",
        }


def test_no_function_runs_as_anybody_but_ctxo(superuser):  # T5
    rows = superuser.execute(
        "select p.oid::regprocedure::text from pg_proc p where p.prosecdef and p.proowner <> 'ctxo'::regrole "
        "and p.pronamespace::regnamespace::text !~ '^pg_'"
    ).fetchall()

    assert rows == []


@pytest.mark.parametrize("kind", ["called", "languages", "another"])
def test_writing_under_a_file_that_is_hidden_is_answered_like_one_that_is_not_there(scene: Scene, kind):  # T6
    hidden = {"file": scene.file, "id": uuid7(), "agency": scene.others, "kind": kind}

    assert (
        refusal(scene.stranger, DETAIL, hidden)
        == refusal(scene.stranger, DETAIL, {**hidden, "file": uuid7()})
        == DENIED
    )


BY_HAND = {
    "files_searchterm": {"term": 1},
    "consent_block": {"against": "", "set_at": "now", "set_by": uuid4()},
}


@pytest.mark.parametrize("table", [*ROWS, *BY_HAND])
def test_every_table_of_a_file_answers_hidden_and_absent_alike(scene: Scene, table):  # T6
    columns = {"agency_id": scene.others, **(ROWS[table]() if table in ROWS else BY_HAND[table])}
    if table != "files_searchterm":
        columns |= {"id": uuid7(), "blocked_principals": []}

    for file in (scene.file, uuid4()):
        assert refusal(scene.stranger, *inserted(table, columns | {"file_id": file})) == DENIED


def inserted(table: str, columns: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The statement that puts down a row, and its parameters."""
    names = ", ".join(columns)
    return f"insert into {table} ({names}) values ({', '.join(f'%({name})s' for name in columns)})", columns


# who never was the custodian’s caseworker, and what of a file they may see all the same: what is about the
# file as such, and what was agreed
OUTSIDERS: dict[str, set[str]] = {
    "nobody": set(),
    "stranger": set(),
    "asked": {"consent_release", "consent_releaseditem", "files_detail", "referrals_referral"},
    "leader": {"files_destruction", "handovers_transfer"},
    "administrator": set(),
    "coordinator": {"handovers_transfer"},
    "privacy-officer": {
        *("files_destruction", "files_file", "files_hold", "files_justification", "trail_entry")
    },
}
# an answer is theirs to give: test_bypass_consent.py; what was read is theirs to say: test_openings.py;
# the second says so: alongside/files/tests/test_destruction.py
OWN_ANSWER = {
    ("asked", "referrals_referral"),
    ("privacy-officer", "files_justification"),
    ("privacy-officer", "files_destruction"),
    ("leader", "files_destruction"),
}


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("table", tables_of_a_file())
def test_no_outsider_reads_or_touches_a_row_of_a_file_by_any_verb(scene: Scene, superuser, who, table):
    scene.ground.block(scene.file, scene.ours, "role:companion")
    entry(scene.ground, scene.file, scene.ours)
    known = {"nobody": None, "stranger": scene.stranger, "asked": scene.asked}
    worker = known[who] if who in known else scene.ground.worker(scene.ours, who)
    (row,) = superuser.execute(f"select to_jsonb(t) from {table} t limit 1").fetchone()
    copy = row | ({"id": str(uuid7())} if "id" in row else {"term": 2})
    columns = [name for name, _number in superuser.execute(UPDATABLE, [table]).fetchall()] or ["file_id"]

    assert (count(worker, f"select count(*) from {table}") > 0) == (table in OUTSIDERS[who])
    assert refusal(worker, f"delete from {table}") in ("done: 0", DENIED)
    if (who, table) not in OWN_ANSWER:
        assert refusal(worker, f"update {table} set {columns[0]} = {columns[0]}") in ("done: 0", DENIED)
    if table != "trail_entry":  # whoever asks may be noted, as who they are: test_bypass_consent.py
        inserting = f"insert into {table} select * from jsonb_populate_record(null::{table}, %s)"
        assert refusal(worker, inserting, [Jsonb(copy)]) == DENIED


def test_an_agreement_or_priority_of_another_file_cannot_be_probed(
    scene: Scene,
):  # T6: the key starts with the file
    own = scene.ground.file(scene.others, scene.stranger)
    probe = (
        "insert into plans_step (file_id, id, agency_id, blocked_principals, priority_id, ours, words, "
        "written_by, written_at) values (%s, gen_random_uuid(), %s, '{}', %s, false, '', gen_random_uuid(), "
        "now()); set constraints all immediate"
    )

    def answer(priority):
        with acting(scene.stranger) as app:
            first, second = probe.split("; ")
            app.execute(first, [own, scene.others, priority])
            with pytest.raises(psycopg.errors.ForeignKeyViolation) as refused:
                app.execute(second)
            return str(refused.value).replace(str(priority), "")

    assert answer(scene.priority) == answer(uuid7())


def test_a_taken_key_is_answered_like_a_free_one(scene: Scene):  # T7
    taken = {"file": scene.file, "id": scene.called, "agency": scene.others, "kind": "called"}

    assert (
        refusal(scene.stranger, DETAIL, taken)
        == refusal(scene.stranger, DETAIL, {**taken, "id": uuid7()})
        == DENIED
    )


def test_a_taken_handle_of_another_agency_is_free_here(scene: Scene, superuser):  # T7
    (handle,) = superuser.execute("select handle from files_file").fetchone()
    opened = (
        "insert into files_file (id, agency_id, handle, opened_by, opened_at, blocked_principals) values "
        "(gen_random_uuid(), %s, %s, gen_random_uuid(), now(), '{}')"
    )

    assert refusal(scene.stranger, opened, [scene.others, handle]) == "done: 1"


def test_on_conflict_do_nothing_counts_nothing_that_is_hidden(scene: Scene):  # T7c
    for identity in (scene.called, uuid7()):
        facts = {"file": scene.file, "id": identity, "agency": scene.others, "kind": "called"}
        assert refusal(scene.stranger, DETAIL + " on conflict do nothing", facts) == DENIED


def test_nothing_cascades(superuser):  # T8
    rows = superuser.execute(
        "select conname from pg_constraint where contype = 'f' and confdeltype <> 'a' and "
        "conrelid::regclass::text !~ '^procrastinate'"
    ).fetchall()

    assert rows == []


NEVER_DELETED = [
    table
    for table in tables_of_a_file()
    if not any(isinstance(rule, Grant) and "delete" in rule.verbs for rule in declared()[table].rules)
]


def test_nobody_deletes_a_file_or_what_hangs_from_it(scene: Scene):  # T8
    assert len(NEVER_DELETED) > 10
    for table in NEVER_DELETED:
        assert refusal(scene.worker, f"delete from {table}") == DENIED


def test_nobody_truncates(scene: Scene):  # T9
    for table in tables_of_a_file():
        assert refusal(scene.worker, f"truncate {table} cascade") == DENIED


LEAKS = [
    "select * from files_detail where 1 / (case when kind = 'called' then 0 else 1 end) = 1",
    "select * from files_file where handle::int > 0",
    "select * from files_detail where encode(body, 'escape')::int = 1",
    "select * from files_file where handle ~ '('",
]


@pytest.mark.parametrize("leak", LEAKS)
def test_a_condition_that_would_tell_by_failing_never_meets_a_hidden_row(scene: Scene, leak):  # T10
    assert refusal(scene.stranger, leak) in (
        "done: 0",
        "2201B",
    )  # the last one fails on its own pattern, whatever the rows


def test_no_function_is_trusted_to_look_before_the_policies(superuser):  # T10: LEAKPROOF
    assert superuser.execute(
        "select count(*) from pg_proc where proleakproof and oid > 16384"
    ).fetchone() == (0,)


def test_no_table_is_partitioned_past_its_policies(superuser):  # T11
    assert superuser.execute(
        "select count(*) from pg_class where relispartition and has_table_privilege('app', oid, 'select')"
    ).fetchone() == (0,)


def test_statistics_of_guarded_tables_are_not_shown(scene: Scene, superuser):  # T12
    superuser.execute(f"analyze {', '.join(tables_of_a_file())}")
    shown = "select count(*) from pg_stats where tablename = any(%s)"

    assert superuser.execute(shown, [tables_of_a_file()]).fetchone()[0] > 50
    assert count(scene.worker, shown, [tables_of_a_file()]) == 0


def test_the_number_of_all_rows_can_be_estimated_and_this_is_written_down(
    scene: Scene,
):  # T13: accepted (security.md D1)
    assert count(scene.stranger, "select count(reltuples) from pg_class where relname = 'files_file'") == 1


def test_the_words_of_another_session_are_not_shown(scene: Scene):  # T14
    with acting(scene.worker) as first, acting(scene.stranger) as second:
        first.execute("select * from files_file where handle = 'SECRET-LITERAL'")
        seen = second.execute(
            "select query from pg_stat_activity where pid = %s", [first.info.backend_pid]
        ).fetchone()[0]

        assert "SECRET" not in (seen or "")
        assert first.execute("show track_activities").fetchone() == ("off",)


def test_django_sends_values_apart_from_statements():  # T14
    assert settings.DATABASES["default"]["OPTIONS"]["server_side_binding"] is True


def test_copy_obeys_and_switching_row_security_off_is_an_error(scene: Scene):  # T16
    with acting(scene.stranger) as app:
        with app.cursor().copy("copy (select id from files_file) to stdout") as rows:
            assert list(rows) == []
        app.execute("set local row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from files_file")


def test_a_refused_row_is_not_repeated_in_the_error(scene: Scene):  # T17
    with acting(scene.worker) as app, pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
        app.execute("update files_file set agency_id = %s", [scene.theirs])

    assert refused.value.diag.message_detail is None
    assert str(scene.file) not in str(refused.value)


def test_a_duplicate_among_hidden_rows_of_ones_own_agency_names_no_value(scene: Scene, superuser):  # T17
    scene.ground.block(scene.file, scene.ours, f"worker:{scene.worker}")
    (handle,) = superuser.execute("select handle from files_file").fetchone()
    with acting(scene.worker) as app, pytest.raises(psycopg.errors.UniqueViolation) as refused:
        app.execute(
            (
                "insert into files_file (id, agency_id, handle, opened_by, opened_at, blocked_principals) "
                "values (gen_random_uuid(), %s, %s, gen_random_uuid(), now(), '{}')"
            ),
            [scene.ours, handle],
        )

    assert refused.value.diag.message_detail is None


def test_moving_ones_row_to_another_agency_or_taking_theirs_is_denied(scene: Scene):
    assert refusal(scene.worker, "update files_detail set agency_id = %s", [scene.theirs]) == DENIED
    assert refusal(scene.stranger, "update files_detail set agency_id = %s", [scene.others]) == DENIED


def test_waiting_for_a_lock_tells_nothing_of_hidden_rows(scene: Scene):
    with acting(scene.worker) as holder, acting(scene.stranger) as other:
        holder.execute("select * from files_file for update")

        assert other.execute("select * from files_file for update nowait").fetchall() == []


def test_no_role_of_pages_or_jobs_may_do_more_than_it_is_meant_to(superuser):
    rows = superuser.execute(
        "select rolname from pg_roles where rolname in ('app', 'log_writer', 'ctxo', 'owner')"
        " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
    ).fetchall()

    assert rows == []


def test_the_log_writer_reads_the_trail_and_nothing_else(scene: Scene):
    with connect("log_writer", autocommit=True) as log_writer:
        log_writer.execute("select * from trail_entry")
        for table in ("files_file", "consent_release", "agencies_worker", "ctx.seat", "django_session"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                log_writer.execute(f"select * from {table}")
