"""Keeping the entries of one’s own agency, hiding them and showing them again."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from alongside.directory import rules
from alongside.directory.formats.hours import weekly_hours
from alongside.directory.formats.records import Record
from alongside.directory.formats.words import words_of
from alongside.directory.models import Entry, Opening
from alongside.kernel.vocabulary import flags_of, needs_of
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


_PLAIN = ("description", "description_fr", "email", "url", "eligibility", "application", "fees", "hours")


@transaction.atomic
def keep(
    *, by: Worker, at: datetime, entry: Entry | None = None, offered_here: bool = True, **told: Any
) -> Entry:
    """Make or change an entry that the worker's own agency keeps.

    Only `name` is needed; `told` is what `forms.EntryForm` asks for.

    With a disclosure other than public no address is stored at all.

    :raises rules.CannotEdit: if another agency keeps it
    """
    if entry is not None:
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        rules.check_can_edit(by, entry)
    entry = entry or Entry(agency_id=by.agency_id)
    _fill(entry, told)
    entry.offered_by_id = by.agency_id if offered_here else None
    entry.edited_by_id, entry.edited_at, entry.as_of = by.pk, at, at.date()
    entry.save()
    _keep_words(entry.words)
    Opening.objects.filter(entry_id=entry.pk).delete()
    stretches = weekly_hours(told.get("hours", ""))
    Opening.objects.bulk_create(
        Opening(
            entry_id=entry.pk,
            weekday=day,
            opens_at=time.fromisoformat(opens),
            closes_at=time.fromisoformat(closes),
        )
        for day, opens, closes, _, _ in stretches
    )
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
    entry.name, entry.name_fr = told["name"], told.get("name_fr", "")
    entry.neutral_name, entry.neutral_name_fr = told.get("neutral_name", ""), told.get("neutral_name_fr", "")
    entry.service_type, entry.languages = told.get("service_type", ""), list(told.get("languages", ()))
    entry.needs = list(dict.fromkeys([*told.get("needs", ()), *needs_of(entry.service_type)]))
    entry.flags = list(dict.fromkeys([*told.get("flags", ()), *flags_of(entry.service_type)]))
    entry.minimum_age, entry.maximum_age = told.get("minimum_age"), told.get("maximum_age")
    entry.disclosure = told.get("disclosure") or "public"
    entry.division = "" if entry.disclosure == "withheld" else told.get("division", "")
    entry.placed_by = "given" if entry.division else ""
    entry.serves = list(told.get("serves", ()))
    public = entry.disclosure == "public"
    entry.community = told.get("community", "") if public else ""
    address = {
        name: told[name] for name in ("address_1", "address_2", "postal_code") if public and told.get(name)
    }
    entry.details = {name: told[name] for name in _PLAIN if told.get(name)}
    if address:
        entry.details["address"] = {
            **address,
            "city": entry.community,
            "state_province": "ON",
            "country": "CA",
        }
    if told.get("phone"):
        entry.details["phones"] = [{"number": told["phone"]}]
    entry.words = words_of(entry.name, entry.name_fr, entry.community)


def _keep_words(words: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_word (word) select unnest(%s::text[]) on conflict do nothing", [words]
        )
