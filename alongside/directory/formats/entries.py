"""What will be found, made out of HSDS documents: one entry for each service at each place."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from alongside.directory.formats.hours import from_schedules
from alongside.directory.formats.languages import code_of
from alongside.directory.formats.places import in_ontario, place_all
from alongside.directory.formats.records import Document, Feed, Found, Record
from alongside.kernel.geography import DIVISIONS, division_of, plain
from alongside.kernel.vocabulary import SERVICE_TYPES, flags_of, kinds_said, needs_of, needs_said

if TYPE_CHECKING:
    from alongside.directory.formats.places import Wanted


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN = {
    "description": "description",
    "eligibility_description": "eligibility",
    "application_process": "application",
    "fees_description": "fees",
    "email": "email",
    "url": "url",
    "alternate_name": "alternate_name",
    "alert": "alert",
    "interpretation_services": "interpretation",
    "wait_time": "wait",
}


def entries_of(feed: Feed, cities: dict[str, str]) -> list[Found]:
    """Return the entries of a feed's documents.

    `cities` holds the towns of places whose address is withheld, used for the division and then forgotten.
    """
    by: dict[str, dict[str, Document]] = {}
    for document in feed.documents:
        by.setdefault(document.kind, {})[document.key] = document
    organizations, locations = by.get("organization", {}), by.get("location", {})
    places: list[Wanted] = []
    entries: list[Found] = []
    offered, placed = set(), set()
    for sal in by.get("service_at_location", {}).values():
        service = by.get("service", {}).get(sal.service)
        if service:
            placed.add(service.key)
            entries.append(
                _entry(
                    sal.key,
                    service,
                    organizations.get(service.organization),
                    locations.get(sal.location),
                    sal,
                    cities,
                    places,
                )
            )
    for service in by.get("service", {}).values():
        offered.add(service.organization)
        if service.key not in placed:
            entries.append(
                _entry(
                    service.key, service, organizations.get(service.organization), None, None, cities, places
                )
            )
    for organization in organizations.values():
        if organization.key not in offered:
            location = next(
                (each for each in locations.values() if each.organization == organization.key), None
            )
            entries.append(
                _entry(organization.key, organization, organization, location, None, cities, places)
            )
    named = _named(feed, entries)
    place_all(feed, [each for each in places if each[0].name])
    return named


def _named(feed: Feed, entries: list[Found]) -> list[Found]:
    """Return the entries that have a name; the report says what was left out or not understood."""
    for entry in entries:
        if not entry.name:
            feed.left_out += 1
            feed.note(entry.line, "name", "no_name")
            continue
        for words in entry.unread_hours:
            feed.note(entry.line, "schedules", "hours_in_words", words)
    return [entry for entry in entries if entry.name]


def _entry(
    key: str,
    service: Document,
    organization: Document | None,
    location: Document | None,
    sal: Document | None,
    cities: dict[str, str],
    places: list[Wanted],
) -> Found:
    data = service.data
    holders = [each.data for each in (service, sal, location) if each]
    entry = Found(
        key=key, name=_text(data.get("name")), line=(sal or service).line, name_fr=_text(data.get("name_fr"))
    )
    entry.service = service.key if service.kind == "service" else ""
    entry.organization, entry.location = (
        organization.key if organization else "",
        location.key if location else "",
    )
    entry.organization_name = (
        _text(organization.data.get("name")) if organization and organization is not service else ""
    )
    entry.details = {ours: _text(data[theirs]) for theirs, ours in _PLAIN.items() if data.get(theirs)}
    if organization and not entry.details.get("url") and organization.data.get("website"):
        entry.details["url"] = _text(organization.data["website"])
    if data.get("status") in ("inactive", "defunct"):
        entry.closed = True
    elif data.get("status") == "temporarily closed":
        entry.details["closed_for_now"] = True
    phones = [each for holder in holders for each in _each(holder, "phones")] or (
        _each(organization.data, "phones") if organization else []
    )
    entry.details["phones"] = _phones(phones)
    entry.languages = tuple(
        dict.fromkeys(
            code for holder in holders for each in _each(holder, "languages") if (code := _language(each))
        )
    )
    entry.minimum_age, entry.maximum_age = _age(data.get("minimum_age")), _age(data.get("maximum_age"))
    _hours(entry, [each for holder in holders for each in _each(holder, "schedules")])
    entry.as_of = _day(data.get("assured_date")) or _day(data.get("last_modified"))
    _kind(entry, data, sal)
    entry.serves = _areas([area for holder in holders for area in _each(holder, "service_areas")])
    if location:
        _where(entry, location, cities, places)
    return entry


def _where(entry: Found, location: Document, cities: dict[str, str], places: list[Wanted]) -> None:
    entry.disclosure = location.disclosure
    addresses = _each(location.data, "addresses")
    address = next(
        (each for each in addresses if each.get("address_type") == "physical"),
        addresses[0] if addresses else {},
    )
    if location.disclosure == "public" and address:
        entry.details["address"] = {
            name: address[name]
            for name in ("address_1", "address_2", "city", "state_province", "postal_code", "country")
            if address.get(name)
        }
        entry.community = _text(address.get("city"))
    latitude, longitude = location.data.get("latitude"), location.data.get("longitude")
    point = (
        (latitude, longitude)
        if isinstance(latitude, (int, float)) and isinstance(longitude, (int, float))
        else None
    )
    point = point if point and in_ontario(*point) else None
    city = entry.community or cities.get(location.key, "")
    if city or point:
        places.append((entry, city, point))
    access = [
        _text(each.get("description") or each.get("details"))
        for each in _each(location.data, "accessibility")
    ]
    if any(access):
        entry.details["access"] = [each for each in access if each]


def _hours(entry: Found, schedules: list[Record]) -> None:
    entry.openings, otherwise, entry.unread_hours = from_schedules(schedules)
    words = "; ".join(dict.fromkeys((*otherwise, *entry.unread_hours)))
    if words:
        entry.details["hours"] = words


def _kind(entry: Found, data: Record, sal: Document | None) -> None:
    attributes = [*_each(data, "attributes"), *(_each(sal.data, "attributes") if sal else [])]
    terms = [each["taxonomy_term"] for each in attributes if isinstance(each.get("taxonomy_term"), dict)]
    said = " ; ".join([entry.name, *(_text(term.get("name")) for term in terms)])
    codes = {_text(term.get("code")) for term in terms}
    named = next((code for code in SERVICE_TYPES if code in codes), "")
    entry.service_type = named or next(iter(kinds_said(said, codes)), "")
    entry.needs = tuple(dict.fromkeys([*needs_of(entry.service_type), *needs_said(said, codes)]))
    entry.flags = tuple(flags_of(entry.service_type))
    entry.text = (entry.details.get("alternate_name", ""), *(_text(term.get("name")) for term in terms))


def _areas(areas: list[Record]) -> tuple[str, ...]:
    names = [_text(area.get("name")) for area in areas]
    codes = [division_of(name) or (name if name in DIVISIONS else "") for name in names]
    whole = (
        ["on"]
        if any(plain(name) in ("ontario", "provinceofontario", "provincewide") for name in names)
        else []
    )
    return tuple(dict.fromkeys([*whole, *(code for code in codes if code)]))


def _phones(phones: list[Record]) -> list[Record]:
    kept = [
        {
            name: phone[name]
            for name in ("number", "extension", "type", "description")
            if phone.get(name) is not None
        }
        for phone in phones
    ]
    return [
        dict(each)
        for each in dict.fromkeys(tuple(sorted(each.items())) for each in kept if each.get("number"))
    ]


def _language(language: Record) -> str | None:
    return code_of(_text(language.get("code"))) or code_of(_text(language.get("name")))


def _age(value: Any) -> int | None:
    return (
        int(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 130
        else None
    )


def _day(value: Any) -> str | None:
    found = _DAY.match(_text(value))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else None
    except ValueError:
        return None


def _each(data: Record, name: str) -> list[Record]:
    """Return the records in a list of a record.

    An organization may hold anything under a name that isn't its own.
    """
    inner = data.get(name)
    return [each for each in inner if isinstance(each, dict)] if isinstance(inner, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
