"""The directory read out again as HSDS 3.1 records, one or a page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.directory import models
from alongside.directory.formats.hsds_records import (
    at_location_of,
    complete,
    location_of,
    organization_of,
    other_self,
    service_of,
)
from alongside.directory.formats.records import Record
from alongside.directory.formats.shape import SHAPES
from alongside.directory.queries import entries

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


_TABLES: dict[str, tuple[str, type[models.Kept]]] = {
    "services": ("service", models.Service),
    "organizations": ("organization", models.Organization),
    "locations": ("location", models.Location),
    "service_at_locations": ("service_at_location", models.ServiceAtLocation),
    "programs": ("program", models.Program),
    "taxonomies": ("taxonomy", models.Taxonomy),
    "taxonomy_terms": ("taxonomy_term", models.TaxonomyTerm),
}
_OURS: dict[str, Callable[[models.Entry], Record]] = {
    "services": service_of,
    "organizations": organization_of,
    "locations": location_of,
    "service_at_locations": at_location_of,
}


def page_of(
    viewer: Worker,
    kind: str,
    *,
    number: int,
    size: int,
    full: bool,
    search: str = "",
    organization_id: str = "",
    modified_after: str = "",
    taxonomy_term_id: str = "",
    taxonomy_id: str = "",
) -> Record | None:
    """Return a page of HSDS records of a kind, or None if HSDS knows no such kind.

    Kinds are `services`, `organizations`, …. Conditions are and-ed.
    """
    kept = _kept(kind)
    if kept is None:
        return None
    ours = (
        _ours(viewer)
        if kind in _OURS and not taxonomy_term_id and not modified_after
        else models.Entry.objects.none()
    )
    if organization_id:
        kept, ours = _of_organization(kept, ours, organization_id, kind)
    if modified_after:
        kept = kept.filter(data__last_modified__gt=modified_after)
    if taxonomy_term_id:
        kept = kept.filter(
            Q(data__attributes__contains=[{"taxonomy_term_id": taxonomy_term_id}])
            | Q(data__attributes__contains=[{"taxonomy_term": {"id": taxonomy_term_id}}])
        )
    if taxonomy_id and kind == "taxonomy_terms":
        kept = kept.filter(data__taxonomy_id=taxonomy_id)
    if search:
        kept, ours = kept.filter(data__name__icontains=search), ours.filter(name__icontains=search)
    return _paged(kind, kept, ours, number, size, full)


def _paged(
    kind: str, kept: QuerySet[Any], ours: QuerySet[models.Entry], number: int, size: int, full: bool
) -> Record:
    count, total = kept.count(), kept.count() + ours.count()
    start = (number - 1) * size
    some = list(kept.order_by("pk")[start : start + size]) if start < count else []
    more = (
        list(ours.order_by("pk")[max(0, start - count) : start + size - count])
        if start + size > count
        else []
    )
    contents = [*_composed(kind, some, full), *(_our_own(kind, entry, full) for entry in more)]
    last = max(1, -(-total // size))
    return {
        "total_items": total,
        "total_pages": last,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= last,
        "empty": not contents,
        "contents": contents,
    }


def one(viewer: Worker, kind: str, key: UUID) -> Record | None:
    """Return one HSDS record with everything that belongs to it, or None."""
    kept = _kept(kind)
    if kept is None:
        return None
    found = list(kept.filter(key=str(key)).order_by("-source__updated_at", "-id")[:1])
    if found:
        return next(iter(_composed(kind, found, True)))
    single = _TABLES[kind][0] if kind in _TABLES else ""
    if kind not in _OURS:
        return None
    entry = (
        _ours(viewer).filter(pk=key if single == "service" else other_self(UUID(str(key)), single)).first()
    )
    return _our_own(kind, entry, True) if entry else None


def _kept(kind: str) -> QuerySet[Any] | None:
    """The records of a kind that came from elsewhere.

    A service that its keeper hid is left out, one that says itself it is closed is not.
    """
    if kind not in _TABLES:
        single = next((name for name in SHAPES if kind in (name, f"{name}s", f"{name[:-1]}ies")), None)
        return models.LooseRecord.objects.filter(kind=single) if single else None
    table = _TABLES[kind][1]._default_manager.all()
    if kind == "services":
        hidden = models.Entry.objects.filter(service_id=OuterRef("pk"), hidden_at__isnull=False)
        table = table.filter(~Exists(hidden))
    return table


def _ours(viewer: Worker) -> QuerySet[models.Entry]:
    """The entries that have no HSDS record behind them: from a mapped list, or kept by hand."""
    return entries.visible_to(viewer).filter(entries.SHOWN, service=None, organization=None).defer("words")


def _of_organization(
    kept: QuerySet[Any], ours: QuerySet[models.Entry], key: str, kind: str
) -> tuple[QuerySet[Any], QuerySet[models.Entry]]:
    try:
        entry_id = other_self(UUID(key), "organization")
    except ValueError:
        return kept.none(), ours.none()
    if kind in ("services", "locations", "programs"):
        return kept.filter(organization__key=key), ours.filter(pk=entry_id)
    return kept.filter(key=key) if kind == "organizations" else kept.none(), ours.filter(pk=entry_id)


def _our_own(kind: str, entry: models.Entry, full: bool) -> Record:
    record = _OURS[kind](entry)
    if kind == "services":
        record["organization"] = organization_of(entry)
        if full:
            record["service_at_locations"] = [at_location_of(entry) | {"location": location_of(entry)}]
    if kind == "service_at_locations":
        record |= {"location": location_of(entry), "service": service_of(entry)}
    if kind == "organizations" and full:
        record["locations"] = [location_of(entry)]
    return record


def _composed(kind: str, kept: list[Any], full: bool) -> list[Record]:
    if kind not in _TABLES:
        return [complete(each.kind, each.data) for each in kept]
    single = _TABLES[kind][0]
    if single == "service":
        return _services(kept, full)
    if single == "organization":
        return _organizations(kept, full)
    return (
        _at_locations(kept, full)
        if single == "service_at_location"
        else [complete(single, each.data) for each in kept]
    )


def _services(services: list[models.Service], full: bool, *, with_organization: bool = True) -> list[Record]:
    organizations = (
        models.Organization.objects.in_bulk(
            [each.organization_id for each in services if each.organization_id]
        )
        if with_organization
        else {}
    )
    programs = models.Program.objects.in_bulk([each.program_id for each in services if each.program_id])
    whole = dict(
        zip(
            organizations,
            _organizations(list(organizations.values()), full, with_services=False),
            strict=True,
        )
    )
    at = list(models.ServiceAtLocation.objects.filter(service__in=services)) if full else []
    places = _by(
        zip((each.service_id for each in at), _at_locations(at, full, with_service=False), strict=True)
    )
    composed = []
    for service in services:
        record = complete("service", service.data)
        if service.organization_id in whole:
            record["organization"] = whole[service.organization_id]
        if service.program_id in programs:
            record["program"] = complete("program", programs[service.program_id].data)
        if places.get(service.pk):
            record["service_at_locations"] = places[service.pk]
        composed.append(record)
    return composed


def _organizations(
    organizations: list[models.Organization], full: bool, *, with_services: bool = True
) -> list[Record]:
    if not full:
        return [complete("organization", each.data) for each in organizations]
    locations = _grouped(models.Location.objects.filter(organization__in=organizations), "location")
    programs = _grouped(models.Program.objects.filter(organization__in=organizations), "program")
    services: dict[UUID | None, list[Record]] = {}
    if with_services:
        offered = list(models.Service.objects.filter(organization__in=organizations).order_by("pk"))
        for service, record in zip(offered, _services(offered, True, with_organization=False), strict=True):
            services.setdefault(service.organization_id, []).append(record)
    parts = (("locations", locations), ("programs", programs), ("services", services))
    return [
        complete("organization", each.data)
        | {name: group[each.pk] for name, group in parts if each.pk in group}
        for each in organizations
    ]


def _at_locations(
    rows: list[models.ServiceAtLocation], full: bool, *, with_service: bool = True
) -> list[Record]:
    locations = models.Location.objects.in_bulk([each.location_id for each in rows if each.location_id])
    services: dict[UUID, Record] = {}
    if with_service:
        offered = list(
            models.Service.objects.filter(pk__in=[each.service_id for each in rows if each.service_id])
        )
        services = (
            dict(zip([each.pk for each in offered], _services(offered, full), strict=True))
            if full
            else {each.pk: complete("service", each.data) for each in offered}
        )
        for record in services.values():
            record.pop("service_at_locations", None)
    composed = []
    for row in rows:
        record = complete("service_at_location", row.data)
        if row.location_id in locations:
            record["location"] = complete("location", locations[row.location_id].data)
        if row.service_id in services:
            record["service"] = services[row.service_id]
        composed.append(record)
    return composed


def _grouped(rows: QuerySet[Any], kind: str) -> dict[UUID, list[Record]]:
    groups: dict[UUID, list[Record]] = {}
    for row in rows.order_by("pk"):
        groups.setdefault(row.organization_id, []).append(complete(kind, row.data))
    return groups


def _by(pairs: Iterable[tuple[UUID | None, Record]]) -> dict[UUID | None, list[Record]]:
    groups: dict[UUID | None, list[Record]] = {}
    for key, record in pairs:
        groups.setdefault(key, []).append(record)
    return groups
