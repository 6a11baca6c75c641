"""The shape of HSDS 3.1.3: which fields each record has, of which kind.

What doesn't fit is set aside, never lost and never served as if it did.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from alongside.directory.formats.hours import weekday
from alongside.directory.formats.records import Record, made_id
from alongside.kernel.sent import AN_ID

# field → kind; `!` is required, `[x]` a list of x, `>x` one x. Unknown fields are allowed by HSDS and kept as
# they are.
_SHAPES = {
    "organization": "id:uuid! name:str! alternate_name:str description:str! email:email website:uri "
    "additional_websites:[url] tax_status:str tax_id:str year_incorporated:num legal_status:str logo:str "
    "uri:uri parent_organization_id:uuid funding:[funding] contacts:[contact] phones:[phone] "
    "organization_identifiers:[organization_identifier] attributes:[attribute] metadata:[metadata]",
    "service": (
        "id:uuid! organization_id:uuid program_id:uuid name:str! alternate_name:str description:str url:uri "
        "additional_urls:[url] email:email status:status! interpretation_services:str "
        "application_process:str fees_description:str wait_time:str fees:str accreditations:str "
        "eligibility_description:str minimum_age:num maximum_age:num assured_date:str assurer_email:email "
        "licenses:str alert:str last_modified:moment phones:[phone] schedules:[schedule] "
        "service_areas:[service_area] languages:[language] funding:[funding] cost_options:[cost_option] "
        "required_documents:[required_document] contacts:[contact] capacities:[service_capacity] "
        "attributes:[attribute] metadata:[metadata]"
    ),
    "location": "id:uuid! location_type:place! url:uri organization_id:uuid name:str alternate_name:str "
    "description:str transportation:str latitude:num longitude:num external_identifier:str "
    "external_identifier_type:str languages:[language] addresses:[address] contacts:[contact] "
    "accessibility:[accessibility] phones:[phone] schedules:[schedule] attributes:[attribute] "
    "metadata:[metadata]",
    "service_at_location": (
        "id:uuid! service_id:uuid location_id:uuid description:str service_areas:[service_area] "
        "contacts:[contact] phones:[phone] schedules:[schedule] attributes:[attribute] metadata:[metadata]"
    ),
    "program": (
        "id:uuid! organization_id:uuid name:str! alternate_name:str "
        "description:str! attributes:[attribute] metadata:[metadata]"
    ),
    "address": "id:uuid! location_id:uuid attention:str address_1:str! address_2:str city:str! region:str "
    "state_province:str! postal_code:str! country:str! address_type:place! attributes:[attribute] "
    "metadata:[metadata]",
    "phone": "id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
    "service_at_location_id:uuid number:str! extension:num type:str description:str languages:[language] "
    "attributes:[attribute] metadata:[metadata]",
    "contact": (
        "id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name:str "
        "title:str department:str email:email phones:[phone] attributes:[attribute] metadata:[metadata]"
    ),
    "schedule": (
        "id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:str valid_to:str "
        "dtstart:str timezone:num until:str count:num wkst:day freq:freq interval:num byday:str byweekno:str "
        "bymonthday:str byyearday:str description:str opens_at:str closes_at:str schedule_link:uri "
        "attending_type:str notes:str attributes:[attribute] metadata:[metadata]"
    ),
    "service_area": (
        "id:uuid! service_id:uuid service_at_location_id:uuid name:str description:str extent:str "
        "extent_type:str uri:str attributes:[attribute] metadata:[metadata]"
    ),
    "language": (
        "id:uuid! service_id:uuid location_id:uuid phone_id:uuid name:str code:str note:str "
        "attributes:[attribute] metadata:[metadata]"
    ),
    "accessibility": (
        "id:uuid! location_id:uuid description:str details:str "
        "url:uri attributes:[attribute] metadata:[metadata]"
    ),
    "required_document": (
        "id:uuid! service_id:uuid document:str uri:uri attributes:[attribute] metadata:[metadata]"
    ),
    "cost_option": "id:uuid! service_id:uuid valid_from:str valid_to:str option:str currency:str amount:num "
    "amount_description:str attributes:[attribute] metadata:[metadata]",
    "funding": (
        "id:uuid! organization_id:uuid service_id:uuid source:str attributes:[attribute] metadata:[metadata]"
    ),
    "taxonomy": "id:uuid! name:str! description:str! uri:uri version:str metadata:[metadata]",
    "taxonomy_term": (
        "id:uuid! code:str name:str! description:str! parent_id:uuid taxonomy:str taxonomy_detail:>taxonomy "
        "language:str taxonomy_id:uuid term_uri:uri metadata:[metadata]"
    ),
    "attribute": (
        "id:uuid! link_id:uuid taxonomy_term_id:uuid link_type:str link_entity:str value:str "
        "taxonomy_term:>taxonomy_term label:str metadata:[metadata]"
    ),
    "service_capacity": (
        "id:uuid! service_id:uuid unit:>unit! unit_id:uuid available:num! maximum:num description:str "
        "updated:moment! attributes:[attribute] metadata:[metadata]"
    ),
    "unit": "id:uuid! name:str! scheme:str identifier:str uri:uri attributes:[attribute] metadata:[metadata]",
    "url": (
        "id:uuid! label:str url:uri! organization_id:uuid "
        "service_id:uuid attributes:[attribute] metadata:[metadata]"
    ),
    "organization_identifier": (
        "id:uuid! organization_id:uuid identifier_scheme:str identifier_type:str! identifier:str! "
        "attributes:[attribute] metadata:[metadata]"
    ),
    "metadata": "id:uuid! resource_id:uuid resource_type:str last_action_date:str! last_action_type:str! "
    "field_name:str! previous_value:str! replacement_value:str! updated_by:str!",
    "meta_table_description": (
        "id:uuid! name:str language:str character_set:str attributes:[attribute] metadata:[metadata]"
    ),
}
Complain = Callable[[str, str], None]
SHAPES = {
    kind: {part.split(":")[0]: part.split(":")[1].rstrip("!") for part in text.split()}
    for kind, text in _SHAPES.items()
}
REQUIRED = {
    kind: [part.split(":")[0] for part in text.split() if part.endswith("!")]
    for kind, text in _SHAPES.items()
}
ASIDE = "set_aside"  # an extension of ours: values HSDS doesn't allow, kept beside the record
DEEPEST = 12

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")
_BAD_URI = re.compile(r"[<>\"{}|\\^`\s]|%(?![0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
_LISTS = {
    "status": ("active", "inactive", "defunct", "temporarily closed"),
    "place": ("physical", "postal", "virtual"),
    "day": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "freq": ("WEEKLY", "MONTHLY"),
}


def is_uuid(value: object) -> bool:
    """Say whether a value is a UUID as HSDS writes one."""
    return isinstance(value, str) and bool(AN_ID.fullmatch(value))


def fits(kind: str, value: object) -> bool:
    """Say whether a value is of a kind.

    A kind is `str`, `num`, `uuid`, `uri`, `email`, `moment` or one of the lists.
    """
    if kind == "num":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == "uuid":
        return is_uuid(value)
    if kind == "email":
        return bool(_EMAIL.fullmatch(value))
    if kind == "uri":
        return (
            bool(_URI.fullmatch(value))
            and not _BAD_URI.search(value)
            and value.count("#") <= 1
            and "[" not in value
            and "]" not in value
        )
    if kind == "moment":
        return _is_moment(value)
    return kind not in _LISTS or value in _LISTS[kind]


def _is_moment(value: str) -> bool:
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def mended(kind: str, value: object) -> str | int | float | None:
    """Return a value of the right kind where the meaning is plain, else None.

    "12" is 12, "Active" is active.
    """
    if kind == "str" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if kind == "num" and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if kind == "uri" and re.match(r"(www\.|[\w-]+(\.[\w-]+)+(/|$))", text) and fits("uri", f"http://{text}"):
        return f"http://{text}"
    if kind == "day":
        number = weekday(text)
        return None if number is None else _LISTS[kind][number]
    if kind in _LISTS:
        return next((each for each in _LISTS[kind] if text.casefold() == each.casefold()), None)
    return text if text != value and fits(kind, text) else None


def shaped(kind: str, raw: Record, complain: Complain, *, where: str = "", depth: int = 0) -> Record:
    """Return a record as HSDS allows it.

    What doesn't fit goes into its `set_aside`, and `complain(where, code)` is told.
    """
    record: Record = {}
    aside: Record = {}
    shape = SHAPES[kind]
    if kind == "schedule" and raw.get("weekday") and not raw.get("byday"):
        raw = raw | {"freq": raw.get("freq") or "WEEKLY", "byday": _byday(str(raw["weekday"]))}
    for name, value in raw.items():
        if value is None or value == "":
            continue
        expected, place = shape.get(name), f"{where}{name}"
        if expected is None:
            record[name] = value
        elif expected[0] in "[>":
            _take_children(record, aside, name, expected, value, complain, place, depth)
        elif fits(expected, value):
            record[name] = value
        elif expected == "uuid" and (linked := _linked_kind(kind, name, raw)):
            record[name], record[f"original_{name}"] = uuid_of(linked, value), str(value)
        else:
            better = mended(expected, value)
            if better is None:
                aside[name] = value
                complain(place, "bad_number" if expected == "num" else "bad_value")
            else:
                record[name] = better
    if aside:
        record[ASIDE] = {**record.get(ASIDE, {}), **aside} if isinstance(record.get(ASIDE), dict) else aside
    return record


def uuid_of(kind: str, key: object) -> str:
    """Return the UUID a record goes by: its own, or one made from whatever number it has."""
    return str(key) if is_uuid(key) else made_id("not a uuid", kind, str(key))


def _linked_kind(kind: str, name: str, record: Record) -> str:
    """Return the kind of record that a UUID field of a record names, or nothing where it doesn't say."""
    linked = {
        "id": kind,
        "parent_id": "taxonomy_term",
        "parent_organization_id": "organization",
        "link_id": str(record.get("link_entity") or ""),
        "resource_id": str(record.get("resource_type") or ""),
    }.get(name, name.removesuffix("_id"))
    return linked if linked in SHAPES else ""


def _byday(weekday_said: str) -> str:
    """Return the `weekday` of HSDS 1 and 2 as the `byday` of HSDS 3; what is no weekday stays as it is."""
    numbers = {name: weekday(name) for name in weekday_said.split(",")}
    return ",".join(name if number is None else _LISTS["day"][number] for name, number in numbers.items())


def _take_children(
    record: Record,
    aside: Record,
    name: str,
    expected: str,
    value: Any,
    complain: Complain,
    place: str,
    depth: int,
) -> None:
    child = expected.strip("[]>")
    if depth >= DEEPEST:
        aside[name] = value
        complain(place, "bad_value")
    elif expected[0] == ">" and isinstance(value, dict):
        record[name] = shaped(child, value, complain, where=f"{place}.", depth=depth + 1)
    elif expected[0] == "[" and isinstance(value, list):
        record[name] = [
            shaped(child, each, complain, where=f"{place}.", depth=depth + 1)
            for each in value
            if isinstance(each, dict)
        ]
        others = [each for each in value if not isinstance(each, dict)]
        if others:
            aside[name] = others
            complain(place, "bad_value")
    else:
        aside[name] = value
        complain(place, "bad_value")
