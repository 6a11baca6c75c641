"""A yes carries when, where, whom to ask for and what to bring, as long as it is agreed to, and no longer."""

from datetime import date, time, timedelta

import pytest

from alongside.directory import commands as directory
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.models import Message
from alongside.referrals.rules import CannotTell
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
TOLD = {
    "on": date(2026, 12, 3),
    "hour": time(14),
    "where": "18 Mill Street, side door",
    "ask_for": "Rosa",
    "bring": "Nothing.",
}


@pytest.fixture
@frozen
def scene():
    """An open desk that asked a health centre; a colleague who is off, and an agency never asked."""
    desk, mill = cast.agency("Riverside"), cast.agency("Mill Street", "healthcare", "health-centre")
    maya, ines = cast.worker(desk), cast.worker(mill, "Ines", "intake")
    file = cast.file(maya)
    return {
        "maya": maya,
        "ines": ines,
        "off": cast.worker(desk, "Ana", on=False),
        "noor": cast.worker(cast.agency("Hillcrest"), "Noor"),
        "asked": cast.request(file, maya, mill, cast.priority(file, maya)),
    }


def yes_for(who, asked):
    with ctx.as_worker(who.pk):
        return queries.yes_of(who, asked)


def say_yes(scene, **told):
    with ctx.as_worker(scene["ines"].pk):
        return commands.say_yes(referral=scene["asked"], by=scene["ines"], at=clock.now(), **told)


def test_both_sides_read_what_the_yes_carries_and_nobody_else(scene):
    say_yes(scene, **TOLD)

    for who in (scene["maya"], scene["ines"]):
        yes = yes_for(who, scene["asked"])
        assert {name: getattr(yes, name) for name in TOLD} == TOLD
    for who in (scene["off"], scene["noor"]):
        assert yes_for(who, scene["asked"]) is None


def test_a_yes_needs_nothing_but_itself(scene):
    assert say_yes(scene).state == "accepted"

    assert yes_for(scene["maya"], scene["asked"]) is None


def test_what_is_said_once_more_stands_in_place_of_it(scene):
    say_yes(scene, **TOLD)
    with ctx.as_worker(scene["ines"].pk):
        asked = queries.get_referral(scene["ines"], scene["asked"].id)
        commands.say_yes(referral=asked, hour=time(15), by=scene["ines"], at=clock.now())

    assert yes_for(scene["maya"], scene["asked"]).hour == time(15)
    with pytest.raises(CannotTell), ctx.as_worker(scene["ines"].pk):
        commands.say_yes(referral=asked, by=scene["ines"], at=clock.now())


def test_what_is_said_once_more_is_no_second_yes(scene, client):
    address = f"/requests/{scene['asked'].id}/acceptance"
    cast.sign_in(client, scene["ines"])

    first = client.post(address, {"ask_for": "Rosa"}, follow=True)
    again = client.post(address, {"ask_for": "Bea"}, follow=True)

    assert "They know that you said yes." in cast.words(first)
    assert "They know. What stood here before stands beside it." in cast.words(again)


def test_whoever_reads_a_yes_that_changed_reads_what_it_was(scene, client):
    address = f"/requests/{scene['asked'].id}"
    say_yes(scene, **TOLD)
    assert "efore this" not in cast.words(cast.sign_in(client, scene["maya"]).get(address))
    with ctx.as_worker(scene["ines"].pk):
        asked = queries.get_referral(scene["ines"], scene["asked"].id)
        later = TOLD | {"hour": time(15, 30), "where": "", "ask_for": "Bea"}
        commands.say_yes(referral=asked, **later, by=scene["ines"], at=clock.now())

    for who in (scene["maya"], scene["ines"]):
        page = cast.words(cast.sign_in(client, who).get(address))
        assert "Yes. Thursday 3 December, 3:30 p.m." in page
        assert "Before this it was Thursday 3 December, 2:00 p.m." in page
        assert "Where before this: 18 Mill Street, side door" in page
        assert "Ask for Bea before this: Rosa" in page
        assert page.count("before this:") == 2, "what is as it was is not told as changed"


def test_it_is_gone_with_the_agreement_for_both(scene):
    say_yes(scene, **TOLD)
    asked, maya = scene["asked"], scene["maya"]

    with ctx.as_worker(maya.pk):
        commands.withdraw(file_id=asked.file_id, release_id=asked.release_id, by=maya, at=clock.now())
        assert queries.yes_of(maya, asked) is None
        assert not Message.objects.exists()

    assert yes_for(scene["ines"], asked) is None


def test_no_name_is_taken_from_a_seat(scene, client):
    say_yes(scene, hour=time(14))

    page = cast.words(cast.sign_in(client, scene["maya"]).get(f"/requests/{scene['asked'].id}"))

    assert "Ines" not in page


def test_two_or_three_taps_say_yes_with_a_date_and_a_name(scene, client):
    asked = scene["asked"]
    on = clock.today() + timedelta(days=4)
    cast.sign_in(client, scene["ines"])

    client.post(
        f"/requests/{asked.id}/acceptance", {"day": str(on.day), "month": str(on.month), "ask_for": "Rosa"}
    )

    yes = yes_for(scene["maya"], asked)
    assert (yes.on, yes.ask_for, yes.where) == (on, "Rosa", "")
    page = cast.sign_in(client, scene["maya"]).get(f"/requests/{asked.id}").content.decode()
    assert "Rosa" in page
    assert f"{on:%A}" in page


@pytest.mark.parametrize(
    ("day", "month"), [("31", "2"), ("3", ""), ("", "12"), ("99", "1"), ("x", "y")], ids=str
)
def test_a_day_there_is_not_is_said_and_nothing_typed_is_lost(scene, client, day, month):
    cast.sign_in(client, scene["ines"])

    answer = client.post(
        f"/requests/{scene['asked'].id}/acceptance", {"day": day, "month": month, "ask_for": "Rosa"}
    )

    assert answer.status_code == 422
    assert "Rosa" in answer.content.decode()
    with ctx.as_worker(scene["ines"].pk):
        assert queries.get_referral(scene["ines"], scene["asked"].id).state == "requested"


def keep(worker, **told):
    with ctx.as_worker(worker.pk):
        directory.keep(by=worker, at=clock.now(), **told)


HIDDEN = {"name": "Willow Rest House", "disclosure": "withheld"}
PUBLIC = {"name": "Clinic", "disclosure": "public", "address_1": "18 Mill Street", "community": "Wawa"}


@pytest.mark.parametrize(
    ("own", "elsewhere", "where", "refused"),
    [
        ([HIDDEN], [], "22 Elm Street", True),
        ([HIDDEN], [], "the brick house on Elm", True),
        ([HIDDEN, PUBLIC], [], "18 Mill St, Wawa", False),
        ([HIDDEN, PUBLIC], [], "22 Elm St", True),
        ([HIDDEN], [], "side door", False),
        ([HIDDEN], [], "https://maps.app.goo.gl/abc", True),
        ([HIDDEN], [], "maps.app.goo.gl/abc", True),
        ([PUBLIC], [HIDDEN], "willow  rést house, at the back", True),
        ([PUBLIC], [HIDDEN], "22 Elm Street", False),
        ([], [], "22 Elm Street", False),
    ],
)
def test_a_place_that_is_confidential_is_refused_in_words(scene, own, elsewhere, where, refused):
    for entry in own:
        keep(scene["ines"], **entry)
    for entry in elsewhere:
        keep(scene["noor"], **entry)

    if refused:
        with pytest.raises(CannotTell, match="on the telephone how to come"):
            say_yes(scene, where=where)
    else:
        say_yes(scene, where=where)

    yes = yes_for(scene["maya"], scene["asked"])
    assert (yes and yes.where) == (None if refused else where)


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ({"hour": time(14), "ask_for": "Rosa", "bring": "Biscuit"}, False),
        ({"bring": "Your bag, to 22 Elm Street"}, True),
        ({"ask_for": "Rosa at Willow Rest House"}, True),
        ({"ask_for": "Rosa at 12 Elm"}, True),
        ({"bring": "12 Elm"}, True),
        ({"bring": "46.3091, -79.4608"}, True),
        ({"bring": "maps.app.goo.gl/abc"}, True),
        ({"bring": "12\u200b Elm\u200b Street"}, True),
        ({"bring": "2 photos, on 4 December"}, False),
    ],
)
def test_no_other_field_says_it_instead(scene, told, refused):
    keep(scene["ines"], **HIDDEN)

    if refused:
        with pytest.raises(CannotTell):
            say_yes(scene, **told)
    else:
        assert say_yes(scene, **told).state == "accepted"


def test_a_shelter_of_which_nothing_public_is_known_says_no_address(scene):
    maya = scene["maya"]
    shelter = cast.worker(cast.agency("Blue Door", kind="shelter"), "Dev", "intake")
    file = cast.file(maya)
    asked = cast.request(file, maya, shelter.agency)

    with pytest.raises(CannotTell), ctx.as_worker(shelter.pk):
        commands.say_yes(referral=asked, where="22 Elm Street", by=shelter, at=clock.now())
