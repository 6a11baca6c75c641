"""Figures drawn as SVG.

Bars of our own, because the same numbers must give the same bytes and forty megabytes of a chart library
would not (decision 0018).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
TALLEST = 760  # of a page of paper, in units of the picture, with room for what stands around it
MOST = 4  # columns drawn beside each other
LETTER = 7.4  # an average letter, at this size
FONT = "Atkinson Hyperlegible Next, Atkinson, sans-serif"
INK, QUIET, LINE, GREEN = "#22282a", "#5a6366", "#c9c2b6", "#1d5f55"
SHADES = (GREEN, "#8fb8ae", "#2f5d9b", "#a9bfdd", "#7a4b8c")


def svg(figure: Figure, language: str, plain: Callable[[str], str] = str) -> str:
    """Return the picture of a figure.

    A bar for each number, a dashed frame with a word where a number is protected; `plain` prints its words.
    """
    return "".join(_pictures(figure, language, plain, tallest=None))


def pages(figure: Figure, language: str, plain: Callable[[str], str] = str) -> list[str]:
    """Return the picture of a figure in as many parts as pages need, none taller than a page.

    Each part has the whole key and the scale of all.
    """
    return _pictures(figure, language, plain, tallest=TALLEST)


@dataclass(frozen=True)
class _Drawn:
    """One row as it is drawn: its label in lines, its numbers, how tall it is."""

    lines: list[str]
    cells: tuple[int | None, ...]

    @property
    def bars(self) -> int:
        return len(self.cells) * BAR + max(0, len(self.cells) - 1) * BETWEEN

    @property
    def tall(self) -> int:
        return max(self.bars, len(self.lines) * LEADING)


def _pictures(figure: Figure, language: str, plain: Callable[[str], str], tallest: float | None) -> list[str]:
    columns = _drawn(figure)
    rows = [
        _Drawn(
            _wrapped(plain(row.label.of(language)).replace("\u200b", ""), (LEFT - 12) / LETTER),
            tuple(row.cells[place] for place in columns),
        )
        for row in figure.rows
        if not row.total
    ][:ROWS]
    key, begins = (
        _key([plain(figure.columns[place].of(language)).replace("\u200b", "") for place in columns])
        if len(columns) > 1
        else ([], 4.0)
    )
    numbers = [cell for row in rows for cell in row.cells if cell is not None]
    across = _scale(numbers, language)
    spoken = _clean(inline_markup.plain(figure.spoken.of(language)))
    return [_picture(part, key, begins, across, language, spoken) for part in _parted(rows, begins, tallest)]


def _scale(numbers: list[int], language: str) -> Scale:
    """Return the scale of the bars, with room to their right for the longest number."""
    longest = max((len(inline_markup.count(number, language)) for number in numbers), default=0)
    room = WIDTH - LEFT - max(RIGHT, longest * LETTER + 16)
    return Scale(0, max(numbers, default=0) or 1, 0, room)


def _parted(rows: list[_Drawn], begins: float, tallest: float | None) -> list[list[_Drawn]]:
    parts: list[list[_Drawn]] = [[]]
    y = begins
    for row in rows:
        if tallest and parts[-1] and y + row.tall > tallest:
            parts.append([])
            y = begins
        parts[-1].append(row)
        y += row.tall + APART
    return parts


def _picture(
    rows: list[_Drawn], key: list[str], begins: float, across: Scale, language: str, spoken: str
) -> str:
    parts, y = list(key), begins
    for row in rows:
        parts += _label(row.lines, y + (row.tall - len(row.lines) * LEADING) / 2)
        parts += _bars(row.cells, y + (row.tall - row.bars) / 2, across, language)
        y += row.tall + APART
    height = max(y - APART + 4, 8)
    axis = f'<path d="M{LEFT} 0V{height:g}" stroke="{LINE}"/>' if rows else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"'
        f' font-family={quoteattr(FONT)} font-size="{SIZE}" role="img" aria-label={quoteattr(spoken)}>'
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


def _bars(cells: tuple[int | None, ...], top: float, across: Scale, language: str) -> list[str]:
    protected, drawn = labels(language)["protected"], []
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
    """Return the key of a figure with several columns, none of their words left out, and where bars begin."""
    drawn, y = [], 0.0
    for number, column in enumerate(columns):
        drawn.append(
            f'<rect x="{LEFT}" y="{y + 2:g}" width="14" height="14" fill="{SHADES[number % len(SHADES)]}"/>'
        )
        for line in _wrapped(column, (WIDTH - LEFT - 22) / LETTER, most=None):
            drawn.append(f'<text x="{LEFT + 22}" y="{y + 14:g}" fill="{QUIET}">{_safe(line)}</text>')
            y += LEADING
    return drawn, y + 12


def _wrapped(words: str, room: float, most: int | None = 3) -> list[str]:
    """Break a label into lines of so many letters.

    A word longer than a line is cut, a label longer than `most` lines ends in …
    """
    lines: list[str] = [""]
    for word in words.split():
        pieces = [word[at : at + int(room)] for at in range(0, len(word), int(room))]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > room:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return (
        lines
        if most is None or len(lines) <= most
        else [*lines[: most - 1], lines[most - 1][: int(room) - 1] + "…"]
    )


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
