"""Writing a brief: what it says about itself, its parts, the quotes and tables that stand in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.briefs import queries, rules
from alongside.briefs.models import Brief, Kind, Section, SectionFigure, SectionQuote
from alongside.kernel import clock
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import State


ABOUT = (
    "study_id",
    "slug",
    "title",
    "contributors",
    "audience",
    "half",
    "cut_off_on",
    "concerns_indigenous",
    "steward_agency_id",
    "balance_reason",
)
WORDS = ("code", "heading", "body", "impact", "cost", "parent_id")


@transaction.atomic
def begin(*, facts: dict[str, Any], by: Worker, at: datetime) -> Brief:
    """Begin a brief: its title and address, the study it prints, who may read it.

    :raises rules.CannotWrite: if the worker's role doesn't write briefs
    """
    rules.check_can_write(by)
    brief = Brief(
        agency_id=by.agency_id,
        begun_by_id=by.pk,
        begun_at=at,
        **{name: facts[name] for name in ABOUT if name in facts},
    )
    _keep(brief)
    note("briefs.begun", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def describe(*, brief: Brief, facts: dict[str, Any], by: Worker, at: datetime) -> Brief:
    """Change what a brief says about itself. Its address stays once an edition was published under it.

    :raises rules.CannotWrite: if it isn't being written
    """
    brief = locked(brief)
    rules.check_can_write(by, brief)
    kept = {"slug", "audience"} if queries.editions(brief).exists() else set()
    for name in ABOUT:
        if name in facts and name not in kept:
            setattr(brief, name, facts[name])
    _keep(brief)
    note("briefs.written", item_id=brief.pk, item_kind="brief")
    return brief


@transaction.atomic
def write(
    *,
    brief: Brief,
    kind: str,
    facts: dict[str, Any],
    by: Worker,
    at: datetime,
    section_id: UUID | None = None,
) -> Section:
    """Write a section in both languages, or in one for now; a new one stands last among its kind.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = locked(brief)
    rules.check_can_write(by, brief)
    if section_id is None and kind in rules.ONCE:
        section_id = Section.objects.filter(brief=brief, kind=kind).values_list("pk", flat=True).first()
    section = Section.objects.get(brief=brief, pk=section_id) if section_id else _new_section(brief, kind)
    for name in WORDS:
        if name in facts:
            setattr(section, name, facts[name])
    section.written_by_id, section.written_at = by.pk, at
    save_changes(section)
    note("briefs.written", item_id=brief.pk, item_kind="brief")
    return section


@transaction.atomic
def remove(*, section: Section, by: Worker, at: datetime) -> None:
    """Take a section out, with what stands under it.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = locked(section.brief)
    rules.check_can_write(by, brief)
    for part in [*Section.objects.filter(parent=section), section]:
        SectionQuote.objects.filter(section=part).delete()
        SectionFigure.objects.filter(section=part).delete()
        part.delete()
    note("briefs.written", item_id=brief.pk, item_kind="brief")


@transaction.atomic
def move(*, section: Section, up: bool, by: Worker, at: datetime) -> None:
    """Put a section one place earlier or later among those of its kind.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = locked(section.brief)
    rules.check_can_write(by, brief)
    among = list(
        Section.objects.filter(brief=brief, kind=section.kind, parent_id=section.parent_id).order_by(
            "order", "id"
        )
    )
    place = next(number for number, sibling in enumerate(among) if sibling.pk == section.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(among):
        among[place], among[other] = among[other], among[place]
    for number, sibling in enumerate(among):
        if sibling.order != number:
            sibling.order = number
            sibling.save(update_fields=["order"])


@transaction.atomic
def choose_quotes(*, section: Section, quote_ids: list[UUID], by: Worker, at: datetime) -> None:
    """Let these quotes, and no others, stand in a section, in this order.

    Only what may be printed can be chosen.

    :raises rules.CannotWrite: if the brief isn't being written, or a quote may not be printed
    """
    brief = locked(section.brief)
    rules.check_can_write(by, brief)
    may = queries.standing_quotes(by, brief, quote_ids, clock.day(at))
    if set(quote_ids) - may:
        raise rules.CannotWrite(
            _("One of these quotes may not be printed. Choose again from those that may.")
        )
    SectionQuote.objects.filter(section=section).delete()
    for order, quote_id in enumerate(dict.fromkeys(quote_ids)):
        SectionQuote.objects.create(
            brief=brief, agency_id=brief.agency_id, section=section, quote_id=quote_id, order=order
        )
    note("briefs.written", item_id=brief.pk, item_kind="brief")


@transaction.atomic
def choose_figures(
    *, section: Section, figures: list[tuple[UUID, dict[str, str]]], by: Worker, at: datetime
) -> None:
    """Let these released tables, and no others, stand in a section, each with its finding in both languages.

    :raises rules.CannotWrite: if the brief isn't being written
    """
    brief = locked(section.brief)
    rules.check_can_write(by, brief)
    SectionFigure.objects.filter(section=section).delete()
    for order, (release_id, finding) in enumerate(figures):
        SectionFigure.objects.create(
            brief=brief,
            agency_id=brief.agency_id,
            section=section,
            release_id=release_id,
            finding=finding,
            order=order,
        )
    note("briefs.written", item_id=brief.pk, item_kind="brief")


def locked(brief: Brief) -> Brief:
    """The brief, held until the transaction is over."""
    found: Brief = Brief.objects.select_for_update(of=("self",)).select_related("agency").get(pk=brief.pk)
    return found


def _keep(brief: Brief) -> None:
    try:
        with transaction.atomic():
            save_changes(brief)
    except IntegrityError as taken:
        raise rules.CannotWrite(_("This address is taken. Choose another one.")) from taken


def move_to(brief: Brief, to: State, by: Worker, at: datetime) -> None:
    """Let a brief stand there from now on; whether it may was asked before."""
    brief.state, brief.moved_by_id, brief.moved_at = to, by.pk, at
    save_changes(brief)


def _new_section(brief: Brief, kind: str) -> Section:
    if kind not in Kind.values:
        raise rules.CannotWrite(_("There is no such part of a brief."))
    last = Section.objects.filter(brief=brief, kind=kind).aggregate(last=Max("order"))["last"]
    return Section(brief=brief, agency_id=brief.agency_id, kind=kind, order=0 if last is None else last + 1)
