"""By SQL as `app`: what is said is said now and in one's own name, and a column of codes holds codes."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest

from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.tests import cast
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """A request that was sent, one with a yes, one with a no, one talked about, and a question about room."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    priya = cast.worker(maya.agency, "Priya")
    police = cast.worker(cast.agency("City Police", "criminal-legal", "police"), "Cole", "intake")
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    asked, agreed, declined = (cast.request(file, maya, ines.agency, wish) for _ in range(3))
    with ctx.as_worker(ines.pk):
        commands.say_yes(referral=agreed, by=ines, at=clock.now())
        no = {"reason": "no-capacity", "barriers": [], "wait_band": ""}
        commands.decline(referral=declined, **no, by=ines, at=clock.now())
    with ctx.as_worker(maya.pk):
        (room,) = commands.ask_for_capacity(
            to_agency_ids=[ines.agency_id],
            need="shelter_tonight",
            day=clock.today() + timedelta(days=3),
            people=2,
            languages=[],
            by=maya,
            at=clock.now(),
        )
    draft = cast.talked_about(file, maya, ines.agency)
    made = {"asked": asked, "agreed": agreed, "declined": declined, "draft": draft, "room": room}
    return SimpleNamespace(maya=maya, ines=ines, priya=priya, police=police, file=file, **made)


REQUEST = "update referrals_referral set {} where id = '{}'"
ROOM = "update referrals_capacityrequest set {} where id = '{}'"
ASK = (
    "insert into referrals_capacityrequest (id, agency_id, to_agency_id, need, day, people, asked_by,"
    " asked_at, lapses_at) values (gen_random_uuid(), '{us}', '{to}', 'shelter_tonight',"
    " (now() + {off})::date, 1, '{me}', now() + {asked}, now() + {off} + interval '1 day')"
)
THEIRS = {
    "a band that is words": ("agreed", "appointment_band = 'she is at the motel'"),
    "answered before it was asked": ("asked", "state = 'accepted', answered_at = now() - interval '9 days'"),
    "answered in 2090": ("asked", "state = 'accepted', answered_at = '2090-01-01'"),
    "heard from in 2090": ("asked", "heard_from_at = '2090-01-01'"),
    "moved in 2090": ("agreed", "state = 'in-progress', moved_at = '2090-01-01'"),
    "seen in 2090": ("asked", "seen_at = '2090-01-01'"),
}
ROOMS = {
    "a no without its reason": "state = 'no', answered_at = now()",
    "a yes with a reason": "state = 'yes', reason = 'waitlist', answered_at = now()",
    "answered before it was asked": "state = 'yes', answered_at = now() - interval '9 days'",
    "answered in 2090": "state = 'yes', answered_at = '2090-01-01'",
}
OURS = {
    "worked before an answer": ("asked", "outcome = 'worked'"),
    "worked after a no": ("declined", "outcome = 'worked'"),
    "heard in 2090": ("agreed", "noted_at = '2090-01-01'"),
}
REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)


def refused(who, statement, parameters=None):
    """Whether the database refuses it, by whichever guard."""
    with acting(who.pk) as app:
        try:
            app.execute(statement, parameters)
        except REFUSED:
            return True
        return False


@pytest.mark.parametrize("name", THEIRS)
def test_the_agency_asked_answers_now_and_in_codes(scene, name):
    which, change = THEIRS[name]

    assert refused(scene.ines, REQUEST.format(change, getattr(scene, which).id))


@pytest.mark.parametrize("name", ROOMS)
def test_a_question_about_room_is_answered_now_and_a_no_has_its_reason(scene, name):
    assert refused(scene.ines, ROOM.format(ROOMS[name], scene.room.id))


@pytest.mark.parametrize("name", OURS)
def test_the_last_word_follows_an_answer(scene, name):
    which, change = OURS[name]

    assert refused(scene.maya, REQUEST.format(change, getattr(scene, which).id))


def test_what_is_sent_is_sent_in_ones_own_name(scene):
    send = REQUEST.format("state = 'requested', requested_at = now(), requested_by = %s", scene.draft.id)

    assert refused(scene.priya, send, [scene.maya.pk])
    assert not refused(scene.priya, send, [scene.priya.pk])


@pytest.mark.parametrize(
    ("to", "off", "asked", "is_refused"),
    [
        ("ines", "3 days", "0 days", False),
        ("police", "3 days", "0 days", True),
        ("nobody", "3 days", "0 days", True),
        ("ines", "3000 days", "2990 days", True),
    ],
)
def test_room_is_asked_for_now_of_an_agency_that_answers(scene, to, off, asked, is_refused):
    others = {"ines": scene.ines.agency_id, "police": scene.police.agency_id, "nobody": uuid4()}
    off, asked = (f"interval '{each}'" for each in (off, asked))
    ask = ASK.format(us=scene.maya.agency_id, to=others[to], me=scene.maya.pk, off=off, asked=asked)

    assert refused(scene.maya, ask) == is_refused


@pytest.mark.parametrize(("size", "is_refused"), [(9_000, False), (3_000_000, True)])
def test_a_message_is_as_long_as_one(scene, size, is_refused):
    said = (
        "insert into referrals_message (id, file_id, agency_id, referral_id, release_id, to_agency_id,"
        " to_role, from_agency_id, kind, words, written_by, written_at) select gen_random_uuid(), file_id,"
        " agency_id, id, release_id, to_agency_id, to_role, agency_id, 'message', %s, %s, now()"
        " from referrals_referral where id = %s"
    )

    assert refused(scene.maya, said, [b"x" * size, scene.maya.pk, scene.asked.id]) == is_refused
