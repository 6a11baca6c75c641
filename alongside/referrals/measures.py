"""The measures of asking: days to an answer and to an appointment, what was asked again, how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.agencies.queries import fact_choices
from alongside.kernel import geography
from alongside.kernel.performance_measures import Measure, Row
from alongside.referrals import queries
from alongside.referrals.queries import AppointmentBand, Outcome

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.referrals.queries import Cell

ANSWERS: Mapping[str, Promise] = {
    "same-day": gettext_lazy("Same day"),
    "days-1-3": gettext_lazy("1–3 days"),
    "days-4-7": gettext_lazy("4–7 days"),
    "later": gettext_lazy("Later"),
    "unanswered": gettext_lazy("Not yet"),
}
APPOINTMENTS: Mapping[str, Promise] = {
    AppointmentBand.DAYS_0_3: gettext_lazy("0–3 days"),
    AppointmentBand.DAYS_4_7: gettext_lazy("4–7 days"),
    AppointmentBand.LATER: gettext_lazy("Later"),
}
AGAIN: Mapping[str, Promise] = {"first": gettext_lazy("First time"), "again": gettext_lazy("Asked again")}
OUTCOMES: Mapping[str, Promise] = {
    Outcome.WORKED: gettext_lazy("It worked"),
    Outcome.CHOSE_OTHERWISE: gettext_lazy("They chose otherwise"),
    Outcome.NOT_SAID: gettext_lazy("Not said"),
}


def measures(worker: Worker, since: datetime, until: datetime, *, answered: bool) -> Iterator[Measure]:
    """Yield what there is to say of the requests of a time; nothing where there were none."""
    cells = queries.cells(worker, since, until, answered=answered)
    yield from _measure("answers", cells, ANSWERS, lambda cell: cell.answer, _of_answers)
    yield from _measure("appointments", cells, APPOINTMENTS, lambda cell: cell.appointment, _of_appointments)
    if not answered:
        yield from _measure(
            "again", cells, AGAIN, lambda cell: "again" if cell.is_again else "first", _of_again
        )
    yield from _measure("outcomes", cells, OUTCOMES, lambda cell: cell.outcome, _of_outcomes)


def _measure(
    code: str,
    cells: Sequence[Cell],
    columns: Mapping[str, Promise],
    column_of: Callable[[Cell], str],
    finding: Callable[[Counter[str]], str],
) -> Iterator[Measure]:
    counted = [cell for cell in cells if column_of(cell) in columns]
    if not counted:
        return

    def rows(names: dict[str, str], group_of: Callable[[Cell], str]) -> list[Row]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for cell in counted:
            counts[group_of(cell)][column_of(cell)] += cell.count
        return [Row(names[name], [found[c] for c in columns]) for name, found in counts.items() if found]

    whole: Counter[str] = Counter()
    for cell in counted:
        whole[column_of(cell)] += cell.count
    yield Measure(
        code=code,
        finding=finding(whole),
        unit=_("Requests, not people."),
        columns=[str(label) for label in columns.values()],
        everywhere=Row(_("All together"), [whole[column] for column in columns]),
        by_sector=rows(
            {value: str(label) for value, label in fact_choices()["sector"]}, lambda cell: cell.sector
        ),
        by_region=rows(_regions(), lambda cell: cell.region),
    )


def _again(cell: Cell) -> str:
    return "again" if cell.is_again else "first"


def _regions() -> dict[str, str]:
    return {code: str(area) for code, area in geography.REGIONS.items()} | {"unknown": _("Not known")}


def _of_answers(found: Counter[str]) -> str:
    said = {"n": found["same-day"] + found["days-1-3"], "total": found.total()}
    return _("%(n)s of %(total)s requests were answered within three days") % said


def _of_appointments(found: Counter[str]) -> str:
    said = {"n": found[AppointmentBand.DAYS_0_3], "total": found.total()}
    return _("For %(n)s of %(total)s that came with a day, the first was within three days") % said


def _of_again(found: Counter[str]) -> str:
    said = {"n": found["again"], "total": found.total()}
    return _("%(n)s of %(total)s requests asked again for what had been asked for before") % said


def _of_outcomes(found: Counter[str]) -> str:
    said = {"n": found[Outcome.WORKED], "total": found.total()}
    return _("It worked, as the person said: %(n)s of %(total)s requests of which they were asked") % said
