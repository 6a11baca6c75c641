"""The beds of Two Rivers, all invented.

What its houses offer and count, what was asked of them tonight, who waits for a place of some months.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.beds import commands as beds
from alongside.desk.demo.agencies import AGENCIES
from alongside.kernel import clock, ctx, geography
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.beds.models import Offering, Request, Waiting
    from alongside.desk.demo.scenario import District

ALL_BUT_MEN = ["woman", "trans_woman", "non_binary", "two_spirit"]
LINE = {
    "exceptions_contact": "House coordinator",
    "exceptions_phone": "705-555-0120",
    "urgent_phone": "705-555-0121",
}

# Who keeps it, what it is, what was counted (there, out of use, taken), and what stands in the way (talks,
# stops) or does not (clears).
OFFERINGS: dict[str, tuple[str, dict[str, Any], tuple[int, int, int], dict[str, str]]] = {
    "rooms": (
        "tala",
        {
            "name": "North Shore House, rooms",
            "name_fr": "Maison de la rive nord, chambres",
            "face": "North Shore, rooms",
            "face_fr": "Rive nord, chambres",
            "unit": "room",
            "genders": ALL_BUT_MEN,
            "minimum_age": 16,
            "households": ["alone", "children"],
            "room_types": ["own_room", "family_room", "step_free"],
            "languages": ["en", "fr", "es"],
            **LINE,
        },
        (12, 1, 8),
        {
            "pets": "talks",
            "identification": "clears",
            "pregnancy": "clears",
            "medical_test": "clears",
            "immigration": "clears",
            "shared_room": "clears",
            "must_report": "clears",
            "referral_source": "clears",
            "smoking": "talks",
            "substance_use": "talks",
            "stay_limit": "stops",
            "french": "clears",
            "house_rules": "talks",
            "location_known": "clears",
            "still_working": "talks",
        },
    ),
    "nights": (
        "dev",
        {
            "name": "Lakeside Emergency Shelter, beds",
            "name_fr": "Refuge d’urgence du bord du lac, lits",
            "face": "Lakeside, beds",
            "face_fr": "Bord du lac, lits",
            "minimum_age": 16,
            "households": ["alone", "couple"],
            "room_types": ["dormitory", "shared_room"],
            "languages": ["en"],
            "holds_at_once": True,
            "hold_hours": 3,
            "exceptions_contact": "Shift lead",
            "exceptions_phone": "705-555-0131",
            "urgent_phone": "705-555-0132",
        },
        (30, 2, 25),
        {
            "pets": "stops",
            "identification": "clears",
            "substance_use": "clears",
            "shared_room": "stops",
            "criminal_record": "talks",
            "prior_ban": "talks",
            "catchment": "clears",
            "house_rules": "stops",
            "smoking": "clears",
            "medical_test": "clears",
            "work_hours": "talks",
            "mental_health": "talks",
        },
    ),
    "blue": (
        "leila",
        {
            "name": "Blue Door, night rooms",
            "name_fr": "La Porte bleue, chambres de nuit",
            "face": "Blue Door, night rooms",
            "face_fr": "La Porte bleue, chambres",
            "unit": "room",
            "minimum_age": 18,
            "room_types": ["own_room", "own_bathroom"],
            "languages": ["en", "fr"],
            "exceptions_contact": "Lead worker",
            "exceptions_phone": "705-555-0141",
            "urgent_phone": "705-555-0142",
        },
        (4, 0, 3),
        {
            "pets": "clears",
            "identification": "clears",
            "still_working": "clears",
            "must_report": "clears",
            "referral_source": "clears",
            "substance_use": "clears",
            "shared_room": "clears",
            "stigma": "clears",
            "house_rules": "clears",
            "immigration": "clears",
            "criminal_record": "clears",
            "location_known": "clears",
            "mental_health": "clears",
            "medical_test": "clears",
            "prior_ban": "clears",
        },
    ),
    "circle": (
        "nodin",
        {
            "name": "Circle House",
            "name_fr": "Maison du Cercle",
            "households": ["alone", "couple", "children", "relatives"],
            "room_types": ["own_room", "family_room"],
            "unit": "room",
            "languages": ["en", "oj"],
            "exceptions_contact": "House keeper",
            "exceptions_phone": "705-555-0151",
        },
        (5, 0, 5),
        {
            "indigenous_led": "clears",
            "identification": "clears",
            "smoking": "clears",
            "pets": "talks",
            "religious_programme": "clears",
            "catchment": "talks",
        },
    ),
    "months": (
        "tala",
        {
            "name": "North Shore, flats for some months",
            "name_fr": "Rive nord, logements de quelques mois",
            "stay": "months",
            "unit": "room",
            "genders": ALL_BUT_MEN,
            "households": ["alone", "children"],
            "room_types": ["flat"],
            "months_least": 6,
            "months_most": 18,
            "monthly_cost": 620,
            "deposit": 0,
            "covers": {"ontario_works": 390, "odsp": 600, "housing_benefit": 620},
            "think_hours": 72,
            **LINE,
        },
        (6, 0, 5),
        {
            "pets": "clears",
            "identification": "talks",
            "cost": "talks",
            "stay_limit": "talks",
            "catchment": "clears",
        },
    ),
    "home": (
        "olive",
        {
            "name": "Two Rivers Homes, rent supplement",
            "name_fr": "Logis des Deux-Rivières, supplément au loyer",
            "stay": "home",
            "unit": "room",
            "room_types": ["flat"],
            "monthly_cost": 980,
            "deposit": 980,
            "covers": {"ontario_works": 390, "odsp": 600, "housing_benefit": 750},
            "think_hours": 168,
            "exceptions_contact": "Housing worker",
            "exceptions_phone": "705-555-0161",
        },
        (22, 1, 21),
        {"pets": "clears", "cost": "talks", "criminal_record": "talks", "identification": "stops"},
    ),
}


def tell(d: District) -> int:
    """Write down what the houses offer, count it over the last days, and tell tonight's requests.

    Return how many were asked.
    """
    kept = {name: _keep(d, *facts) for name, facts in OFFERINGS.items()}
    asked = [
        _ask(
            d,
            "maya",
            kept["rooms"],
            timedelta(minutes=75),
            circumstances=["pets", "identification"],
            household="alone",
            gender="woman",
        ),
        _ask(
            d,
            "priya",
            kept["nights"],
            timedelta(minutes=25),
            circumstances=["substance_use"],
            household="alone",
        ),
        _ask(
            d,
            "felix",
            kept["rooms"],
            timedelta(minutes=200),
            circumstances=["pregnancy"],
            gender="woman",
            age=19,
        ),
        _ask(
            d,
            "sara",
            kept["blue"],
            timedelta(minutes=40),
            circumstances=["still_working"],
            gender="trans_woman",
        ),
    ]
    _held(d, asked[1], "dev", hours=3)
    _held(d, asked[3], "leila", hours=6)
    with ctx.as_worker(d.workers["sara"].pk), trail.gathered():
        beds.accept(request=asked[3], by=d.workers["sara"], at=d.now - timedelta(minutes=15))
    _waits(d, kept)
    _not_offered(d, "priya", kept["nights"], circumstances=["pets", "shared_room"], barriers=["pets"])
    return len(asked) + 1


def _keep(
    d: District, username: str, facts: dict[str, Any], counted: tuple[int, int, int], said: dict[str, str]
) -> Offering:
    by = d.workers[username]
    region = geography.region_of(AGENCIES[by.agency.slug]["division"]) or "central"
    with ctx.as_worker(by.pk), trail.gathered():
        offering = beds.keep(
            offering_id=None, facts={"stay": "tonight", "region": region, **facts}, by=by, at=d.day(40)
        )
        told = {
            code: {"stands": how != "clears", "negotiable": how == "talks", "decided_by": "house"}
            for code, how in said.items()
        }
        beds.keep_rules(
            offering_id=offering.pk, facts=told, verified_on=clock.day(d.day(12)), by=by, at=d.day(12)
        )
        actual, unavailable, occupied = counted
        for at, taken, reason in (
            (d.day(3, 8), max(0, occupied - 2), "opening"),
            (d.day(1, 20), occupied, "shift"),
            (_this_shift(d), occupied, "shift"),
        ):
            beds.count(
                offering_id=offering.pk,
                actual=actual,
                unavailable=unavailable,
                occupied=taken,
                reason=reason,
                by=by,
                at=at,
            )
    return offering


def _this_shift(d: District) -> datetime:
    return d.now - timedelta(hours=5)


def _ask(d: District, username: str, offering: Offering, ago: timedelta, **profile: Any) -> Request:
    by, at = d.workers[username], d.now - ago
    with ctx.as_worker(by.pk), trail.gathered():
        begun = beds.draft(offering=offering, profile=profile, by=by, at=at)
        return beds.ask(request=begun, by=by, at=at)


def _held(d: District, asked: Request, username: str, hours: int) -> None:
    by = d.workers[username]
    with ctx.as_worker(by.pk), trail.gathered():
        beds.hold(request=asked, hours=hours, by=by, at=d.now - timedelta(minutes=20))


def _not_offered(d: District, username: str, offering: Offering, barriers: list[str], **profile: Any) -> None:
    asked, by = _ask(d, username, offering, timedelta(hours=2), **profile), d.workers["dev"]
    with ctx.as_worker(by.pk), trail.gathered():
        beds.not_offer(
            request=asked, answer="not-a-fit", barriers=barriers, by=by, at=d.now - timedelta(hours=1)
        )


def _waits(d: District, kept: dict[str, Offering]) -> None:
    """Three wait for a place of some months; the first is offered one.

    One of them stays in a bed meanwhile.
    """
    line = [
        _join(d, username, kept["months"], ago, **profile)
        for username, ago, profile in (
            ("maya", 41, {"circumstances": ["pets"], "gender": "woman"}),
            ("chidi", 30, {"household": "children", "children": [4], "gender": "woman"}),
            ("maya", 12, {"gender": "non_binary"}),
        )
    ]
    _join(d, "maya", kept["home"], 9, circumstances=["cost"])
    tala = d.workers["tala"]
    with ctx.as_worker(tala.pk), trail.gathered():
        beds.waitlist.offer_place(waiting=line[0], by=tala, at=d.now - timedelta(hours=20))


def _join(d: District, username: str, offering: Offering, ago: int, **profile: Any) -> Waiting:
    by = d.workers[username]
    with ctx.as_worker(by.pk), trail.gathered():
        return beds.waitlist.join(offering=offering, profile=profile, by=by, at=d.day(ago))
