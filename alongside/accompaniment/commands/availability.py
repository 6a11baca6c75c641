"""Saying when one is free, naming places and the ways between them, and writing down what is wished for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.accompaniment import rules
from alongside.accompaniment.models import Accompaniment, Availability, Place, Way, Wish
from alongside.files.commands import lock_to_write
from alongside.kernel.commands import wait_for_turn
from alongside.kernel.pressed import found_if_taken
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

Minutes = tuple[int, int]


@transaction.atomic
def keep_week(*, worker_id: UUID, week: Mapping[int, list[Minutes]], by: Worker, at: datetime) -> None:
    """Write down when somebody is free each week, in place of what was said before.

    :param week: for each weekday from Monday as nought, from which minute until which
    :raises rules.CannotKeepHours: of anybody else's, unless they keep what the agency offers
    """
    rules.check_can_keep_hours(worker_id, by)
    wait_for_turn(f"accompaniment/hours/{worker_id}")
    Availability.objects.filter(agency_id=by.agency_id, worker_id=worker_id, day=None).delete()
    for weekday, spans in week.items():
        for span in spans:
            _free(worker_id, span, by, at, weekday=weekday)


@transaction.atomic
def keep_day(*, worker_id: UUID, on: date, spans: list[Minutes], by: Worker, at: datetime) -> None:
    """Write down when somebody is free on one day instead: not at all without a span."""
    rules.check_can_keep_hours(worker_id, by)
    wait_for_turn(f"accompaniment/hours/{worker_id}")
    Availability.objects.filter(agency_id=by.agency_id, worker_id=worker_id, day=on).delete()
    _free(worker_id, (0, 24 * 60), by, at, day=on, is_free=False)
    for span in spans:
        _free(worker_id, span, by, at, day=on)


@transaction.atomic
def forget_day(*, worker_id: UUID, on: date, by: Worker) -> None:
    """Let one day be as each week again."""
    rules.check_can_keep_hours(worker_id, by)
    Availability.objects.filter(agency_id=by.agency_id, worker_id=worker_id, day=on).delete()


@found_if_taken("place_id")
@transaction.atomic
def name_place(*, place_id: UUID, name: str, by: Worker) -> Place:
    """Name a place, or give it another name; the first is where companions set out from.

    :raises rules.CannotNamePlace: if there is one of that name
    """
    rules.check_can_keep_companions(by)
    places = Place.objects.filter(agency_id=by.agency_id)
    rules.check_name_is_free(name, {each.name for each in places.exclude(id=place_id)})
    found = places.select_for_update().filter(id=place_id).first()
    place = found or Place(id=place_id, agency_id=by.agency_id, is_base=not places.exists())
    place.name = name
    save_changes(place)
    return place


@transaction.atomic
def set_out_from(*, place: Place, by: Worker) -> None:
    """Say where companions set out from."""
    rules.check_can_keep_companions(by)
    Place.objects.filter(agency_id=by.agency_id, is_base=True).update(is_base=False)
    Place.objects.filter(id=place.id).update(is_base=True)


@transaction.atomic
def drop_place(*, place: Place, by: Worker) -> None:
    """Take a place away, with its ways."""
    rules.check_can_keep_companions(by)
    Way.objects.filter(from_place_id=place.id).delete()
    Way.objects.filter(to_place_id=place.id).delete()
    place.delete()


@transaction.atomic
def keep_ways(*, minutes: Mapping[tuple[UUID | None, UUID | None], int | None], by: Worker) -> None:
    """Write down how many minutes ways take, each direction for itself; without a number it isn't known.

    :param minutes: for each way its two ends; without ends, what an unknown way takes
    """
    rules.check_can_keep_companions(by)
    wait_for_turn(f"accompaniment/places/{by.agency_id}")
    for (here, there), long in minutes.items():
        Way.objects.filter(agency_id=by.agency_id, from_place_id=here, to_place_id=there).delete()
        if long is not None:
            way = Way(agency_id=by.agency_id, from_place_id=here, to_place_id=there, minutes=long)
            way.save(force_insert=True)


@transaction.atomic
def wish(
    *,
    accompaniment: Accompaniment,
    place_id: UUID | None,
    language: str,
    is_must: bool,
    gender: str,
    by: Worker,
    at: datetime,
) -> None:
    """Write down what they wish for of whoever goes along, and near which place it is."""
    lock_to_write(file_id=accompaniment.file_id)
    named = {"file_id": accompaniment.file_id, "accompaniment_id": accompaniment.id}
    found = Wish.objects.select_for_update().filter(**named).first()
    row = found or Wish(agency_id=by.agency_id, **named)
    row.place_id, row.language, row.is_must, row.gender = place_id, language, is_must, gender
    row.written_by, row.written_at = by.pk, at
    save_changes(row)
    note(
        "accompaniment.wished",
        custodian_id=row.agency_id,
        file_id=row.file_id,
        item_id=row.id,
    )


def _free(worker_id: UUID, span: Minutes, by: Worker, at: datetime, **when: int | date | bool) -> None:
    row = Availability(agency_id=by.agency_id, worker_id=worker_id, written_by=by.pk, written_at=at, **when)
    row.from_minute, row.until_minute = span
    row.save(force_insert=True)
