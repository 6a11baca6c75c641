"""HSDS records put together again out of what is kept.

Complete enough to be valid, and nothing of them lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.directory.formats.records import Record, made_id
from alongside.directory.formats.shape import ASIDE, REQUIRED, SHAPES, fits, is_uuid
from alongside.kernel.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from alongside.directory.models import Entry, Opening


_FILLS = {
    "status": "active",
    "location_type": "physical",
    "address_type": "physical",
    "country": "CA",
    "state_province": "ON",
}
_OTHER_SELF = {"organization": 1, "location": 2, "service_at_location": 3}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def complete(kind: str, record: Record, *, of: str = "", number: int = 0) -> Record:
    """Return a record with everything HSDS requires of it, children included.

    A child that can't be completed is set aside, not dropped.
    """
    full, shape = dict(record), SHAPES[kind]
    if not is_uuid(full.get("id")):
        full["id"] = made_id("child", of, kind, str(number))
    for name in REQUIRED[kind]:
        if name not in full and shape[name] in ("str", "status", "place"):
            full[name] = _FILLS.get(name, "")
        elif name not in full and shape[name][0] == ">" and is_uuid(full.get(f"{name}_id")):
            full[name] = {"id": full[f"{name}_id"], "name": ""}
    for name, expected in shape.items():
        if name in full and expected[0] == "[":
            _complete_children(full, name, expected.strip("[]"))
        elif name in full and expected[0] == ">":
            full[name] = complete(expected.strip(">"), full[name], of=full["id"])
    return full


def _complete_children(full: Record, name: str, child: str) -> None:
    whole = [
        complete(child, each, of=f"{full['id']}{name}", number=number)
        for number, each in enumerate(full[name])
    ]
    good = [each for each in whole if is_complete(child, each)]
    if len(good) < len(whole):
        full[ASIDE] = {**full.get(ASIDE, {}), name: [each for each in whole if not is_complete(child, each)]}
    full[name] = good


def is_complete(kind: str, record: Record) -> bool:
    """Say whether a record has everything HSDS requires of it, of the right kind."""
    return all(
        name in record and (SHAPES[kind][name][0] in "[>" or fits(SHAPES[kind][name], record[name]))
        for name in REQUIRED[kind]
    )


def other_self(entry_id: UUID, kind: str) -> UUID:
    """Return the id that the organization, location or service-at-location behind an entry of ours goes by.

    And back again.
    """
    return UUID(int=entry_id.int ^ _OTHER_SELF[kind])


def service_of(entry: Entry, openings: Iterable[Opening] = ()) -> Record:
    """Return an entry of ours as an HSDS service."""
    details = entry.details
    record = {
        "id": str(entry.pk),
        "organization_id": str(other_self(entry.pk, "organization")),
        "name": entry.name,
        "name_fr": entry.name_fr,
        "alternate_name": details.get("alternate_name", ""),
        "description": details.get("description", "") or details.get("service_detail", ""),
        "description_fr": details.get("description_fr", ""),
        "status": "active",
        "application_process": details.get("application", ""),
        "fees_description": details.get("fees", ""),
        "eligibility_description": details.get("eligibility", ""),
        "minimum_age": entry.minimum_age,
        "maximum_age": entry.maximum_age,
        "assured_date": entry.as_of.isoformat() if entry.as_of else "",
        "phones": [phone for phone in details.get("phones", []) if phone.get("number")],
        "languages": [
            {"code": code, "name": LANGUAGES[code].en if code in LANGUAGES else code}
            for code in entry.languages
        ],
        "service_areas": [
            {"name": code, "extent_type": "census division"}
            for code in dict.fromkeys([*([entry.division] if entry.division else []), *entry.serves])
        ],
        "schedules": [_schedule(each) for each in openings],
        "service_type": entry.service_type,
        "needs": list(entry.needs),
    }
    for ours, theirs, kind in (("email", "email", "email"), ("url", "url", "uri")):
        if details.get(ours):
            record[theirs if fits(kind, details[ours]) else f"{theirs}_said"] = details[ours]
    if details.get("source") and entry.disclosure == "public":
        record["source_columns"] = details["source"]
    return complete(
        "service",
        {name: value for name, value in record.items() if value not in ("", None, [])} | {"name": entry.name},
    )


def _schedule(opening: Opening) -> Record:
    return {
        "freq": "WEEKLY",
        "byday": _DAYS[opening.weekday],
        "opens_at": opening.opens_at.isoformat(),
        "closes_at": opening.closes_at.isoformat(),
    }


def organization_of(entry: Entry) -> Record:
    """Return the organization behind an entry of ours."""
    name = entry.organization_name or entry.name
    return {
        "id": str(other_self(entry.pk, "organization")),
        "name": name,
        "description": name if not entry.details.get("description") else entry.details["description"],
    }


def location_of(entry: Entry) -> Record:
    """Return where an entry of ours is: nothing but that it is withheld, where it is."""
    record: Record = {
        "id": str(other_self(entry.pk, "location")),
        "name": entry.name,
        "location_type": "virtual",
        "disclosure": entry.disclosure,
    }
    if entry.disclosure != "public":
        return record
    details, address = (
        entry.details,
        entry.details.get("address") or ({"city": entry.community} if entry.community else None),
    )
    for name in ("latitude", "longitude"):
        if name in details:
            record[name] = details[name]
    if address:
        at = {
            "city": entry.community,
            **{name: value for name, value in address.items() if name != "address_note"},
            "address_type": "physical",
        }
        note = {"attention": address["address_note"]} if address.get("address_note") else {}
        record |= {"location_type": "physical", "addresses": [at | note]}
    return complete("location", record)


def at_location_of(entry: Entry) -> Record:
    """Return an entry of ours as a service at a location."""
    return {
        "id": str(other_self(entry.pk, "service_at_location")),
        "service_id": str(entry.pk),
        "location_id": str(other_self(entry.pk, "location")),
    }
