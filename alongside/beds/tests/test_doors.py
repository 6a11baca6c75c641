"""Who is let in where: every address of the beds and of the published counts, for everybody around one night.

A new address without its row fails.

The people: the caseworker who asks; the same agency's other caseworker, coordinator, privacy officer, leader
and administrator; the shelter's intake, coordinator and leader; an agency that asked for something else; a
criminal-legal agency. Forbidden and absent are the same answer.
"""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds import commands
from alongside.beds.models import Step
from alongside.beds.tests import conftest as told
from alongside.kernel import clock, ctx
from alongside.occupancy.tests.conftest import LINE, imported, table
from tests.addresses import LET_IN, addresses, filled, plain
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

ASKS = {"caseworker", "colleague"}
ANSWERS = {"intake", "answerer"}
KEEPS = ANSWERS | {"director"}
MEETS = ASKS | {"intake", "other"}
COORDINATES = {"coordinator", "answerer"}
LEADS = {"leader", "director"}
HELPS = MEETS | COORDINATES | LEADS | {"privacy", "admin"}
ALL = HELPS | {"police"}

# address -> method, who is let in. Everybody else gets the same 404 as for something that doesn't exist.
DOORS: dict[str, tuple[str, set[str]]] = {
    "occupancy:figures": ("get", ALL),  # published by a city: nobody is in it
    "occupancy:csv": ("get", ALL),
    "occupancy:imports": ("get", ALL),  # who may not import reads why
    "occupancy:import": ("get", {"intake", "answerer", "director"}),
    "beds:search": ("get", HELPS),
    "beds:region": ("get", HELPS),
    "beds:offering": ("get", HELPS),
    "beds:nothing": ("post", MEETS),
    "beds:new": ("post", MEETS),
    "beds:requests": ("get", MEETS | COORDINATES),
    "beds:request": ("get", ASKS | ANSWERS),
    "beds:check": ("get", ASKS),
    "beds:refusal": ("get", ANSWERS),
    **{
        f"beds:{n}": ("post", ASKS | ANSWERS)  # either side sees it, and is told whose move it is
        for n in (
            "holding",
            "talking",
            "yes",
            "way",
            "otherwise",
            "letting_go",
            "arrival",
            "missing",
            "extension",
            "unanswered",
        )
    },
    "beds:board": ("get", MEETS | COORDINATES | LEADS),
    "beds:offering_new": ("get", MEETS | COORDINATES | LEADS),
    **{f"beds:offering_{n}": ("get", KEEPS) for n in ("edit", "rules", "place", "count", "history")},
    **{f"beds:offering_{n}": ("post", KEEPS) for n in ("closure", "step")},
    "beds:join": ("get", MEETS | ANSWERS),
    "beds:waits": ("get", MEETS | COORDINATES),
    "beds:wait": ("get", ASKS | ANSWERS),
    **{f"beds:wait_{n}": ("post", ASKS | ANSWERS) for n in ("yes", "time", "otherwise", "back", "leaving")},
    **{f"beds:wait_{n}": ("get", ANSWERS) for n in ("offer", "refusal")},
    **{f"beds:wait_{n}": ("post", ANSWERS) for n in ("moved_in", "taking_back")},
    "beds:pathways": ("get", MEETS),
    **{f"beds:{n}": ("get", ASKS) for n in ("pathway", "pathway_file", "pathway_missing")},
    **{f"beds:{n}": ("post", ASKS) for n in ("pathway_home", "pathway_departure")},
}
PATHS = {name: paths for name, paths in addresses().items() if name.split(":")[0] in ("beds", "occupancy")}
SLUGS = {"region": "central", "code": "vacancy"}


@pytest.fixture
@frozen
def night(house):
    """One bed asked for and one only thought of, one wait, one pathway with both; and everybody."""
    desk, shelter = house.maya.agency, house.ruth.agency
    people = {
        "caseworker": house.maya,
        "intake": house.ruth,
        "answerer": house.coordinator,
        "other": house.noor,
        "police": house.police,
    }
    people["colleague"] = cast.worker(desk, "Ana")
    people["director"] = cast.worker(shelter, "Dee", "leader")
    for name, role in (
        ("coordinator", "coordinator"),
        ("leader", "leader"),
        ("admin", "administrator"),
        ("privacy", "privacy-officer"),
    ):
        people[name] = cast.worker(desk, name, role)
    months = told.offering(house.ruth, name="Cedar rooms", stay="months")
    told.count(months, house.ruth)
    asked, draft = told.asked(house.offering, house.maya), told.draft(house.offering, house.maya)
    with ctx.as_worker(house.maya.pk):
        wait = commands.waitlist.join(offering=months, profile={}, by=house.maya, at=clock.now())
        step = Step.objects.get(waiting=wait)
    run = imported(cast.sign_in(Client(), people["director"]), table(LINE)).run
    ids = {
        "run_id": run.pk,
        "offering_id": months.pk,
        "request_id": asked.pk,
        "waiting_id": wait.pk,
        "pathway_id": step.pathway_id,
        "step_id": step.pk,
    }
    return {"people": people, "ids": ids, "draft": draft.pk, "tonight": house.offering.pk}


def there(night, name, path):
    """The address with what is really there."""
    return filled(
        path, SLUGS | night["ids"] | ({"request_id": night["draft"]} if name == "beds:check" else {})
    )


def test_every_address_of_the_beds_and_the_counts_has_its_row():
    assert set(PATHS) == set(DOORS)


@pytest.mark.costly("every address for every role, over one scene")
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_let_in_where(night, method):
    wrong = []
    for who, worker in night["people"].items():
        client = cast.sign_in(Client(), worker)
        for name in (name for name, row in DOORS.items() if row[0] == method):
            for path in PATHS[name]:
                wrong += _wrong(
                    getattr(client, method),
                    who,
                    name,
                    there(night, name, path),
                    filled(path, SLUGS),
                    night["tonight"],
                )
    assert not wrong


def _wrong(go, who, name, path, absent, offering):
    """What is wrong with the answer: let in and ought not to be, or the other way about.

    Or told apart from what is not there.
    """
    answer = go(path, {"offering": offering})
    let_in = answer.status_code in LET_IN
    if let_in != (who in DOORS[name][1]):
        yield f"{who} at {name}: {answer.status_code}"
    elif not let_in:
        again, nothing = go(path), go(absent)  # the first page said what the one before had left to say
        if answer.status_code != 404 or nothing.status_code != 404 or plain(again) != plain(nothing):
            yield (
                f"{who} could tell forbidden from absent at {name}: {answer.status_code}, "
                f"{nothing.status_code}"
            )


def test_who_may_not_look_may_not_send_either(night):
    for who, worker in night["people"].items():
        client = cast.sign_in(Client(), worker)
        for name, (method, allowed) in DOORS.items():
            if method == "get" and who not in allowed:
                assert {client.post(there(night, name, path)).status_code for path in PATHS[name]} <= {
                    404,
                    405,
                }, f"{who} at {name}"


def test_what_was_only_thought_of_is_not_there_for_the_shelter(night):
    address = filled(PATHS["beds:request"][0], {"request_id": night["draft"]})

    found = {
        who: cast.sign_in(Client(), worker).get(address).status_code
        for who, worker in night["people"].items()
    }

    assert {who for who, status in found.items() if status != 404} == ASKS


def test_nobody_is_let_in_without_signing_in(night):
    for name, (method, _) in DOORS.items():
        answer = getattr(Client(), method)(there(night, name, PATHS[name][0]))

        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/account/sign-in/"), name
