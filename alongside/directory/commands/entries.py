"""Keeping the entries of one’s own agency, hiding them and showing them again."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from alongside.directory import rules
from alongside.directory.formats.hours import weekly_hours
from alongside.directory.formats.records import Record
from alongside.directory.formats.withheld import (
    Secrets,
    hide_details,
    hide_location,
    more_hidden,
    wipe,
    wipe_elsewhere,
)
from alongside.directory.formats.words import words_of
from alongside.directory.models import (
    Entry,
    Location,
    LooseRecord,
    Opening,
    Organization,
    Program,
    Service,
    ServiceAtLocation,
)
from alongside.kernel import clock
from alongside.kernel.rls.models import save_changes
from alongside.kernel.vocabulary import flags_of, needs_of
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


_COLUMNS = {
    "name",
    "name_fr",
    "neutral_name",
    "neutral_name_fr",
    "service_type",
    "minimum_age",
    "maximum_age",
    "community",
    "division",
}
_LISTS = {"languages", "needs", "flags", "serves"}
_PLAIN = ("description", "description_fr", "email", "url", "eligibility", "application", "fees", "hours")
_ADDRESS = ("address_1", "address_2", "postal_code")
BROUGHT = (
    Organization,
    Program,
    Service,
    Location,
    ServiceAtLocation,
    LooseRecord,
)  # with an entry of a list


@transaction.atomic
def keep(*, by: Worker, at: datetime, entry: Entry | None = None, **told: Any) -> Entry:
    """Make or change an entry that the worker's own agency keeps.

    A new one needs only `name`; `told` is any of what `forms.EntryForm` asks for. Of one that is changed,
    whatever isn't told stays as it is, and telling nothing changes nothing.

    With a disclosure other than public no address is stored at all, here or in the records of the list that
    the entry came with; nor in another entry of that list at the same place.

    :raises rules.CannotEdit: if another agency keeps it
    """
    if entry is not None:
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        rules.check_can_edit(by, entry)
        if not told:
            return entry
    else:
        entry = Entry(agency_id=by.agency_id)
        told = {"offered_here": True} | told
    _fill(entry, told)
    if "offered_here" in told:
        entry.offered_by_id = by.agency_id if told["offered_here"] else None
    entry.edited_by_id, entry.edited_at, entry.as_of = by.pk, at, clock.day(at)
    save_changes(entry)
    _keep_words(entry.words)
    if "hours" in told:
        _open(entry, told["hours"])
    trail.note("directory.kept", item_id=entry.pk, item_kind="entry")
    return entry


@transaction.atomic
def hide(*, entry: Entry, by: Worker, at: datetime) -> Entry:
    """Take an entry of one's own agency out of everybody's search; it can be shown again.

    :raises rules.CannotEdit: if another agency keeps it
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    rules.check_can_edit(by, entry)
    entry.hidden_at = at
    entry.save(update_fields=["hidden_at"])
    trail.note("directory.hidden", item_id=entry.pk, item_kind="entry")
    return entry


@transaction.atomic
def show(*, entry: Entry, by: Worker) -> Entry:
    """Let an entry of one's own agency be found again.

    :raises rules.CannotEdit: if another agency keeps it
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    rules.check_can_edit(by, entry)
    entry.hidden_at = None
    entry.save(update_fields=["hidden_at"])
    trail.note("directory.shown", item_id=entry.pk, item_kind="entry")
    return entry


def _fill(entry: Entry, told: Record) -> None:
    found_by = words_of(entry.name, entry.name_fr, entry.community)
    for name in told.keys() & _COLUMNS:
        setattr(entry, name, told[name])
    for name in told.keys() & _LISTS:
        setattr(entry, name, list(told[name]))
    if told.keys() & {"service_type", "needs", "flags"}:
        entry.needs = list(dict.fromkeys([*entry.needs, *needs_of(entry.service_type)]))
        entry.flags = list(dict.fromkeys([*entry.flags, *flags_of(entry.service_type)]))
    if "division" in told:
        entry.placed_by = "given" if entry.division else ""
    was, said = entry.disclosure, dict(entry.details)
    _fill_details(entry, told)
    if told.get("disclosure", entry.disclosure) != entry.disclosure:
        entry.disclosure = told["disclosure"]
        entry.kept_disclosure = entry.disclosure if entry.source_id and entry.disclosure != "public" else ""
    if entry.disclosure != "public":
        _forget_where(entry, said if was == "public" else None)
    others = [word for word in entry.words if word not in found_by]
    named = words_of(entry.name, entry.name_fr, entry.organization_name, entry.community)
    entry.words = list(dict.fromkeys([*named, *others]))


def _fill_details(entry: Entry, told: Record) -> None:
    details = entry.details
    for name in told.keys() & set(_PLAIN):
        details[name] = told[name]
    if "phone" in told:
        first, *others = details.get("phones") or [{}]
        about = {name: value for name, value in first.items() if name in ("type", "description")}
        details["phones"] = [*([{**about, "number": told["phone"]}] if told["phone"] else []), *others]
    if told.keys() & {*_ADDRESS, "community"}:
        told_address = {name: told[name] for name in _ADDRESS if name in told}
        address = details.get("address", {}) | told_address | {"city": entry.community}
        stands = any(address.get(name) for name in _ADDRESS)
        details["address"] = {"state_province": "ON", "country": "CA"} | address if stands else None
    if "hours" in told and entry.source_id:
        details["hours_kept"] = True
    entry.details = {name: value for name, value in details.items() if value not in ("", [], None)}


def _forget_where(entry: Entry, said: Record | None) -> None:
    """Keep no address; and when it was public until now, nothing in what a list said that tells it.

    :param said: the details until now, if it was public
    """
    if said is None:
        entry.details.pop("address", None)
        _hide(entry, entry.disclosure)
        return
    secrets = Secrets()
    hide_details(said, secrets)
    entry.details = hide_details(entry.details, secrets)
    if entry.source_id:
        _hide_in_list(entry, secrets)
    _hide(entry, entry.disclosure)
    _tell(entry, wipe(_texts(entry), secrets))


def _hide(entry: Entry, how: str) -> None:
    entry.disclosure, entry.community = how, ""
    if how == "withheld":
        entry.division = entry.placed_by = ""


def _texts(entry: Entry) -> Record:
    return {name: getattr(entry, name) for name in ("name", "name_fr", "organization_name", "details")}


def _tell(entry: Entry, told: Record) -> None:
    for name, value in told.items():
        setattr(entry, name, value)


def _hide_in_list(entry: Entry, secrets: Secrets) -> None:
    """Take where an entry is out of everything that the same list brought, as if the list had hidden it."""
    if entry.source_id is None:
        return
    if entry.location_id:
        _hide_place(entry, entry.location_id, secrets)
    for table in BROUGHT:
        for row in table._default_manager.filter(source_id=entry.source_id).iterator():
            at_home = entry.organization_id in (row.pk, getattr(row, "organization_id", None))
            data = (wipe if at_home else wipe_elsewhere)(row.data, secrets)
            if data != row.data:
                row.data = data
                row.save(update_fields=["data"])
    for other in Entry.objects.filter(source_id=entry.source_id).exclude(pk=entry.pk).iterator():
        at_home = entry.organization_id is not None and entry.organization_id == other.organization_id
        told = (wipe if at_home else wipe_elsewhere)(_texts(other), secrets)
        if told != _texts(other):
            _tell(other, told)
            save_changes(other)


def _hide_place(entry: Entry, location_id: UUID, secrets: Secrets) -> None:
    """Take where a place is out of its record, and out of every entry that is at it."""
    location = Location.objects.select_for_update().get(pk=location_id)
    location.disclosure = more_hidden(location.disclosure, entry.disclosure)
    hide_location(location.data, location.disclosure, secrets)
    location.save(update_fields=["data", "disclosure"])
    for other in Entry.objects.select_for_update().filter(location=location).exclude(pk=entry.pk):
        other.kept_disclosure = more_hidden(other.disclosure, entry.disclosure)
        other.details = hide_details(other.details, secrets)
        _hide(other, other.kept_disclosure)
        save_changes(other)


def _open(entry: Entry, hours: str) -> None:
    """Let an entry be open as its hours say, and not as they said before."""
    Opening.objects.filter(entry_id=entry.pk).delete()
    Opening.objects.bulk_create(
        Opening(
            entry_id=entry.pk,
            weekday=day,
            opens_at=time.fromisoformat(opens),
            closes_at=time.fromisoformat(closes),
        )
        for day, opens, closes, _, _ in weekly_hours(hours)
    )


def _keep_words(words: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_word (word) select unnest(%s::text[]) on conflict do nothing", [words]
        )
