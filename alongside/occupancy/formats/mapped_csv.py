"""A file of counts read through a mapping: rows that hold, and a note for each that doesn't.

Nothing is guessed, nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from alongside.kernel.imports import delimited
from alongside.kernel.imports.delimited import Broken, Note
from alongside.occupancy.formats.cells import Odd, day_of, whole_number
from alongside.occupancy.formats.meanings import (
    ALL,
    CALLS,
    OUTCOMES,
    PARTS,
    UNITS,
    model_of,
    says_where,
    sector_of,
    unit_of,
)

LONGEST = 300
EARLIEST = date(1980, 1, 1)
_SET = {part: part for part in PARTS}
_STREETS = (
    "street|st|avenue|ave|av|road|rd|boulevard|blvd|boul|drive|dr|lane|ln|court|crt|ct|crescent|cres|"
    "place|pl|terrace|ter|parkway|pkwy|highway|hwy|trail|square|sq"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}[a-z]?,? +(?:(?:[\w.'’-]+ +){{1,4}}?(?:{_STREETS})\b\.?|(?:rue|chemin|ch|boul|avenue|"
    r"place)\b\.? +[\w.'’-]+)(?: +(?:[nsewo]|north|south|east|west|nord|sud|est|ouest)\b\.?)?",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(\d+[a-z]?),? +(\w+)", re.IGNORECASE)


@dataclass
class Counts:
    """All of one file, read: either nights or days of calls, as rows for the tables of those names."""

    kind: str
    rows: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many rows were left out."""
        return self.rows - len({each["line"] for each in self.kept})


def kind_of(columns: dict[str, str]) -> str:
    """Say what a mapping's columns count: `nights`, `calls`, or nothing if they are not enough for either."""
    if "date" not in columns:
        return ""
    if "coded" in columns and ("code_3a" in columns or "code_3b" in columns):
        return "calls"
    named = "programme" in columns or "programme_key" in columns
    return (
        "nights"
        if named and any(_enough(names.values(), columns) for names in (_SET, *map(_set_of, UNITS)))
        else ""
    )


def read(
    content: bytes, mapping: dict[str, Any], *, today: date, told: Callable[[float], None] | None = None
) -> Counts:
    """Read CSV bytes through a mapping.

    `columns` says which column means what, `dates` which part comes first in 03/04/2024.

    :raises Broken: if the file isn't such a table; nothing else is ever raised
    """
    heading = delimited.heading_of(content)
    columns = {meaning: column for meaning, column in mapping["columns"].items() if meaning in ALL}
    for column in columns.values():
        if says_where(column):
            raise Broken("says_where", line=1, field=column)
        if column not in heading:
            raise Broken("no_column", line=1, field=column)
    if len(set(columns.values())) != len(columns):
        raise Broken("two_meanings", line=1)
    kind = kind_of(columns)
    if not kind:
        raise Broken("no_mapping", line=1)
    reader = (_Night if kind == "nights" else _Day)(columns, str(mapping.get("dates", "")), today)
    return _all(content, heading, columns, reader, Counts(kind), told or (lambda share: None))


def _all(
    content: bytes,
    heading: list[str],
    columns: dict[str, str],
    reader: _Row,
    counts: Counts,
    told: Callable[[float], None],
) -> Counts:
    at, lines = (
        {meaning: heading.index(column) for meaning, column in columns.items()},
        content.count(b"\n") or 1,
    )
    where = [number for number, column in enumerate(heading) if says_where(column)]
    for line, row in delimited.rows_of(content):
        if not any(cell.strip() for cell in row):
            continue
        counts.rows += 1
        if counts.rows % 500 == 0:
            told(min(1.0, line / lines))
        try:
            reader.where = [row[number] for number in where]
            counts.kept += reader.of(line, {meaning: row[number].strip() for meaning, number in at.items()})
        except Odd as odd:
            counts.notes.append(Note(line, columns.get(odd.meaning, ""), odd.code, odd.about))
    counts.notes += reader.flagged
    return counts


class _Row:
    """One row of a file, checked."""

    def __init__(self, columns: dict[str, str], order: str, today: date) -> None:
        self.columns, self.order, self.latest = columns, order, today + timedelta(days=1)
        self.seen: dict[tuple[Any, ...], int] = {}
        self.flagged: list[Note] = []  # rows that are kept, and that somebody should look at
        self.where: list[str] = []  # what the row says of where it is, only to keep it out of the names

    def of(self, line: int, cells: dict[str, str]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def date(self, cells: dict[str, str]) -> date:
        if not cells["date"]:
            raise Odd("no_date", "date")
        day = day_of(cells["date"], self.order)
        if not EARLIEST <= day <= self.latest:
            raise Odd("not_yet", "date", cells["date"])
        return day

    def once(self, line: int, keys: list[tuple[Any, ...]], code: str) -> None:
        if earlier := next((self.seen[key] for key in keys if key in self.seen), 0):
            raise Odd(code, "date", str(earlier))
        self.seen.update(dict.fromkeys(keys, line))


class _Night(_Row):
    def __init__(self, columns: dict[str, str], order: str, today: date) -> None:
        super().__init__(columns, order, today)
        self.sets = [(unit, _set_of(unit)) for unit in UNITS if _enough(_set_of(unit).values(), columns)]
        self.single = _enough(_SET.values(), columns)

    def of(self, line: int, cells: dict[str, str]) -> list[dict[str, Any]]:
        day, names = self.date(cells), self._names(cells)
        counted = [
            (unit, meanings, numbers)
            for unit, meanings in self.sets
            if (numbers := _numbers(cells, meanings))
        ]
        if not counted and self.single and (numbers := _numbers(cells, _SET)):
            counted = [(self._unit(cells), _SET, numbers)]
        if not counted:
            raise Odd("no_numbers", next(meaning for meaning in self.columns if meaning.startswith(PARTS)))
        users = whole_number(cells["users"], "users") if cells.get("users") else None
        keys = [(names["programme_key"], day, unit) for unit, _, _ in counted]
        self.once(line, keys, "twice")
        for _unit, meanings, numbers in counted:
            self._flag(line, cells, meanings, numbers)
        return [
            {"line": line, "date": day, **names, "unit": unit, **numbers, "users": users}
            for unit, _, numbers in counted
        ]

    def _flag(
        self, line: int, cells: dict[str, str], meanings: dict[str, str], numbers: dict[str, int | None]
    ) -> None:
        """Note a night on which more places were taken than there were."""
        places, taken = cells.get(meanings["actual"], ""), numbers["occupied"] or 0
        if places and whole_number(places, meanings["actual"]) < taken:
            field = self.columns[meanings["actual"]]
            self.flagged.append(Note(line, field, "over_capacity", f"{taken} > {places}"))

    def _names(self, cells: dict[str, str]) -> dict[str, str]:
        said = {
            meaning: " ".join(cells.get(meaning, "").split())
            for meaning in ("programme", "programme_key", "organisation", "sector", "model")
        }
        if not said["programme"] and not said["programme_key"]:
            raise Odd("no_programme", "programme" if "programme" in self.columns else "programme_key")
        for meaning, text in said.items():
            if len(text) > (100 if meaning in ("sector", "model") else LONGEST):
                raise Odd("too_long", meaning)
        key = said["programme_key"] or said["programme"]
        if key != without_address(key, self.where):
            key = sha256(key.encode()).hexdigest()[:32]
        shown = {
            meaning: without_address(said[meaning], self.where)
            for meaning in ("programme", "organisation", "sector", "model")
        }
        return {
            "programme_key": key,
            **shown,
            "sector": sector_of(shown["sector"]),
            "model": model_of(shown["model"]),
        }

    def _unit(self, cells: dict[str, str]) -> str:
        if "unit" not in self.columns:
            return "bed"
        if unit := unit_of(cells["unit"]):
            return unit
        raise Odd("bad_unit", "unit")


class _Day(_Row):
    def of(self, line: int, cells: dict[str, str]) -> list[dict[str, Any]]:
        day = self.date(cells)
        numbers = {meaning: _number(cells, meaning) for meaning in CALLS if meaning in self.columns}
        coded, summed = numbers["coded"], sum(numbers[meaning] for meaning in OUTCOMES if meaning in numbers)
        if coded < summed or (coded != summed and all(meaning in numbers for meaning in OUTCOMES)):
            raise Odd("identity_coded", "coded", f"{coded} ≠ {summed}")
        if "handled" in numbers and numbers["handled"] < coded:
            raise Odd("identity_handled", "handled", f"{numbers['handled']} < {coded}")
        self.once(line, [(day,)], "twice_day")
        return [
            {
                "line": line,
                "date": day,
                "handled": None,
                **dict.fromkeys(OUTCOMES, 0),
                **numbers,
                "other": coded - summed,
            }
        ]


def without_address(name: str, where: Iterable[str] = ()) -> str:
    """Return a name without the street address somebody wrote into it.

    `where` is what the same row says in its address columns.
    """
    if not any(map(str.isdigit, name)):
        return name
    for begins in filter(None, (_HOUSE.match(text.strip()) for text in where)):
        name = re.sub(
            rf"\b{re.escape(begins[1])} +{re.escape(begins[2])}\w*(?: +(?:{_STREETS})\b\.?)?",
            " ",
            name,
            flags=re.IGNORECASE,
        )
    return " ".join(_ADDRESS.sub(" ", name).split()).strip(" ,-–")


def _set_of(unit: str) -> dict[str, str]:
    return {part: f"{part}_{unit}" for part in PARTS}


def _enough(meanings: Any, columns: dict[str, str]) -> bool:
    """Of the places there, taken and free, two tell the third."""
    return (
        sum(
            meaning in columns
            for meaning in meanings
            if meaning.startswith(("actual", "occupied", "unoccupied"))
        )
        >= 2
    )


def _number(cells: dict[str, str], meaning: str) -> int:
    if not cells[meaning]:
        raise Odd("missing_number", meaning)
    return whole_number(cells[meaning], meaning)


def _numbers(cells: dict[str, str], meanings: dict[str, str]) -> dict[str, int | None]:
    """The five numbers of a row in one unit, checked against each other; nothing if none of them is there."""
    there = {part: meaning for part, meaning in meanings.items() if meaning in cells}
    if not any(cells[meaning] for meaning in there.values()):
        return {}
    funding = {part: there.pop(part) for part in ("funded", "unavailable") if part in there}
    if _is_shortfall(cells, meanings):
        there.pop("unoccupied")
    told = {part: _number(cells, meaning) for part, meaning in there.items()}
    if any(cells[meaning] for meaning in funding.values()):
        told |= {part: _number(cells, meaning) for part, meaning in funding.items()}
    return dict(_holding(told, meanings))


def _is_shortfall(cells: dict[str, str], meanings: dict[str, str]) -> bool:
    """Whether places free are below zero by as many as were taken beyond those there."""
    free = re.fullmatch(r"[-−] ?(\d{1,9})", cells.get(meanings["unoccupied"], ""), re.ASCII)
    there, taken = cells.get(meanings["actual"]), cells.get(meanings["occupied"])
    if not (free and there and taken):
        return False
    places = whole_number(there, meanings["actual"])
    return int(free[1]) == whole_number(taken, meanings["occupied"]) - places


def _holding(told: dict[str, int], meanings: dict[str, str]) -> dict[str, int | None]:
    """The numbers with what was not given worked out: unoccupied = what of actual is not occupied.

    Where more places were taken than there were, none is free. Funded = actual + unavailable.
    """
    occupied = told["occupied"] if "occupied" in told else told["actual"] - told["unoccupied"]
    actual = told["actual"] if "actual" in told else occupied + told["unoccupied"]
    unoccupied = told.get("unoccupied", max(actual - occupied, 0))
    if unoccupied != max(actual - occupied, 0) or occupied < 0:
        raise Odd("identity_actual", meanings["actual"], f"{actual} ≠ {occupied} + {unoccupied}")
    funded, unavailable = told.get("funded"), told.get("unavailable")
    if funded is not None or unavailable is not None:
        unavailable = unavailable if unavailable is not None else (funded or 0) - actual
        funded = funded if funded is not None else actual + unavailable
        if funded != actual + unavailable or unavailable < 0:
            raise Odd("identity_funded", meanings["funded"], f"{funded} ≠ {actual} + {unavailable}")
    return {
        "actual": actual,
        "funded": funded,
        "occupied": occupied,
        "unoccupied": unoccupied,
        "unavailable": unavailable,
    }
