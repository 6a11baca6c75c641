"""The range of what it would cost in words.

What it comes to, what is in it, what moves it most, and what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.disclosure import queries as disclosure
from alongside.indicators.estimate import Range, Span
from alongside.indicators.models import Kind
from alongside.indicators.queries.parameters import costs_of, lines
from alongside.kernel import vocabulary
from alongside.kernel.punctuation import listed

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.models import Release
    from alongside.indicators.models import Parameter


MOST_SWINGS = 5
THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class Part:
    """One row of the table of a range."""

    label: str
    low: str
    base: str
    high: str


@dataclass(frozen=True)
class Bar:
    """How far one line moves the middle: from, to, and where it is drawn (0 to 100)."""

    label: str
    low: str
    high: str
    start: int
    width: int


@dataclass(frozen=True)
class Told:
    """What one released table of needs comes to."""

    release: Release
    when: str
    audience: str
    finding: str
    parts: Sequence[Part]
    bars: Sequence[Bar]
    minded: Sequence[str]
    avoided: Part | None


def cost_ranges(viewer: Worker) -> list[Told]:
    """What it would cost, for each released or prepared table of needs; the newest half-year first."""
    there = lines(viewer)
    return [_told(release, there) for release in _of_needs(viewer).values()] if there else []


def range_of(viewer: Worker, half: str, audience: str) -> Part | None:
    """What it would cost to answer the requests of a half-year as these readers see them.

    Nothing, where there is no table or no line yet.
    """
    release, there = _of_needs(viewer).get((half, audience)), lines(viewer)
    return _part(_("All together"), costs_of(release, there).total) if release and there else None


def _of_needs(viewer: Worker) -> dict[tuple[str, str], Release]:
    """The live table of needs of each half-year and audience, newest first."""
    found: dict[tuple[str, str], Release] = {}
    for release in disclosure.ledger(viewer):
        if (
            release.rows == "need"
            and release.unit == "requests"
            and release.state != disclosure.State.DROPPED
        ):
            found.setdefault((release.half, release.audience), release)
    return found


def parameter_table(viewer: Worker) -> list[Parameter]:
    """The lines of the parameter table, in the order of the needs."""
    order = {code: place for place, code in enumerate(vocabulary.NEEDS)}
    return sorted(
        lines(viewer), key=lambda line: (order.get(line.need, len(order)), line.kind, str(line.line))
    )


def money(amount: Decimal) -> str:
    """Return dollars as they are said: whole, from a thousand on to three figures.

    A range is no account.
    """
    digits = max(0, amount.adjusted() - 2) if amount >= THOUSAND else 0
    whole = int((amount / 10**digits).to_integral_value()) * 10**digits
    said = number_format(whole, 0, force_grouping=True)
    return f"{said}\N{NO-BREAK SPACE}$" if (get_language() or "").startswith("fr") else f"${said}"


def _told(release: Release, there: Sequence[Parameter]) -> Told:
    found, lines = costs_of(release, there), {str(line.line): line for line in there}
    words = {"low": money(found.total.low), "high": money(found.total.high)}
    kinds = [_part(str(Kind(kind).label), span) for kind, span in found.kinds.items()]
    return Told(
        release,
        disclosure.half_said(release.half),
        str(disclosure.AUDIENCES[release.audience].label),
        _("Between %(low)s and %(high)s for the requests of this half-year") % words,
        [*kinds, _part(_("All together"), found.total)],
        _bars(found, lines),
        list(_minded(found)),
        _part(_("What might be avoided elsewhere"), found.avoided) if found.avoided.high else None,
    )


def _part(label: str, span: Span) -> Part:
    return Part(label, money(span.low), money(span.base), money(span.high))


def _bars(found: Range, lines: dict[str, Parameter]) -> list[Bar]:
    swings = [swing for swing in found.swings if swing.width][:MOST_SWINGS]
    if not swings:
        return []
    least, most = min(swing.low for swing in swings), max(swing.high for swing in swings)
    scale = 100 / (most - least)
    bars = []
    for swing in swings:
        start, end = round((swing.low - least) * scale), round((swing.high - least) * scale)
        bars.append(
            Bar(name_of(lines[swing.key]), money(swing.low), money(swing.high), start, max(1, end - start))
        )
    return bars


def name_of(line: Parameter) -> str:
    """Return what a line is called: what was sought, and one unit of it."""
    unit = line.unit_fr if (get_language() or "").startswith("fr") else line.unit
    return (
        _("%(need)s: %(unit)s") % {"need": vocabulary.label("needs", line.need), "unit": unit}
        if line.need
        else unit
    )


def _minded(found: Range) -> Iterator[str]:
    yield _("Requests, not people: it says what answering them would cost, never what anybody costs.")
    if found.left_over.high:
        yield _(
            "Up to %(n)s requests stand under needs whose numbers are withheld. They are counted as cheap as "
            "the cheapest of those, and as dear as the dearest."
        ) % {"n": int(found.left_over.high)}
    if found.unpriced:
        names = listed(vocabulary.label("needs", need) for need in found.unpriced)
        yield ngettext(
            "Not in it, because nobody wrote down what it costs: %(names)s.",
            "Not in it, because nobody wrote down what they cost: %(names)s.",
            len(found.unpriced),
        ) % {"names": names}
    if found.funded:
        low, high = money(found.funded.low), money(found.funded.high)
        yield (
            _("Funded now: %(amount)s.") % {"amount": low}
            if low == high
            else _("Funded now: %(low)s to %(high)s.") % {"low": low, "high": high}
        )
    if found.avoided.high:
        yield _("What might be avoided elsewhere is an assumption. It is shown, and taken off nothing.")
