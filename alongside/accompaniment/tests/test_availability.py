"""When companions are free, which places there are, and what is wished for: kept, shown, and by whom."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client

from alongside.accompaniment.commands import availability as commands
from alongside.accompaniment.models import Availability
from alongside.accompaniment.queries import availability as queries
from alongside.accompaniment.tests.examples import companion
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db
A_MONDAY = date(2027, 3, 8)
THE_CHANGE = date(2027, 3, 14)  # a Sunday on which the clock goes forward at two


@pytest.fixture
@frozen
def there(live):
    """Maya keeps programmes; Sol and Kim go along; Ada, who leads the machine, does neither."""
    here = cast.agency("Riverside")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE)
    sol = companion(maya, passphrase=cast.PASSPHRASE)
    return SimpleNamespace(
        maya=maya, sol=sol, kim=companion(maya, "Kim"), ada=cast.worker(here, "Ada", "administrator")
    )


def hours_of(who):
    return f"/accompaniment/companions/{who.pk}/hours"


def spans(by, who, first, days=1):
    with ctx.as_worker(by.pk):
        free = queries.free_in(by, first, days).get(who.pk, ())
    return [tuple(clock.local(at).strftime("%d %H:%M") for at in span) for span in free]


def test_a_companion_with_no_files_says_when_they_are_free(there):
    client = cast.sign_in(Client(), there.sol)

    assert hours_of(there.sol) in client.get("/day").content.decode()
    kept = client.post(hours_of(there.sol), {"from_0": "9:00", "until_0": "15:30"}, follow=True)

    assert 'value="15:30"' in kept.content.decode()
    assert spans(there.maya, there.sol, A_MONDAY, 7) == [("08 09:00", "08 15:30")]


def test_a_day_said_apart_stands_in_place_of_the_week_until_it_is_taken_back(there):
    client, on = cast.sign_in(Client(), there.sol), clock.today() + timedelta(days=14)
    client.post(hours_of(there.sol), {f"from_{on.weekday()}": "9:00", f"until_{on.weekday()}": "12:00"})
    as_each_week = spans(there.maya, there.sol, on)

    client.post(f"{hours_of(there.sol)}/day", {"day": str(on.day), "month": str(on.month)})
    assert spans(there.maya, there.sol, on) == []
    client.post(
        f"{hours_of(there.sol)}/day",
        {"day": str(on.day), "month": str(on.month), "starts": "17:00", "ends": "19:00"},
    )
    assert [span[0][3:] for span in spans(there.maya, there.sol, on)] == ["17:00"]
    client.post(f"{hours_of(there.sol)}/day", {"undo": on.isoformat()})
    assert spans(there.maya, there.sol, on) == as_each_week != []


def test_nine_is_nine_by_the_clock_on_the_wall_on_the_day_it_changes_too(there):
    with ctx.as_worker(there.sol.pk):
        week = {6: [(0, 24 * 60)]}
        commands.keep_week(worker_id=there.sol.pk, week=week, by=there.sol, at=clock.now())
        free = queries.free_in(there.sol, THE_CHANGE, 1)[there.sol.pk]

    assert free == ((clock.beginning_of(THE_CHANGE), clock.beginning_of(THE_CHANGE + timedelta(days=1))),)
    assert free[0][1] - free[0][0] == timedelta(days=1), "by the clock on the wall"


@pytest.mark.parametrize(
    ("sends", "says"),
    [
        ({"from_0": "9:00"}, "Say from when and until when"),
        ({"from_0": "15:00", "until_0": "9:00"}, "Choose a time after the first"),
        ({"from_0": "25:00", "until_0": "9:00"}, "Write a time there is"),
    ],
)
def test_what_is_no_span_is_said_at_the_field_and_kept_as_typed(there, sends, says):
    answer = cast.sign_in(Client(), there.sol).post(hours_of(there.sol), sends)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert f'value="{sends["from_0"]}"' in answer.content.decode()


def test_nobody_says_or_sees_when_another_companion_is_free_and_who_plans_does_both(there):
    sol, maya = (cast.sign_in(Client(), who) for who in (there.sol, there.maya))

    assert sol.get(hours_of(there.kim)).status_code == 404
    assert maya.post(hours_of(there.kim), {"from_0": "9:00", "until_0": "12:00"}).status_code == 302
    assert maya.get(hours_of(there.kim)).status_code == 200
    assert spans(there.sol, there.kim, A_MONDAY) == []
    assert cast.sign_in(Client(), there.ada).get(hours_of(there.ada)).status_code == 404


def test_the_database_refuses_what_the_page_does_not_offer(there, superuser):
    def row(**more):
        told = {"weekday": 0, "from_minute": 60, "until_minute": 90, "written_by": there.sol.pk}
        told |= {"agency_id": there.sol.agency_id, "worker_id": there.sol.pk, "written_at": clock.now()}
        return Availability(**told | more)

    for wrong in (
        {"worker_id": there.kim.pk},
        {"written_by": there.kim.pk},
        {"weekday": 7},
        {"day": A_MONDAY},
        {"weekday": None},
        {"until_minute": 60},
        {"until_minute": 1441},
    ):
        with pytest.raises(Exception, match=r"violates|policy"), ctx.as_worker(there.sol.pk):
            row(**wrong).save(force_insert=True)
    with acting(there.sol.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("update accompaniment_availability set until_minute = 100")


def test_places_are_names_and_never_an_address(there):
    client = cast.sign_in(Client(), there.maya)

    refused = client.post("/accompaniment/places", {"name": "18 Mill Street", "id": str(uuid7())})
    assert refused.status_code == 422
    assert "Leave the number out" in refused.content.decode()
    assert 'value="18 Mill Street"' in refused.content.decode()
    for name in ("Our place", "The courthouse"):
        sends = {"name": name, "id": str(uuid7())}
        assert client.post("/accompaniment/places", sends).status_code == 302
        assert client.post("/accompaniment/places", sends).status_code == 302, "pressed twice: once"
    with ctx.as_worker(there.maya.pk):
        kept = queries.ways(there.maya)
    assert [(place.name, place.is_base) for place in kept.places] == [
        ("Our place", True),
        ("The courthouse", False),
    ]


def test_a_way_takes_its_own_time_each_way_and_one_that_nobody_wrote_what_was_said_for_those(there):
    client, (house, court) = cast.sign_in(Client(), there.maya), (uuid7(), uuid7())
    for place, name in ((house, "Our place"), (court, "The courthouse")):
        client.post("/accompaniment/places", {"name": name, "id": str(place)})

    client.post(f"/accompaniment/places/{house}", {"name": "Our place", f"to_{court}": "25"})
    client.post("/accompaniment/places/unknown", {"minutes": "40"})

    with ctx.as_worker(there.maya.pk):
        travel = queries.ways(there.maya).travel()
    assert travel.way(str(house), str(court)).minutes == 25
    assert travel.way(str(court), str(house)).minutes == 40
    client.post(f"/accompaniment/places/{court}/base", {"drop": "1"})
    with ctx.as_worker(there.maya.pk):
        assert not queries.ways(there.maya).minutes


def test_two_places_of_one_name_are_a_sentence_and_another_agencys_are_absent(there):
    client = cast.sign_in(Client(), there.maya)
    place = uuid7()
    client.post("/accompaniment/places", {"name": "Our place", "id": str(place)})

    again = client.post("/accompaniment/places", {"name": "our place", "id": str(uuid7())})
    assert "There is a place of that name" in again.content.decode()
    noor = cast.worker(cast.agency("Hillcrest"), "Noor")
    elsewhere = cast.sign_in(Client(), noor)
    assert elsewhere.get(f"/accompaniment/places/{place}").status_code == 404
    assert "Our place" not in elsewhere.get("/accompaniment/places").content.decode()


def test_what_is_known_of_a_companion_can_be_changed_afterwards(there):
    client, address = cast.sign_in(Client(), there.maya), f"/accompaniment/companions/{there.kim.pk}"

    kept = client.post(address, {"kind": "peer", "languages": ["en"], "is_free": "on"}, follow=True)

    assert kept.status_code == 200
    assert "Something is missing" in cast.words(kept)
