"""Becoming somebody else, as `app` with any SQL one likes.

Forging, replaying and borrowing the signed context (security.md D1).
"""

import secrets

import psycopg
import pytest
from django.conf import settings

from alongside.referrals.tests.scene import Scene, count, refusal, scene  # noqa: F401
from tests.examples import tables_of_a_file
from tests.ground import Ground, acting, connect

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
DENIED = "42501"
FILES = "select count(*) from files_file"


def test_without_a_context_nothing_is_seen(scene: Scene):
    for table in (*tables_of_a_file(), "agencies_worker", "agencies_agency"):
        assert count(None, f"select count(*) from {table}") == 0


def test_forged_claims_show_nothing(scene: Scene):
    with acting(scene.stranger) as app:
        claims = app.execute("select current_setting('app.c')").fetchone()[0]
        forged = claims.replace(str(scene.others), str(scene.ours))
        app.execute("select set_config('app.c', %s, true)", [forged])

        assert app.execute(FILES).fetchone() == (0,)
        assert app.execute("select ctx.agency()").fetchone() == (None,)


@pytest.mark.parametrize("mac", ["", "00", "0" * 64])
def test_a_made_up_signature_shows_nothing(scene: Scene, mac):
    with acting(None) as app:
        app.execute(
            "select set_config('app.c', %s, true), set_config('app.m', %s, true)",
            [f"{scene.worker}||{scene.ours}|community|caseworker|2|care", mac],
        )

        assert app.execute(FILES).fetchone() == (0,)


def test_a_signature_is_worth_nothing_in_the_next_transaction(scene: Scene):
    with connect() as app:
        with acting(scene.worker, connection=app):
            assert app.execute(FILES).fetchone() == (1,)
            kept = app.execute("select current_setting('app.c'), current_setting('app.m')").fetchone()
        app.execute("select set_config('app.c', %s, true), set_config('app.m', %s, true)", kept)

        assert app.execute(FILES).fetchone() == (0,)


def test_a_signature_is_worth_nothing_on_another_connection(scene: Scene):
    with acting(scene.worker) as app, connect() as other:
        kept = app.execute("select current_setting('app.c'), current_setting('app.m')").fetchone()
        other.execute("select set_config('app.c', %s, true), set_config('app.m', %s, true)", kept)

        assert other.execute(FILES).fetchone() == (0,)


def test_a_pooled_connection_remembers_nobody(scene: Scene):
    with connect() as app:
        app.execute("select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, scene.worker])
        app.commit()

        assert app.execute(FILES).fetchone() == (0,)
        assert app.execute("select current_setting('app.c', true)").fetchone()[0] in ("", None)


def test_a_context_set_for_the_whole_connection_shows_nothing_later(scene: Scene):
    with connect() as app:
        with acting(scene.worker, connection=app):
            kept = app.execute("select current_setting('app.c'), current_setting('app.m')").fetchone()
        app.execute("select set_config('app.c', %s, false), set_config('app.m', %s, false)", kept)
        app.commit()

        assert app.execute(FILES).fetchone() == (0,)


def test_a_rolled_back_savepoint_takes_its_context_with_it(scene: Scene):
    with acting(scene.stranger) as app:
        with app.transaction(force_rollback=True):
            app.execute("select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, scene.worker])

        assert app.execute("select ctx.worker()").fetchone() == (scene.stranger,)


@pytest.mark.parametrize("table", ["secret", "session", "seat", "attempt", "item_table"])
@pytest.mark.parametrize(
    "verb",
    ["select * from ctx.{}", "delete from ctx.{}", "insert into ctx.{} default values", "truncate ctx.{}"],
)
def test_nothing_of_the_context_can_be_touched(scene: Scene, table, verb):
    assert refusal(scene.worker, verb.format(table)) == DENIED


@pytest.mark.parametrize(
    "call",
    [
        "select ctx._mac('x|x|x|community|caseworker|2|care')",
        "select ctx._sign('x|x|x|community|caseworker|2|care')",
        "select ctx._proven('x')",
        "select ctx._claims(null, 2, 'care')",
        "select ctx.blocked_principals_of(gen_random_uuid(), null, null)",
        "select ctx.apply_blocks()",
        "select ctx.follow_release()",
        "set role ctxo",
        "set role owner",
        "set session authorization owner",
        "create schema mine",
        "create function ctx.mine() returns int language sql as 'select 1'",
        "create function public.mine() returns int language sql as 'select 1'",
        (
            "create temporary table secret (only_row boolean, inner_pad bytea, outer_pad bytea, "
            "server_secret_hash bytea)"
        ),
        "create function pg_temp.sha256(bytea) returns bytea language sql as 'select ''x''::bytea'",
        "alter table files_file disable row level security",
        "alter table files_file no force row level security",
        "alter role app bypassrls",
        "create extension adminpack",
        "copy files_file to program 'cat'",
        "copy files_file to '/tmp/files'",
        "select pg_read_file('/etc/passwd')",
        "set track_activities = on",
        "set session_replication_role = replica",
    ],
)
def test_what_only_the_database_itself_may_do_is_denied(scene: Scene, call):
    assert refusal(scene.worker, call) in (DENIED, "0A000")


def test_shadowing_by_search_path_changes_nothing(scene: Scene):
    with acting(None) as app:
        app.execute("set local search_path = pg_temp, ctx, public")
        app.execute(
            "select set_config('app.c', %s, true), set_config('app.m', '00', true)",
            [f"{scene.worker}||{scene.ours}|community|caseworker|2|care"],
        )

        assert app.execute("select count(*) from public.files_file").fetchone() == (0,)


@pytest.mark.parametrize(
    "call",
    [
        "select ctx.begin_as('wrong', %(worker)s, 'care')",
        "select ctx.begin_operator('wrong', null)",
        "select ctx.begin_sign_in('wrong')",
        "select ctx.begin_sign_in('wrong', %(account)s)",
        "select ctx.open_session('wrong', 'mine', %(account)s, 2, '1 hour', '1 hour')",
        "select ctx.may_try('wrong', 'x')",
        "select ctx.renew_session('wrong', 'a', 'b', 2)",
    ],
)
def test_no_door_opens_without_the_key(scene: Scene, call):
    with acting(None) as app:
        facts = {"worker": scene.worker, "account": scene.ground.account_of(scene.worker)}

        assert app.execute(call, facts).fetchone() == (False,)
        assert app.execute(FILES).fetchone() == (0,)


def test_a_wrong_server_secret_also_ends_the_context_there_was(scene: Scene):
    with acting(scene.worker) as app:
        app.execute("select ctx.begin_as('wrong', %s, 'care')", [scene.worker])

        assert app.execute(FILES).fetchone() == (0,)


def test_a_session_belongs_to_its_token_and_dies_with_it(scene: Scene, superuser):
    token = secrets.token_urlsafe()
    open_session(token, scene)
    assert begun(token) == scene.worker
    assert begun("nope") is None

    with connect() as app:
        app.execute("select ctx.end_session(%s)", [token])
    assert begun(token) is None

    open_session(token, scene)  # the same token again: a session that ended is not opened a second time
    assert begun(token) is None


@pytest.mark.parametrize(
    "how", ["until = now() - interval '1 second'", "seen_at = now() - interval '2 hours'", "ended_at = now()"]
)
def test_a_session_that_ran_out_begins_nothing_and_cannot_be_touched_alive(scene: Scene, superuser, how):
    token = secrets.token_urlsafe()
    open_session(token, scene)
    superuser.execute(f"update ctx.session set {how}")

    with connect() as app:
        app.execute("select ctx.touch(%s)", [token])

    assert begun(token) is None


def test_whoever_left_the_agency_begins_nothing(scene: Scene, superuser):
    token = secrets.token_urlsafe()
    open_session(token, scene)

    superuser.execute("update agencies_worker set left_at = now() where id = %s", [scene.worker])

    assert begun(token) is None
    with connect() as app:
        assert app.execute(
            "select ctx.begin_as(%s, %s, 'job')", [settings.SERVER_SECRET, scene.worker]
        ).fetchone() == (False,)


def test_the_stored_hash_of_a_token_opens_nothing(scene: Scene, superuser):
    token = secrets.token_urlsafe()
    open_session(token, scene)
    (stored,) = superuser.execute("select encode(token_hash, 'hex') from ctx.session").fetchone()

    assert begun(stored) is None


@pytest.mark.parametrize("role", ["caseworker", "administrator", "privacy-officer", "leader"])
@pytest.mark.parametrize(
    "change",
    [
        "update agencies_worker set agency_id = %(ours)s where id = %(me)s",
        "update agencies_worker set account_id = (select ctx.account()) where agency_id = %(ours)s",
        (
            "insert into agencies_worker (id, account_id, agency_id, name, role, joined_at) values "
            "(gen_random_uuid(), (select ctx.account()), %(ours)s, 'x', 'caseworker', now())"
        ),
        "update agencies_agency set sector = 'community' where id = %(theirs)s",
        "delete from agencies_worker where agency_id = %(ours)s",
    ],
)
def test_no_seat_is_moved_taken_or_turned_by_an_injected_statement(scene: Scene, role, change):
    me = scene.ground.worker(scene.theirs, role)

    assert refusal(me, change, {"ours": scene.ours, "theirs": scene.theirs, "me": me}) == DENIED


@pytest.mark.parametrize("role", ["operator", "signing-in", "caseworker|2|care", "", "Caseworker"])
def test_no_administrator_hands_out_a_role_that_there_is_not(scene: Scene, role):
    """Whatever two might confirm, the database does not carry out."""
    administrator, colleague = scene.ground.worker(scene.ours, "administrator"), scene.worker
    change = "update agencies_worker set role = %s where id = %s"

    assert refusal(administrator, change, [role, colleague]) == DENIED
    with pytest.raises(psycopg.errors.CheckViolation), scene.ground.superuser.transaction():
        scene.ground.superuser.execute(change, [role, colleague])


def test_a_purpose_cannot_smuggle_a_claim_in(scene: Scene):
    with connect() as app:
        app.execute(
            "select ctx.begin_as(%s, %s, %s)",
            [settings.SERVER_SECRET, scene.worker, "care|9'; drop table x --"],
        )

        assert app.execute("select ctx.purpose(), ctx.claim(8)").fetchone() == ("caredroptablex", None)


def open_session(token: str, scene: Scene) -> None:
    with connect() as app:
        app.execute(
            "select ctx.open_session(%s, %s, %s, 2, '1 hour', '1 hour')",
            [settings.SERVER_SECRET, token, scene.ground.account_of(scene.worker)],
        )


def begun(token: str):
    with connect() as app:
        return app.execute("select worker from ctx.begin(%s, 'care')", [token]).fetchone()[0]


def test_a_server_secret_of_another_installation_opens_nothing(superuser):
    ground = Ground(superuser)
    worker = ground.worker(ground.agency())
    with connect() as app:
        assert app.execute(
            "select ctx.begin_as(%s, %s, 'x')", [secrets.token_hex(32), worker]
        ).fetchone() == (False,)


def test_the_operator_reads_no_file_and_no_trail(scene: Scene):
    with connect() as app:
        app.execute("select ctx.begin_operator(%s, %s)", [settings.SERVER_SECRET, scene.ours])

        for table in tables_of_a_file():
            assert app.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_the_door_sees_no_file_and_notes_nothing(scene: Scene):
    with connect() as app:
        app.execute("select ctx.begin_sign_in(%s)", [settings.SERVER_SECRET])
        assert app.execute(FILES).fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "insert into trail_entry (id, action, role, purpose, item_kind) values (gen_random_uuid(), "
                "'files.read', '', '', '')"
            )
