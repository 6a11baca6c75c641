"""The counts as figures.

Each has a sentence that says what was found, a picture, words for who doesn't see it, and the table beneath.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.punctuation import labelled, listed
from alongside.occupancy import queries
from alongside.occupancy.display import charts
from alongside.occupancy.formats.meanings import SECTORS, sector_said
from alongside.occupancy.queries import Asked, Row

MOST = 8  # sectors drawn; the table has them all
NEARLY = 98  # percent taken from which there is almost nothing
CALENDARS = 12  # months drawn as calendars; beyond, a column for each


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """The share in percent; 0 of 0 is 0, and something of 0 all there is."""
        return 100 * self.part / self.whole if self.whole else 100.0 * bool(self.part)

    def __str__(self) -> str:
        return percent(self.percent)


@dataclass(frozen=True)
class Figure:
    """One figure: its finding, how it is counted, what to mind, its picture, its table."""

    code: str
    finding: str
    counted: str
    spoken: str
    columns: list[str]
    rows: list[list[Any]]
    minded: list[str] = field(default_factory=list)
    picture: dict[str, Any] = field(default_factory=dict)


def figure(code: str, asked: Asked) -> Figure | None:
    """Return one figure by its name, or nothing if there is nothing to show."""
    return {"vacancy": vacancy, "women": women, "calls": calls}[code](asked)


def vacancy(asked: Asked) -> Figure | None:
    """How much stood free, by sector, over time; beds and rooms apart."""
    span = _span(asked, "nights")
    rows = queries.by_sector(asked, queries.grain_of(*span)) if span else []
    if not span or not rows:
        return None
    grain = queries.grain_of(*span)
    totals = _totals(rows)
    order = sorted({sector for sector, _unit in totals}, key=_in_order)
    table = [(sector, unit) for sector in order for unit in ("bed", "room") if (sector, unit) in totals]
    return Figure(
        "vacancy",
        _finding_of_vacancy(totals, len({row["at"] for row in rows}), grain),
        _counted_vacancy(asked.emergency),
        listed(labelled(_of(sector, unit), totals[sector, unit]) for sector, unit in table[: 2 * MOST]),
        [_when(grain, _("Night")), *(_of(sector, unit) + " (%)" for sector, unit in table)],
        _rows_of_vacancy(rows, table),
        _minded(
            asked.nights,
            [
                _("Beds and rooms are counted apart: a room may hold one person or a family."),
                *_crowded(*queries.over_capacity(asked)),
            ],
        ),
        {"panels": _panels(rows, totals, order[:MOST], grain), "more": len(order) - len(order[:MOST])},
    )


def women(asked: Asked) -> Figure | None:
    """The nights on which no emergency place for women was free, and those with almost none."""
    rows = queries.for_women(asked) if asked.nights else []
    if not rows:
        return None
    states = {row["date"]: _state_of(row) for row in rows}
    over = {row["date"] for row in rows if row["over"]}
    full, almost = (sum(state == each for state in states.values()) for each in (charts.FULL, charts.ALMOST))
    few = sum(row["programmes"] < max(each["programmes"] for each in rows) for row in rows)
    finding = ngettext(
        "On %(full)s of %(n)s night no emergency bed or room for women was free",
        "On %(full)s of %(n)s nights no emergency bed or room for women was free",
        len(rows),
    ) % {"full": full, "n": len(rows)}
    said = {"full": full, "almost": almost, "rest": len(rows) - full - almost}
    minded = [
        _(
            "A free place in a count is not always one that somebody can have: it may be held, up a stair, "
            "or in another part of town."
        ),
        _(
            "Places for women in mixed, youth or family programmes are "
            "not in it, nor shelters that don’t report to this count."
        ),
        *_crowded(len(over), sum(row["over"] for row in rows)),
    ]
    if few:
        minded.append(
            ngettext(
                "On %(n)s night fewer programmes reported than on the one with the most.",
                "On %(n)s nights fewer programmes reported than on the one with the most.",
                few,
            )
            % {"n": few}
        )
    return Figure(
        "women",
        finding,
        _(
            "Counted are the emergency programmes for women. A night counts when every bed and every room in "
            "them is taken; almost nothing means that at least %(n)s of 100 are."
        )
        % {"n": NEARLY},
        _("Nothing free: %(full)s; almost nothing: %(almost)s; something: %(rest)s") % said,
        [
            _("Night"),
            _("Programmes counted"),
            _("Beds and rooms there"),
            _("Taken"),
            _("Taken beyond those there"),
            _("Beds free"),
            _("Rooms free"),
            _("Taken (%)"),
        ],
        [
            [
                row["date"],
                row["programmes"],
                row["actual"],
                row["occupied"],
                row["over"],
                row["beds"],
                row["rooms"],
                Share(row["occupied"], row["actual"]),
            ]
            for row in rows
        ],
        _minded(asked.nights, minded),
        {**_calendar(states, over), **said, "over": len(over)},
    )


def calls(asked: Asked) -> Figure | None:
    """The calls to central intake that ended with no space, among those whose outcome was noted."""
    span = _span(asked, "calls")
    if not span:
        return None
    grain = (
        "week"
        if queries.grain_of(*span) == "day" and (span[1] - span[0]).days > 31
        else queries.grain_of(*span)
    )
    rows = [row for row in queries.by_outcome(asked, grain) if row["coded"]]
    if not rows:
        return None
    whole = Share(sum(row["family"] + row["others"] for row in rows), sum(row["coded"] for row in rows))
    shares = [(100 * row["others"] / row["coded"], 100 * row["family"] / row["coded"]) for row in rows]
    worst = max(rows, key=lambda row: (row["family"] + row["others"]) / row["coded"])
    top = charts.scale(max(lower + upper for lower, upper in shares))
    most = {
        "when": said_when(worst["at"], grain),
        "share": str(Share(worst["family"] + worst["others"], worst["coded"])),
    }
    finding = _("%(part)s of %(whole)s calls ended with no space: %(share)s") % {
        "part": count(whole.part),
        "whole": count(whole.whole),
        "share": str(whole),
    }
    return Figure(
        "calls",
        finding,
        _(
            "Counted are calls whose outcome was noted; with no space ended those coded 3A (families) and 3B "
            "(individuals and couples)."
        ),
        _("%(finding)s; the largest share: %(when)s, %(share)s") % {"finding": finding, **most},
        [
            _when(grain, _("Day")),
            _("Days"),
            _("Calls whose outcome was noted"),
            _("No space: families"),
            _("No space: individuals and couples"),
            _("No space (%)"),
        ],
        [
            [
                said_when(row["at"], grain),
                row["days"],
                row["coded"],
                row["family"],
                row["others"],
                Share(row["family"] + row["others"], row["coded"]),
            ]
            for row in rows
        ],
        _minded(
            asked.calls,
            [
                _(
                    "Calls, not people: somebody who calls five times is counted five times. Who gave up "
                    "calling is not counted at all."
                )
            ],
        ),
        {
            "bars": charts.columns(shares, top),
            "top": top,
            "first": said_when(rows[0]["at"], grain),
            "last": said_when(rows[-1]["at"], grain),
            **most,
        },
    )


def percent(number: float) -> str:
    """Return a percentage as it is said: one decimal; two where one would say none of something."""
    places = 1 if number == 0 or number >= 0.1 else 2
    return f"{number_format(round(number, places), places)}\u00a0%"


def count(number: int) -> str:
    """Return a number with its thousands set apart."""
    return str(number_format(number, force_grouping=True))


def said_when(at: date, grain: str) -> str:
    """Return a day, a week or a month as it is said."""
    if grain == "month":
        return date_format(at, "F Y")
    day = date_format(at, "SHORT_DATE_FORMAT")
    return _("week of %(day)s") % {"day": day} if grain == "week" else day


def _span(asked: Asked, kind: str) -> tuple[date, date] | None:
    """From when to when a source is looked at: what is asked for, as far as there is something."""
    kind_asked = Asked(asked.nights if kind == "nights" else None, asked.calls if kind == "calls" else None)
    for first, last in queries.bounds(kind_asked):
        first, last = max(first, asked.first or first), min(last, asked.last or last)
        if first <= last:
            return first, last
    return None


def _totals(rows: list[Row]) -> dict[tuple[str, str], Share]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row["sector"], row["unit"]][0] += row["unoccupied"]
        sums[row["sector"], row["unit"]][1] += row["actual"]
    return {key: Share(*pair) for key, pair in sums.items()}


def _finding_of_vacancy(totals: dict[tuple[str, str], Share], nights: int, grain: str) -> str:
    unit = "bed" if any(unit == "bed" for _sector, unit in totals) else "room"
    ranked = sorted((share.percent, sector) for (sector, each), share in totals.items() if each == unit)
    (least, low), (most, high) = ranked[0], ranked[-1]
    said = {
        "least": percent(least),
        "low": _low(sector_said(low)),
        "most": percent(most),
        "high": _low(sector_said(high)),
    }
    if len(ranked) == 1:
        return (
            _("Of the beds for %(low)s, %(least)s were free")
            if unit == "bed"
            else _("Of the rooms for %(low)s, %(least)s were free")
        ) % said
    if unit == "bed":
        return _("Of the beds for %(low)s, %(least)s were free; of those for %(high)s, %(most)s") % said
    return _("Of the rooms for %(low)s, %(least)s were free; of those for %(high)s, %(most)s") % said


def _counted_vacancy(emergency: bool) -> str:
    if emergency:
        return _("Counted are emergency programmes: places free, among the places there, on each night.")
    return _(
        "Counted are all programmes, emergency and transitional: "
        "places free, among the places there, on each night."
    )


def _rows_of_vacancy(rows: list[Row], table: list[tuple[str, str]]) -> list[list[Any]]:
    by: dict[date, dict[tuple[str, str], Share]] = defaultdict(dict)
    for row in rows:
        by[row["at"]][row["sector"], row["unit"]] = Share(row["unoccupied"], row["actual"])
    return [[at, *(there.get(key, "") for key in table)] for at, there in by.items()]


def _panels(
    rows: list[Row], totals: dict[tuple[str, str], Share], order: list[str], grain: str
) -> list[charts.Panel]:
    series: dict[str, dict[str, list[tuple[date, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["actual"]:
            series[row["sector"]][row["unit"]].append((row["at"], 100 * row["unoccupied"] / row["actual"]))
    first, last = rows[0]["at"], rows[-1]["at"]
    top = charts.scale(
        max(
            (share for units in series.values() for points in units.values() for _at, share in points),
            default=1,
        )
    )
    labels = {"bed": _("beds"), "room": _("rooms")}
    return [
        charts.Panel(
            sector_said(sector),
            [f"{labels[unit]} {totals[sector, unit]}" for unit in series[sector]],
            charts.lines(series[sector], first, last, top, grain, labels),
            top,
            first,
            last,
        )
        for sector in order
        if series[sector]
    ]


def _state_of(row: Row) -> str:
    if row["beds"] + row["rooms"] == 0:
        return charts.FULL
    free = row["beds"] + row["rooms"]
    return charts.ALMOST if 100 * free <= (100 - NEARLY) * row["actual"] else charts.OPEN


def _calendar(states: dict[date, str], over: set[date]) -> dict[str, Any]:
    """A calendar, or for longer times a column a month.

    The share of its nights with nothing and with almost nothing.
    """
    by: dict[date, list[str]] = defaultdict(list)
    for day, state in states.items():
        by[day.replace(day=1)].append(state)
    if len(by) <= CALENDARS:
        return {"months": charts.months(states, over)}
    shares = [
        (100 * each.count(charts.FULL) / len(each), 100 * each.count(charts.ALMOST) / len(each))
        for each in by.values()
    ]
    return {
        "bars": charts.columns(shares, 100),
        "top": 100,
        "first": said_when(min(by), "month"),
        "last": said_when(max(by), "month"),
    }


def _minded(source: Any, more: list[str]) -> list[str]:
    first = [_("Places, not people.")] if source.kind == "nights" else []
    if source.left_out:
        first.append(
            ngettext(
                "%(n)s of %(rows)s rows of the file was left out, because its numbers contradict each "
                "other or can’t be read; it is in no figure.",
                "%(n)s of %(rows)s rows of the file were left out, because their numbers contradict each "
                "other or can’t be read; they are in no figure.",
                source.left_out,
            )
            % {"n": count(source.left_out), "rows": count(source.rows)}
        )
    return [*first, *more]


def _crowded(nights: int, places: int) -> list[str]:
    if not nights:
        return []
    return [
        ngettext(
            "On %(n)s night some programme had more places taken than it has: %(places)s beyond in all.",
            "On %(n)s nights some programme had more places taken than it has: %(places)s beyond in all.",
            nights,
        )
        % {"n": count(nights), "places": count(places)}
    ]


def _of(sector: str, unit: str) -> str:
    what = sector_said(sector)
    return (_("%(who)s, beds") if unit == "bed" else _("%(who)s, rooms")) % {"who": what}


def _when(grain: str, daily: str) -> str:
    return {"day": daily, "week": _("Week"), "month": _("Month")}[grain]


def _in_order(sector: str) -> tuple[int, str]:
    known = list(SECTORS)
    return (known.index(sector) if sector in known else len(known)), sector


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]
