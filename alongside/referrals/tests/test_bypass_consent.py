"""Bending what was agreed, as `app` with any SQL one likes.

An agreement, a "not them", a request and the trail hold against everybody.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import updatable
from alongside.referrals.tests.scene import Scene, count, refusal, scene  # noqa: F401
from tests import databases
from tests.ground import acting, connect

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
DENIED = "42501"
NOW, DAY = datetime.now(UTC), timedelta(days=1)  # noqa: TID251 - the database's own clock decides


def sees(scene: Scene, worker: UUID | None = None) -> dict[str, int]:
    """How many rows the agency asked sees of each kind."""
    with acting(worker or scene.asked) as app:
        return {
            name: app.execute(f"select count(*) from {table}").fetchone()[0]
            for name, table in {
                "agreements": "consent_release",
                "details": "files_detail",
                "requests": "referrals_referral",
            }.items()
        }


EVERYTHING, NOTHING = (
    {"agreements": 1, "details": 1, "requests": 1},
    {"agreements": 0, "details": 0, "requests": 0},
)


def test_the_agency_asked_sees_what_the_agreement_names_and_no_more(scene: Scene):
    assert sees(scene) == EVERYTHING
    for table in (
        "files_file",
        "plans_priority",
        "plans_step",
        "files_safecontact",
        "files_searchterm",
        "consent_block",
        "referrals_referralintake",
    ):
        assert count(scene.asked, f"select count(*) from {table}") == 0


# What a trigger carries over otherwise.
ITEMS_FOLLOW = (
    "update consent_releaseditem i set starts_at = r.starts_at, until = r.until, given_at = r.given_at, "
    "ended_at = r.ended_at from consent_release r where r.file_id = i.file_id and r.id = i.release_id"
)


@pytest.mark.parametrize(
    "ends",
    [
        (
            "update consent_release set until = now() - interval '1 second', starts_at = now() - interval '1 "
            "day', given_at = null, given_by = null, given_how = '', state = 'offered'"
        ),
        (
            "update consent_release set ended_at = now(), ended_by = gen_random_uuid(), ended_how = 'desk', "
            "state = 'withdrawn'"
        ),
    ],
)
def test_what_is_not_agreed_any_more_is_not_there(scene: Scene, ends):
    with databases.without_triggers() as superuser:
        superuser.execute(ends)
        superuser.execute(ITEMS_FOLLOW)

    assert sees(scene) == NOTHING


@pytest.mark.parametrize(
    "terms",
    [{"starts_at": NOW - 30 * DAY, "until": NOW - DAY}, {"starts_at": NOW + DAY, "until": NOW + 30 * DAY}],
)
def test_an_agreement_holds_only_between_its_dates(scene: Scene, superuser, terms):
    to = scene.ground.agency()
    scene.ground.release(scene.file, scene.ours, to, items={scene.called: "detail"}, **terms)

    assert sees(scene, scene.ground.worker(to)) == NOTHING


@pytest.mark.parametrize("role", ["coordinator", "privacy-officer", "leader", "administrator"])
def test_roles_that_meet_nobody_see_nothing_on_either_side(scene: Scene, role):
    assert sees(scene, scene.ground.worker(scene.theirs, role)) == NOTHING
    assert sees(scene, scene.ground.worker(scene.ours, role)) == NOTHING


def test_an_agreement_with_one_role_is_for_no_other(scene: Scene):
    to = scene.ground.agency()
    scene.ground.release(scene.file, scene.ours, to, items={scene.called: "detail"}, to_role="specialist")

    assert sees(scene, scene.ground.worker(to, "caseworker")) == NOTHING
    assert sees(scene, scene.ground.worker(to, "specialist"))["details"] == 1


@pytest.mark.parametrize(
    "against", ["worker:{asked}", "agency:{theirs}", "role:caseworker", "role:{theirs}:caseworker"]
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_not_them_hides_everything_agreed_before_and_after(scene: Scene, against, when):
    against = against.format(asked=scene.asked, theirs=scene.theirs)
    if when == "after":  # the agreement comes after the "not them"
        other = scene.ground.file(scene.ours, scene.worker)
        scene.ground.block(other, scene.ours, against)
        detail = scene.ground.detail(other, scene.ours)
        release = scene.ground.release(other, scene.ours, scene.theirs, items={detail: "detail"})
        scene.ground.referral(other, scene.ours, scene.theirs, release)
        assert sees(scene) == EVERYTHING
    else:
        scene.ground.block(scene.file, scene.ours, against)
        assert sees(scene) == NOTHING


def test_not_them_hides_the_file_from_a_colleague_too(scene: Scene):
    colleague = scene.ground.worker(scene.ours)
    scene.ground.block(scene.file, scene.ours, f"worker:{scene.worker}")

    assert count(scene.worker, "select count(*) from files_file") == 0
    assert sees(scene, scene.worker) == NOTHING
    assert count(colleague, "select count(*) from files_file") == 1


@pytest.mark.parametrize("against", ["", "agency:{theirs}", "worker:{asked}"])
def test_an_item_for_nobody_else_is_hidden_whatever_is_agreed(scene: Scene, against):
    scene.ground.block(
        scene.file, scene.ours, against.format(theirs=scene.theirs, asked=scene.asked), item=scene.called
    )
    scene.ground.release(scene.file, scene.ours, scene.theirs, items={scene.called: "detail"})

    assert sees(scene)["details"] == 0
    assert count(scene.worker, "select count(*) from files_detail") == 2


ENDED = "update consent_release set state = 'withdrawn', ended_at = now(), ended_by = %s, ended_how = %s"
LIFTED = "update consent_block set lifted_at = now(), lifted_by = %s, lifted_how = %s"


def test_the_person_ends_an_agreement_and_lifts_a_not_them_without_a_worker(scene: Scene, superuser):
    scene.ground.block(scene.file, scene.ours, "role:editor")

    superuser.execute(ENDED, [None, "door"])
    superuser.execute(LIFTED, [None, "door"])

    assert sees(scene) == NOTHING
    assert superuser.execute("select ended_by, ended_how from consent_release").fetchone() == (None, "door")
    assert superuser.execute("select lifted_by, lifted_how from consent_block").fetchone() == (None, "door")


def test_without_a_seat_nobody_ends_an_agreement_until_there_is_a_door(scene: Scene):
    assert refusal(None, ENDED, [None, "door"]) == "done: 0"


@pytest.mark.parametrize("act", [ENDED, LIFTED])
@pytest.mark.parametrize(
    ("by", "how"),
    [
        (None, "desk"),
        (None, "their-word"),
        (uuid7(), "door"),
        (uuid7(), "operator"),
        (None, ""),
        (uuid7(), ""),
        (None, "so"),
    ],
)
def test_who_acted_fits_how(scene: Scene, act, by, how):
    scene.ground.block(scene.file, scene.ours, "role:editor")

    assert refusal(scene.worker, act, [by, how]) == "23514"


@pytest.mark.parametrize(
    ("act", "of"), [(ENDED, "consent_release set ended"), (LIFTED, "consent_block set lifted")]
)
def test_who_ended_or_lifted_it_stays_who_it_was(scene: Scene, superuser, act, of):
    scene.ground.block(scene.file, scene.ours, "role:editor")
    superuser.execute(act, [uuid7(), "their-word"])

    for rewritten in (f"{of}_by = gen_random_uuid()", f"{of}_how = 'desk'"):
        assert refusal(scene.worker, f"update {rewritten}") == DENIED


def test_not_them_is_lifted_by_hand_and_by_nothing_else(scene: Scene):
    scene.ground.block(scene.file, scene.ours, f"agency:{scene.theirs}")
    for change in (
        "update consent_block set against = ''",
        "update consent_block set item_id = gen_random_uuid()",
    ):
        assert refusal(scene.worker, change) == DENIED
    for table in (
        "files_file",
        "consent_release",
        "consent_releaseditem",
        "files_detail",
        "referrals_referral",
    ):
        assert refusal(scene.worker, f"update {table} set blocked_principals = '{{}}'") == DENIED

    scene.ground.superuser.execute(
        "update consent_block set lifted_at = now(), lifted_by = gen_random_uuid(), lifted_how = 'desk'"
    )

    assert sees(scene) == EVERYTHING


CHANGES = {
    "made longer": "update consent_release set until = until + interval '30 days'",
    "begun earlier": "update consent_release set starts_at = starts_at - interval '1 day'",
    "given to another agency": "update consent_release set to_agency_id = gen_random_uuid()",
    "given to every role": "update consent_release set to_role = 'intake'",
    "put to another use": "update consent_release set purpose = 'work-together'",
    "passed on": "update consent_release set onward_allowed = true",
    "said to be given by another": "update consent_release set given_by = gen_random_uuid()",
    "taken out of the record": (
        "update consent_release set given_at = null, given_by = null, given_how = '', state = 'offered'"
    ),
    "an item exchanged": "update consent_releaseditem set item_id = gen_random_uuid()",
    "an item opened further": "update consent_releaseditem set columns = 'body,private'",
    "an item taken out of the record": "delete from consent_releaseditem",
    "withdrawn without a date": "update consent_release set state = 'withdrawn'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_agreement_that_was_given_is_never(scene: Scene, change):
    assert refusal(scene.worker, CHANGES[change]) in (DENIED, "23514")


def test_an_item_is_not_slipped_into_an_agreement_that_was_given(scene: Scene):
    slipped = (
        "insert into consent_releaseditem (file_id, id, agency_id, blocked_principals, release_id, item_id, "
        "kind, columns, to_agency_id, to_role, starts_at, until, given_at) values (%s, gen_random_uuid(), "
        "%s, '{}', %s, %s, 'detail', 'body', %s, '', now(), now() + interval '1 day', now())"
    )

    assert (
        refusal(scene.worker, slipped, [scene.file, scene.ours, scene.release, scene.languages, scene.theirs])
        == DENIED
    )


def test_an_item_never_lives_longer_than_its_agreement(scene: Scene, superuser):
    with acting(scene.worker) as app:
        app.execute(
            (
                "update consent_releaseditem set until = until + interval '90 days', to_role = '', ended_at "
                "= null, to_agency_id = %s"
            ),
            [scene.others],
        )
        same = (
            "select i.until = r.until and i.to_agency_id = r.to_agency_id from consent_releaseditem i join "
            "consent_release r on r.id = i.release_id"
        )
        assert app.execute(same).fetchone() == (True,)
        app.execute(
            "update consent_release set state = 'withdrawn', ended_at = now(), ended_by = %s, "
            "ended_how = 'their-word'",
            [scene.worker],
        )
        assert app.execute("select ended_at is not null from consent_releaseditem").fetchone() == (True,)


def test_an_item_before_the_agreement_counts_shows_nothing(scene: Scene):
    to = scene.ground.agency()
    release = scene.ground.release(scene.file, scene.ours, to, items={scene.called: "detail"}, given_at=None)
    with acting(scene.worker) as app:
        app.execute("update consent_releaseditem set given_at = now() where release_id = %s", [release])
        assert app.execute(
            "select given_at from consent_releaseditem where release_id = %s", [release]
        ).fetchone() == (None,)


@pytest.mark.parametrize(
    "revival",
    [
        "update consent_release set ended_at = null, ended_by = null, ended_how = '', state = 'given'",
        "update consent_release set ended_at = now() + interval '1 day'",
        "update consent_release set state = 'given'",
    ],
)
def test_an_ended_agreement_is_never_revived(scene: Scene, superuser, revival):
    superuser.execute(
        "update consent_release set ended_at = now(), ended_by = gen_random_uuid(), ended_how = 'desk', "
        "state = 'withdrawn'"
    )

    assert refusal(scene.worker, revival) in (DENIED, "23514")
    superuser.execute(
        "update consent_releaseditem set ended_at = null"
    )  # even written so by the superuser: it follows its agreement
    assert sees(scene) == NOTHING


UNTOUCHABLE = (
    "file_id",
    "id",
    "agency_id",
    "to_agency_id",
    "release_id",
    "priority_id",
    "entry_id",
    "written_by",
    "requested_by",
)
TEXTS = ("to_role", "handle", "need", "outcome")


@pytest.mark.parametrize(
    "column", [*UNTOUCHABLE, *TEXTS, "introduction", "answer_by", "requested_at", "written_at", "ours"]
)
def test_the_agency_asked_changes_nothing_but_its_answer(scene: Scene, column):
    value = (
        "gen_random_uuid()"
        if column in UNTOUCHABLE
        else "'other'"
        if column in TEXTS
        else {"introduction": "'x'::bytea", "ours": "not ours"}.get(column, "now()")
    )

    assert refusal(scene.asked, f"update referrals_referral set {column} = {value}") in (DENIED, "23514")


@pytest.mark.parametrize(
    "state", ["draft", "cancelled", "entered-in-error", "completed", "in-progress", "nonsense"]
)
def test_the_agency_asked_moves_a_request_only_along_the_loop(scene: Scene, state):
    assert refusal(scene.asked, "update referrals_referral set state = %s", [state]) == DENIED
    assert refusal(scene.asked, "update referrals_referral set state = 'accepted'") == "done: 1"


@pytest.mark.parametrize(
    "table", ["consent_release", "consent_releaseditem", "files_detail", "plans_priority", "files_file"]
)
def test_the_agency_asked_writes_nowhere_else(scene: Scene, table):
    assert refusal(scene.asked, f"update {table} set agency_id = agency_id") == DENIED
    for column in updatable(table):
        assert refusal(scene.asked, f'update {table} set "{column}" = "{column}"') in ("done: 0", DENIED)


def test_a_draft_is_not_seen_by_the_agency_it_may_go_to(scene: Scene):
    with databases.without_triggers() as superuser:
        superuser.execute("update referrals_referral set state = 'draft'")

    assert sees(scene)["requests"] == 0


def test_a_notice_names_nobody(scene: Scene, superuser):
    columns = {
        row[0]
        for row in superuser.execute(
            "select attname from pg_attribute where attrelid = 'consent_notice'::regclass and attnum > 0"
        )
    }
    assert columns == {"id", "agency_id", "on", "read_at"}

    told = 'insert into consent_notice (id, agency_id, "on") values (%s, %s, current_date)'
    assert refusal(scene.worker, told, [uuid7(), scene.theirs]) == DENIED, "only an ending tells"
    assert refusal(scene.asked, 'update consent_notice set "on" = current_date') == DENIED
    assert refusal(scene.asked, "update consent_notice set agency_id = gen_random_uuid()") == DENIED


ENTRY = (
    "insert into trail_entry (id, worker_id, agency_id, "
    "role, purpose, xid, at, action, item_kind) values ({})"
)


def test_the_actor_on_the_trail_is_whoever_asks_whatever_is_written(scene: Scene, superuser):
    with connect() as app, acting(scene.asked, connection=app):
        forged = (
            f"gen_random_uuid(), '{scene.worker}', '{scene.ours}', "
            "'leader', 'other', 1, '2001-01-01', 'files.read', ''"
        )
        app.execute(ENTRY.format(forged))
        app.commit()

    written = superuser.execute(
        "select worker_id, agency_id, role, purpose, at > "
        "now() - interval '1 minute', xid > 1 from trail_entry"
    ).fetchone()
    assert written == (scene.asked, scene.theirs, "caseworker", "test", True, True)


@pytest.mark.parametrize(
    "statement", ["update trail_entry set count = 1", "delete from trail_entry", "truncate trail_entry"]
)
@pytest.mark.parametrize("role", ["app", "log_writer", "owner"])
def test_nobody_changes_the_trail(scene: Scene, role, statement):
    with acting(scene.worker) as app:
        app.execute(ENTRY.format("gen_random_uuid(), null, null, '', '', 0, now(), 'files.read', ''"))
        app.commit()
    with connect(role) as own:
        if role == "owner":  # sees no row, and is refused even so where it could do harm
            own.execute("alter table trail_entry no force row level security")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute(statement)
        own.rollback()


def test_the_key_of_a_name_that_nobody_has_looks_like_a_workers(scene: Scene):
    with acting(scene.worker) as app:
        fits, nobody, again = (
            app.execute("select ctx.worker_principals(%s, %s)", [scene.theirs, name]).fetchone()[0]
            for name in ("Invented", "Nobody", " nobody ")
        )

    assert nobody == again
    assert nobody != fits
    assert len(nobody) == len(fits) == 1
    for key in (*fits, *nobody):
        identity = UUID(key.removeprefix("worker:"))
        assert (identity.version, identity.variant) == (7, "specified in RFC 4122")
        assert str(identity)[:4] == str(scene.theirs)[:4]  # of the same months


@pytest.mark.parametrize("role", ["privacy-officer", "leader", "administrator", "coordinator"])
def test_nobody_who_keeps_no_files_asks_for_workers_by_name(scene: Scene, role):
    other = scene.ground.worker(scene.ours, role)

    with acting(other) as app:
        assert (
            app.execute("select ctx.worker_principals(%s, 'Invented')", [scene.theirs]).fetchone() is None
            or not app.execute("select ctx.worker_principals(%s, 'Invented')", [scene.theirs]).fetchone()[0]
        )
