"""Figures drawn as SVG.

Bars of our own, because the same numbers must give the same bytes and forty megabytes of a chart library
would not (decision 0018).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.labels import labels
from alongside.kernel.charts import Scale

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Figure

WIDTH, LEFT, RIGHT = 640, 208, 84  # the labels stand left of the bars, the numbers right of them
SIZE, LEADING, BAR, BETWEEN, APART = 15, 19, 18, 5, 16
ROWS = 12  # drawn; the table has them all
MOST = 4  # columns drawn beside each other
LETTER = 7.4  # an average letter, at this size
FONT = "Atkinson Hyperlegible Next, Atkinson, sans-serif"
INK, QUIET, LINE, GREEN = "#22282a", "#5a6366", "#c9c2b6", "#1d5f55"
SHADES = (GREEN, "#8fb8ae", "#2f5d9b", "#a9bfdd", "#7a4b8c")


def svg(figure: Figure, language: str, plain: Callable[[str], str] = str) -> str:
    """Return the picture of a figure.

    A bar for each number, a dashed frame with a word where a number is protected; `plain` prints its words.
    """
    said, drawn = labels(language), _drawn(figure)
    rows = [(row, tuple(row.cells[place] for place in drawn)) for row in figure.rows if not row.total][:ROWS]
    largest = max((cell or 0 for _row, cells in rows for cell in cells), default=0) or 1
    parts: list[str] = []
    y = 4.0
    if len(drawn) > 1:
        key, y = _key([plain(figure.columns[place].of(language)) for place in drawn])
        parts += key
    for row, cells in rows:
        lines = _wrapped(plain(row.label.of(language)).replace("\u200b", ""), (LEFT - 12) / LETTER)
        bars = len(cells) * BAR + max(0, len(cells) - 1) * BETWEEN
        tall = max(bars, len(lines) * LEADING)
        parts += _label(lines, y + (tall - len(lines) * LEADING) / 2)
        parts += _bars(cells, y + (tall - bars) / 2, largest, language, said["protected"])
        y += tall + APART
    height = max(y - APART + 4, 8)
    axis = f'<path d="M{LEFT} 0V{height:g}" stroke="{LINE}"/>' if rows else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"'
        f' font-family={quoteattr(FONT)} font-size="{SIZE}"'
        f' role="img" aria-label={quoteattr(_clean(inline_markup.plain(figure.spoken.of(language))))}>'
        f"{axis}{''.join(parts)}</svg>"
    )


def _drawn(figure: Figure) -> list[int]:
    """Which columns are drawn: each, if they are few; else their sum, where it is there."""
    columns = list(range(len(figure.columns) - figure.has_sum)) or [0]
    return columns if len(columns) <= MOST or not figure.has_sum else [len(figure.columns) - 1]


def _label(lines: list[str], top: float) -> list[str]:
    return [
        f'<text x="{LEFT - 12}" y="{top + number * LEADING + 14:g}" text-anchor="end"'
        f' fill="{INK}">{_safe(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _bars(
    cells: tuple[int | None, ...], top: float, largest: int, language: str, protected: str
) -> list[str]:
    across, drawn = Scale(0, largest, 0, WIDTH - LEFT - RIGHT), []
    for number, cell in enumerate(cells):
        y = top + number * (BAR + BETWEEN)
        if cell is None:
            drawn.append(
                f'<rect x="{LEFT}.5" y="{y + 0.5:g}" width="34" height="{BAR - 1}" fill="none"'
                f' stroke="{QUIET}" stroke-dasharray="3 3"/>'
            )
            drawn.append(_number(LEFT + 42, y, protected, QUIET))
            continue
        width = round(across(cell), 2)
        if width:
            drawn.append(
                f'<rect x="{LEFT}" y="{y:g}" width="{width:g}" height="{BAR}"'
                f' fill="{SHADES[number % len(SHADES)]}"/>'
            )
        drawn.append(_number(LEFT + width + 8, y, inline_markup.count(cell, language), INK))
    return drawn


def _number(x: float, y: float, words: str, colour: str) -> str:
    return f'<text x="{x:g}" y="{y + 14:g}" fill="{colour}">{_safe(words)}</text>'


def _key(columns: list[str]) -> tuple[list[str], float]:
    """Return the key of a figure with several columns, one line each, and where the bars begin."""
    drawn, y = [], 0.0
    for number, column in enumerate(columns):
        drawn.append(
            f'<rect x="{LEFT}" y="{y + 2:g}" width="14" height="14" fill="{SHADES[number % len(SHADES)]}"/>'
        )
        drawn.append(f'<text x="{LEFT + 22}" y="{y + 14:g}" fill="{QUIET}">{_safe(column)}</text>')
        y += LEADING
    return drawn, y + 12


def _wrapped(words: str, room: float, most: int = 3) -> list[str]:
    """Break a label into lines of so many letters.

    A word longer than a line is cut, a label longer than three lines ends in …
    """
    lines: list[str] = [""]
    for word in words.split():
        pieces = [word[at : at + int(room)] for at in range(0, len(word), int(room))]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > room:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][: int(room) - 1] + "…"]


def _safe(words: str) -> str:
    return escape(_clean(words))


def _clean(words: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        letter
        for letter in words
        if letter in "\t\n"
        or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )
