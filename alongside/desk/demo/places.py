"""A directory of invented places, for a machine where no real one lies at hand.

About two thousand, as an HSDS file like any other.
"""

from __future__ import annotations

import json
import random
from typing import Any
from uuid import UUID

SOURCE = "Invented places of Ontario"
TOWNS = """Peterborough Lindsay Cobourg Belleville Kingston Ottawa Toronto Mississauga Brampton Hamilton
    Kitchener Guelph London Windsor Sarnia Barrie Orillia Sudbury Timmins Kenora Brockville Cornwall
    Hawkesbury Pembroke Trenton Oshawa Whitby Ajax Pickering Markham Vaughan Oakville Burlington Milton
    Brantford Woodstock Stratford Goderich Chatham Huntsville Bracebridge Haliburton""".split()
FIRST = """Alder Birch Bridge Brook Cedar Centre Church Clover Creek Dawn Elm Fern Foundry Garden Grove
    Harbour Hazel Hill James King Lake Linden Maple Market Meadow Mill Oak Orchard Park Pine Pond Poplar Queen
    River Rowan Shore Spring Spruce Station Summit Union Valley Victoria Water Willow Wood""".split()
# English, French, how many of a hundred, what it says of itself
KINDS = (
    (
        "Community Health Centre",
        "Centre de santé communautaire",
        10,
        "Doctors and nurses. No health card needed.",
    ),
    ("Family Health Team", "Équipe de santé familiale", 8, "Primary care for families."),
    ("Pharmacy", "Pharmacie", 12, "Medicine and prescriptions."),
    ("Medical Laboratory", "Laboratoire médical", 8, "Blood tests."),
    ("Dental Clinic", "Clinique dentaire", 6, "Dental care, a sliding scale."),
    ("Mental Health Service", "Service de santé mentale", 8, "Mental health care and counselling."),
    ("Addiction Service", "Service de toxicomanie", 5, "Help with alcohol or drugs."),
    ("Counselling Centre", "Centre de counseling", 7, "Counselling for people and families."),
    ("Emergency Shelter", "Refuge d’urgence", 4, "Beds for tonight."),
    ("Women’s Shelter", "Maison d’hébergement pour femmes", 4, "A shelter from violence."),
    ("Food Bank", "Banque alimentaire", 9, "Groceries twice a week."),
    ("Legal Clinic", "Clinique juridique", 5, "Legal advice about housing and income."),
    ("Employment Service", "Service d’emploi", 5, "Work and training."),
    ("Settlement Agency", "Organisme d’établissement", 5, "For newcomers; interpretation."),
    ("Hospital", "Hôpital", 4, "Emergency department, day and night."),
)


def as_hsds(number: int = 2000, seed: int = 31) -> bytes:
    """Return so many invented services as an HSDS 3.1 file; the same bytes for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - the same every time on purpose
    kinds = [kind for kind in KINDS for _ in range(kind[2])]
    return json.dumps([_service(draw, draw.choice(kinds)) for _ in range(number)]).encode()


def _service(draw: random.Random, kind: tuple[str, str, int, str]) -> dict[str, Any]:
    town, first = draw.choice(TOWNS), draw.choice(FIRST)
    name = f"{first} {kind[0]}"
    languages = ["en", *draw.sample(["fr", "es", "ar", "pa", "zh", "so", "uk"], k=draw.choice((0, 0, 1, 2)))]
    address = {
        "id": _id(draw),
        "address_1": f"{draw.randint(1, 980)} {draw.choice(FIRST)} Street",
        "city": town,
        "state_province": "ON",
        "postal_code": "",
        "country": "CA",
        "address_type": "physical",
    }
    location = {"id": _id(draw), "location_type": "physical", "name": name, "addresses": [address]}
    phone = {"id": _id(draw), "number": f"705-555-01{draw.randint(0, 99):02}"}
    return {
        "id": _id(draw),
        "name": name,
        "alternate_name": f"{kind[1]} {first}",
        "description": kind[3],
        "status": "active",
        "organization": {"id": _id(draw), "name": f"{first} {town}", "description": kind[3]},
        "phones": [phone],
        "languages": [{"id": _id(draw), "code": code, "name": code} for code in languages],
        "service_at_locations": [{"id": _id(draw), "location": location}],
    }


def _id(draw: random.Random) -> str:
    return str(UUID(int=draw.getrandbits(128), version=4))
