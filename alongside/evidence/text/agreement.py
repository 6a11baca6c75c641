"""How far two people who coded the same source alike saw the same in it: a reason to talk, never a score.

Pure; knows no tables.

Krippendorff's alpha comes from the library of that name (checked against the vectors of Krippendorff 2011,
"Computing Krippendorff's Alpha-Reliability"); Cohen's kappa (Cohen 1960) is a dozen lines of our own. Where
nothing varies neither can be said: that is None, not 1.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import krippendorff

Value = Hashable | None
Span = tuple[int, int]
Marked = Mapping[Hashable, Sequence[Span]]  # code -> where somebody marked it
ReadApart = tuple[
    Sequence[Span], Mapping[Any, Marked]
]  # the sentences of one source, and what each of those who read it marked


@dataclass(frozen=True)
class CodeAgreement:
    """Where two codings of one source met and where they parted, for one code.

    Counted in units (sentences), never in verdicts.
    """

    code: Hashable
    both: int
    first_only: int
    second_only: int
    neither: int
    alpha: float | None
    kappa: float | None

    @property
    def apart(self) -> int:
        """In how many units one of the two saw it and the other did not."""
        return self.first_only + self.second_only


def alpha(coders: Sequence[Sequence[Value]], level: str = "nominal") -> float | None:
    """Return Krippendorff's alpha of what each coder said of each unit, or None where it can't be said.

    A coder who said nothing of a unit is None there.

    It can't be said when no unit was judged by two coders, or when all of them always said the same one
    thing: there was nothing to agree about. `level` is nominal, ordinal, interval or ratio.
    """
    paired = [unit for unit in zip(*coders, strict=True) if sum(value is not None for value in unit) >= 2]
    there = {value for unit in paired for value in unit if value is not None}
    if len(there) < 2:
        return None
    numbers: dict[Any, float] = (
        {value: float(place) for place, value in enumerate(sorted(there, key=str))}
        if level == "nominal"
        else {value: float(value) for value in there}
    )
    rows = [
        [float("nan") if value is None else numbers[value] for value in coder]
        for coder in zip(*paired, strict=True)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # the library divides by zero on the way, and puts it right
        return float(krippendorff.alpha(reliability_data=rows, level_of_measurement=level))


def kappa(first: Sequence[Value], second: Sequence[Value]) -> float | None:
    """Return Cohen's kappa of two coders over the units that both judged.

    None where chance alone would make them agree always.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    of_first, of_second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(of_first[value] * of_second[value] for value in of_first) / n**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def touched(units: Sequence[Span], spans: Sequence[Span]) -> list[int]:
    """Say of each unit, in order, whether any of these spans touches it: 1 or 0.

    Spans and units are half-open, in code points.
    """
    return [int(any(start < to and begin < end for begin, to in spans)) for start, end in units]


def code_agreement(
    code: Hashable, units: Sequence[Span], first: Sequence[Span], second: Sequence[Span]
) -> CodeAgreement:
    """Lay two codings of one code side by side, unit by unit."""
    a, b = touched(units, first), touched(units, second)
    counts = Counter(zip(a, b, strict=True))
    return CodeAgreement(
        code, counts[1, 1], counts[1, 0], counts[0, 1], counts[0, 0], alpha([a, b]), kappa(a, b)
    )


def code_agreements(units: Sequence[Span], first: Marked, second: Marked) -> list[CodeAgreement]:
    """Lay two codings of one source side by side, code by code.

    Where they part most often first, then in the order the codes came.
    """
    codes = list(dict.fromkeys([*first, *second]))
    found = [code_agreement(code, units, first.get(code, ()), second.get(code, ())) for code in codes]
    return sorted(found, key=lambda agreement: -agreement.apart)


def overall(units: Sequence[Span], coders: Sequence[Marked | None]) -> float | None:
    """Return one nominal alpha over everything.

    A unit's value is the set of codes a coder saw in it, or missing where they have not read it.
    """
    return alpha([[None] * len(units) if marked is None else _sets(units, marked) for marked in coders])


def over_sources(read: Sequence[ReadApart]) -> float | None:
    """Return one nominal alpha over several sources, of however many coders.

    Whoever has not read a source is missing there, which is no "no".
    """
    coders = list(dict.fromkeys(coder for _units, marked in read for coder in marked))
    rows: list[list[Value]] = [[] for _coder in coders]
    for units, marked in read:
        for row, coder in zip(rows, coders, strict=True):
            row += _sets(units, marked[coder]) if coder in marked else [None] * len(units)
    return alpha(rows)


def of_characters(length: int, first: Sequence[Span], second: Sequence[Span]) -> float | None:
    """Return alpha of one code over every character of a text.

    Finer than sentences, and harder on where a passage begins and ends.
    """
    return alpha([_mask(length, first), _mask(length, second)])


def _sets(units: Sequence[Span], marked: Marked) -> list[Value]:
    there = {code: touched(units, spans) for code, spans in marked.items()}
    return [
        tuple(sorted(str(code) for code, seen in there.items() if seen[place])) for place in range(len(units))
    ]


def _mask(length: int, spans: Sequence[Span]) -> list[Value]:
    mask: list[Value] = [0] * length
    for start, end in spans:
        end = min(end, length)
        mask[start:end] = [1] * max(0, end - start)
    return mask
