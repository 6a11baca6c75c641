"""Reading the imports of one’s own agency: where they stand, their reports, and the mappings there are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.directory.formats.mappings import shipped_mappings
from alongside.directory.formats.records import Record
from alongside.directory.models import ImportRun, Mapping, ReportLine

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def imports_of(viewer: Worker) -> QuerySet[ImportRun]:
    """The imports of the worker's agency, newest first."""
    return ImportRun.objects.filter(agency_id=viewer.agency_id)


def get_import(viewer: Worker, run_id: UUID) -> ImportRun:
    """Return one import of the worker's own agency.

    :raises ImportRun.DoesNotExist: if there is none, or it is another agency's
    """
    return imports_of(viewer).get(pk=run_id)


def report_of(run: ImportRun) -> QuerySet[ReportLine]:
    """What somebody should look at after an import, by line."""
    return ReportLine.objects.filter(run_id=run.pk)


def mappings_of(viewer: Worker) -> QuerySet[Mapping]:
    """The mappings the worker's agency made."""
    return Mapping.objects.filter(agency_id=viewer.agency_id).order_by("name")


def mapping_named(name: str, agency_id: UUID | None = None) -> Record | None:
    """Return a mapping: one that comes with Alongside, or one of this agency's own.

    None if there is none of that name.
    """
    shipped = shipped_mappings().get(name)
    if shipped or agency_id is None:
        return shipped
    own = Mapping.objects.filter(agency_id=agency_id, name=name).first()
    return own.columns if own else None


def mapping_choices(worker: Worker) -> list[tuple[str, str]]:
    """Return the mappings to choose from: those that come with Alongside, and the agency's own."""
    place = 1 if get_language() == "fr" else 0
    shipped = [(name, mapping["title"][place]) for name, mapping in shipped_mappings().items()]
    return [*shipped, *((each.name, each.name) for each in mappings_of(worker))]
