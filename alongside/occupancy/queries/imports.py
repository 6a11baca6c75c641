"""Reading the imports of one’s own agency, their reports, and the mappings there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.occupancy.formats import mappings
from alongside.occupancy.formats.meanings import guessed
from alongside.occupancy.models import ImportRun, Mapping, ReportLine

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker


def imports_of(viewer: Worker) -> QuerySet[ImportRun]:
    """The imports of the worker's agency, newest first."""
    return ImportRun.objects.filter(agency_id=viewer.agency_id)


def get_import(viewer: Worker, run_id: UUID) -> ImportRun:
    """Return one import of the worker's own agency.

    :raises ImportRun.DoesNotExist: if it is another agency's, or none
    """
    return imports_of(viewer).get(pk=run_id)


def report_of(run: ImportRun) -> QuerySet[ReportLine]:
    """What somebody should look at after an import, by line."""
    return ReportLine.objects.filter(run_id=run.pk)


def mappings_of(viewer: Worker) -> QuerySet[Mapping]:
    """The mappings the worker's agency made."""
    return Mapping.objects.filter(agency_id=viewer.agency_id).order_by("name")


def mapping_named(name: str, agency_id: UUID | None = None) -> dict[str, Any] | None:
    """Return a mapping: one that comes with Alongside, or one of this agency's own.

    None if there is none of that name.
    """
    shipped = mappings.shipped_mappings().get(name)
    if shipped or agency_id is None:
        return shipped
    own = Mapping.objects.filter(agency_id=agency_id, name=name).first()
    return own.columns if own else None


def initial(worker: Worker, heading: list[str]) -> dict[str, Any]:
    """Return what the form begins with.

    A mapping whose every column is there, and what each column probably means.
    """
    own = next(
        (each.name for each in mappings_of(worker) if set(each.columns["columns"].values()) <= set(heading)),
        "",
    )
    guesses = {f"column_{heading.index(column)}": meaning for meaning, column in guessed(heading).items()}
    return {"mapping": mappings.fitting_mapping(heading) or own, **guesses}


def mapping_choices(worker: Worker) -> list[tuple[str, str]]:
    """Return the mappings to choose from: those that come with Alongside, and the agency's own."""
    place = 1 if get_language() == "fr" else 0
    shipped = [(name, mapping["title"][place]) for name, mapping in mappings.shipped_mappings().items()]
    return [*shipped, *((each.name, each.name) for each in mappings_of(worker))]
