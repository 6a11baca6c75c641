"""By SQL, as `app`: neither side says what is the other's to say, and no column of codes holds words."""

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest

from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.referrals import commands
from alongside.referrals.tests import cast
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """A request that was sent, one that was answered with a yes, a draft, and a question about room."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    noor = cast.worker(cast.agency("Hillcrest"), "Noor")
    file = cast.file(maya)
    asked, agreed = (cast.request(file, maya, ines.agency) for _ in range(2))
    with ctx.as_worker(ines.pk):
        commands.say_yes(referral=agreed, where="The side door", by=ines, at=clock.now())
    with ctx.as_worker(maya.pk):
        draft = commands.draft(file_id=file.id, to_agency_id=ines.agency_id, by=maya, at=clock.now())
        (room,) = commands.ask_for_capacity(
            to_agency_ids=[ines.agency_id],
            need="shelter_tonight",
            day=clock.today() + timedelta(days=3),
            people=2,
            languages=["pa"],
            by=maya,
            at=clock.now(),
        )
    return SimpleNamespace(
        maya=maya, ines=ines, noor=noor, file=file, asked=asked, agreed=agreed, draft=draft, room=room
    )


def refused(worker, statement, parameters):
    """Whether the database let nothing of it through."""
    with acting(worker.pk) as app:
        try:
            return app.execute(statement, parameters).rowcount == 0
        except psycopg.Error:
            return True


def done(worker, statement, parameters):
    with acting(worker.pk) as app:
        return app.execute(statement, parameters).rowcount == 1


OURS_ON_SENT = {
    "accept it": "state = 'accepted'",
    "decline it": "state = 'rejected'",
    "say it is done": "state = 'completed'",
    "say when it is possible": "possible_from = current_date + 3",
    "say that it was answered": "answered_at = now()",
    "say that it was read": "seen_at = now()",
    "say that they wrote": "heard_from_at = now()",
    "say why not": "reason = 'no-capacity'",
    "say what stands in the way": "barriers = '{pets}'",
    "say how long it takes": "wait_band = 'weeks'",
    "suggest somebody": "suggested_agency_id = gen_random_uuid()",
    "ask somebody else with it": "to_agency_id = gen_random_uuid()",
    "open it to a role": "to_role = 'intake'",
    "make it a draft": "state = 'draft'",
    "ask for something else": "need = 'legal_advice'",
    "call it otherwise": "handle = 'Maria'",
    "write another introduction": r"introduction = '\x00'",
    "send it at another moment": "requested_at = now() - interval '3 days'",
}


@pytest.mark.parametrize("change", OURS_ON_SENT.values(), ids=OURS_ON_SENT.keys())
def test_whoever_asked_neither_answers_nor_changes_what_was_sent(scene, change):
    assert refused(scene.maya, f"update referrals_referral set {change} where id = %s", [scene.asked.id])


@pytest.mark.parametrize(
    "change",
    ["state = 'accepted'", "state = 'requested'", "possible_from = current_date", "reason = 'no-capacity'"],
)
def test_a_draft_is_not_answered_and_is_not_sent_without_its_moment(scene, change):
    assert refused(scene.maya, f"update referrals_referral set {change} where id = %s", [scene.draft.id])


def test_what_is_theirs_to_do_goes_on_being_done(scene):
    for change in ("state = 'cancelled'", "noted_at = now()"):
        assert done(scene.maya, f"update referrals_referral set {change} where id = %s", [scene.asked.id])
    for change in ("to_role = 'intake'", "state = 'cancelled'"):
        assert done(scene.maya, f"update referrals_referral set {change} where id = %s", [scene.draft.id])
    assert done(
        scene.maya, "update referrals_referral set outcome = 'worked' where id = %s", [scene.agreed.id]
    )


def test_whoever_asked_notes_the_answer_also_where_the_file_does_not_open_to_them(scene, superuser):
    ana = cast.worker(scene.maya.agency, "Ana", on=False)
    superuser.execute(
        "update referrals_referral set requested_by = %s where id = %s", [ana.pk, scene.asked.id]
    )
    note = "update referrals_referral set noted_at = now() where id = %s"

    assert done(ana, note, [scene.asked.id])
    assert refused(ana, note, [scene.agreed.id])


BEGUN_AS = {
    "accepted": ("state", "'accepted'"),
    "requested": ("state", "'requested'"),
    "answered": ("answered_at", "now()"),
    "possible": ("possible_from", "current_date"),
    "worked": ("outcome", "'worked'"),
}


@pytest.mark.parametrize("name", BEGUN_AS)
def test_a_request_begins_as_a_draft_and_as_nothing_more(scene, name):
    column, value = BEGUN_AS[name]
    columns = (
        "id, file_id, agency_id, to_agency_id, to_role, handle, release_id, written_by, written_at, ours"
    )
    copied = columns.replace("id,", "gen_random_uuid(),", 1)
    copy = (
        f"insert into referrals_referral ({columns}, {column}) select {copied}, {value}"
        " from referrals_referral where id = %s"
    )

    assert refused(scene.maya, copy, [scene.draft.id])


def said(scene, worker, referral, *, kind, written_at="now()"):
    return (
        worker,
        "insert into referrals_message (id, file_id, agency_id, referral_id, release_id, to_agency_id,"
        f" to_role, from_agency_id, kind, words, written_by, written_at)"
        " select %s, q.file_id, q.agency_id, q.id,"
        f" q.release_id, q.to_agency_id, q.to_role, %s, %s, '\\x00', %s, {written_at}"
        " from referrals_referral q where q.id = %s",
        [uuid7(), worker.agency_id, kind, worker.pk, referral.id],
    )


def test_each_kind_of_message_has_its_time(scene):
    assert refused(*said(scene, scene.ines, scene.asked, kind="answer")), "what a yes carries, before a yes"
    assert refused(*said(scene, scene.ines, scene.agreed, kind="question")), "a question, after it"
    assert done(*said(scene, scene.ines, scene.agreed, kind="answer"))
    assert done(*said(scene, scene.ines, scene.asked, kind="question"))


@pytest.mark.parametrize(
    "written_at", ["now() - interval '2 hours'", "now() + interval '2 days'", "now() + interval '5 minutes'"]
)
def test_nobody_chooses_when_it_was_said(scene, written_at):
    assert refused(*said(scene, scene.ines, scene.agreed, kind="message", written_at=written_at))


def test_nothing_is_put_before_what_was_said(scene, superuser):
    superuser.execute(
        "alter table referrals_referral disable trigger user;"
        "update referrals_referral set requested_at = now() - interval '3 days';"
        "alter table referrals_referral enable trigger user"
    )

    assert refused(
        *said(scene, scene.ines, scene.agreed, kind="message", written_at="now() - interval '1 day'")
    )


WORDS = {
    "need of a draft": ("maya", "referral", "draft", "need = 'call Maria'"),
    "wait": ("ines", "referral", "asked", "wait_band = 'call Maria'"),
    "reason": ("ines", "referral", "asked", "reason = 'call Maria'"),
    "barriers": ("ines", "referral", "asked", "barriers = '{pets,call Maria}'"),
    "reason of no room": ("ines", "capacityrequest", "room", "reason = 'call Maria'"),
}


@pytest.mark.parametrize("name", WORDS)
def test_no_column_of_codes_holds_words(scene, name):
    who, table, which, change = WORDS[name]

    assert refused(
        getattr(scene, who),
        f"update referrals_{table} set {change} where id = %s",
        [getattr(scene, which).pk if which == "room" else getattr(scene, which).id],
    )


@pytest.mark.parametrize(
    "change",
    [
        {"need": "'call Maria'"},
        {"languages": "'{pa,Maria}'"},
        {"reason": "'no-capacity'"},
        {"possible_from": "current_date"},
        {"lapses_at": "now() + interval '300 days'"},
        {"day": "current_date + 300", "lapses_at": "now() + interval '300 days'"},
    ],
)
def test_a_question_about_room_is_codes_and_numbers_and_lapses_with_its_day(scene, change):
    values = {
        "id": "gen_random_uuid()",
        "agency_id": "agency_id",
        "to_agency_id": "to_agency_id",
        "need": "need",
        "day": "day",
        "people": "people",
        "languages": "languages",
        "asked_by": "asked_by",
        "asked_at": "now()",
        "lapses_at": "lapses_at",
    }
    statement = (
        "insert into referrals_capacityrequest ({}) select {} from referrals_capacityrequest where id = %s"
    )
    whole, changed = (
        statement.format(", ".join(each), ", ".join(each.values())) for each in (values, values | change)
    )

    assert done(scene.maya, whole, [scene.room.pk])
    assert refused(scene.maya, changed, [scene.room.pk])
