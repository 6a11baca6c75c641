"""The shape of the house as its imports have it.

Floors, rooms and arrows, drawn into `docs/pictures` (`make drawing`).

What a floor holds is read from the import contract in pyproject.toml, what a folder is from README, who
imports whom from the code.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

import grimp

from config.state import ROOT

Arrow = tuple[str, str]
PICTURES = ROOT / "docs" / "pictures"
BESIDE = {
    "tests",
    "migrations",
    "account_migrations",
    "apps",
    "actions",
    "management",
    "templatetags",
    "demo",
}
# whose rooms are drawn: begin a further one with an empty file of that name
DRAWN = sorted(path.stem.removeprefix("rooms-") for path in PICTURES.glob("rooms-*.svg"))
WIDE = 860
STYLE = """  <style>
    .paper { fill: #faf7f2 } .sheet { fill: #fff; stroke: #e2dbcf } .wash { fill: #e6f0ec; stroke: #1d5f55 }
    .ground { fill: #1d5f55 }
    .key { fill: #fbf1dc; stroke: #8a5a00 }
    .name { font-size: 18px; font-weight: 600; fill: #22282a } .say { font-size: 15px; fill: #5a6366 }
    .small { font-size: 12.5px; fill: #5a6366 }
    .on { fill: #fff } .onq { fill: #e6f0ec; font-size: 14px }
    .arrow { stroke: #5a6366; stroke-width: 1.5; fill: none; marker-end: url(#tip) }
    .thin { stroke: #1d5f55; stroke-width: 1; stroke-opacity: .45; fill: none; marker-end: url(#tip) }
  </style>
  <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
    <path d="M0 0 8 4 0 8z" fill="#5a6366"/></marker></defs>
"""


@cache
def graph() -> grimp.ImportGraph:
    """Who imports whom, imports for types apart."""
    return grimp.build_graph("alongside", exclude_type_checking_imports=True, cache_dir=None)


def arrows_between_folders() -> set[Arrow]:
    """Which folder imports which."""
    return _arrows(1)


def arrows_between_rooms(folder: str) -> set[Arrow]:
    """Which room of a folder imports which.

    Django's own places, what is invented and the tests are no rooms.
    """
    return _arrows(2, folder)


def _arrows(place: int, folder: str = "") -> set[Arrow]:
    """The imports between what modules are called at this place of their names.

    All of them, or those inside a folder.
    """
    found = set()
    for importer in graph().modules:
        for imported in graph().find_modules_directly_imported_by(importer):
            if all(
                _stands(name, place) and folder in ("", name.split(".")[1]) for name in (importer, imported)
            ):
                found.add((importer.split(".")[place], imported.split(".")[place]))
    return {(start, end) for start, end in found if start != end}


def _stands(module: str, place: int) -> bool:
    parts = module.split(".")
    return len(parts) > place and not BESIDE & set(parts) and not parts[1].startswith("__")


def rooms(folder: str) -> set[str]:
    """The rooms of a folder."""
    return {
        name.split(".")[2] for name in graph().modules if _stands(name, 2) and name.split(".")[1] == folder
    }


def floors(names: Iterable[str], arrows: Iterable[Arrow]) -> list[list[str]]:
    """Put each name below all that import it: the rows of the drawing, from the top.

    :raises ValueError: if they import each other in a ring
    """
    left, arrows, rows = set(names), set(arrows), []
    while left:
        row = {name for name in left if not any(end == name and start in left for start, end in arrows)}
        if not row:
            raise ValueError(f"a ring: {ring(arrows)}")
        rows.append(sorted(row))
        left -= row
    return rows


def ring(arrows: set[Arrow]) -> set[Arrow]:
    """What is left of the arrows when whatever nobody imports, or imports nobody, is taken away: rings."""
    while True:
        inner = {end for _, end in arrows} & {start for start, _ in arrows}
        left = {(start, end) for start, end in arrows if start in inner and end in inner}
        if left == arrows:
            return arrows
        arrows = left


def layers() -> list[list[str]]:
    """The floors of the house as the import contract says them, with what is there."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    said = next(contract for contract in contracts if contract["name"] == "Capabilities depend downward")[
        "layers"
    ]
    there = {name.split(".")[1] for name in graph().modules if name.count(".") == 1}
    rows = [[name for name in re.findall(r"\w+", row) if name in there] for row in said]
    return [row for row in rows if row]


def upward(rows: list[list[str]], arrows: Iterable[Arrow]) -> set[Arrow]:
    """The arrows that do not lead down."""
    place = {name: floor for floor, row in enumerate(rows) for name in row}
    return {(start, end) for start, end in arrows if place[start] >= place[end]}


def what_it_is() -> dict[str, str]:
    """What each folder is, in a few words of README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for names, words in re.findall(r"^  ((?:\w+/ ?)+) {2,}(.+)$", readme, re.MULTILINE):
        parts = words.split(" · ")
        found |= dict(zip(re.findall(r"\w+", names), parts, strict=False))
    return found


def house() -> str:
    """The drawing of the whole house."""
    words, boxes, top = what_it_is(), [], 88
    for row in layers():
        under, width = 1 < len(row) < 4, (600 - 6 * (len(row) - 1)) / len(row)
        for place, name in enumerate(row):
            left, said = 40 + place * (width + 6), words.get(name, "") if len(row) < 4 else ""
            boxes.append(
                _box(left, top, width, name, said, "wash" if name == "consent" else "sheet", under=under)
            )
        top += 58 if under else 44
    lines = "".join(boxes)
    said = "; ".join(" and ".join(row) for row in layers())
    browser = _box(40, 24, 600, "browser", "pages that work without JavaScript", "sheet")
    return _picture(
        top + 144,
        "The house: one folder per capability, imports only downward",
        f"From the top: the worker's browser; below it {said}. Each imports only what stands below it. All "
        "of them stand on PostgreSQL, where consent is enforced on every row. Beside PostgreSQL, and outside "
        "it, stands the keyring with the keys of the files.",
        f"""{browser}  <path class="arrow" d="M340 62V84"/>
{lines}  <path class="arrow" d="M690 96V{top - 14}"/>
{_say(706, top / 2 + 20, "imports", "only go", "down")}  <path class="arrow" d="M340 {top - 4}V{top + 16}"/>
  <rect class="ground" x="40" y="{top + 20}" width="460" height="100" rx="12"/>
  <text class="name on" x="60" y="{top + 52}">PostgreSQL</text>
  <text class="onq" x="60" y="{top + 78}">A policy decides on every row: its own</text>
  <text class="onq" x="60" y="{top + 100}">agency, or a live agreement; never past a “not them”.</text>
  <rect class="key" x="520" y="{top + 20}" width="300" height="100" rx="12"/>
  <text class="name" x="540" y="{top + 52}">keyring</text>
{_say(540, top + 78, "Outside the database. Without", "its key a file stays sealed.")}""",
    )


def plan(folder: str) -> str:
    """The drawing of one folder's rooms, each below all that import it."""
    arrows, parts, at = arrows_between_rooms(folder), [], dict[str, tuple[float, float]]()
    rows = floors(rooms(folder), arrows)
    for floor, row in enumerate(rows):
        width = min(300.0, (780 - 16 * (len(row) - 1)) / len(row))
        for place, name in enumerate(row):
            left = WIDE / 2 - (len(row) * (width + 16) - 16) / 2 + place * (width + 16)
            at[name] = (left + width / 2, 70 + floor * 92)
            parts.append(
                _box(
                    left, 70 + floor * 92, width, name, ", ".join(_inside(folder, name)), "sheet", under=True
                )
            )
    lines = [
        (
            f'  <path class="thin" d="M{at[start][0]:.0f} {at[start][1] + 52:.0f}L{at[end][0]:.0f} '
            f'{at[end][1] - 3:.0f}"/>\n'
        )
        for start, end in sorted(arrows)
    ]
    said = f"{len(at)} rooms on {len(rows)} floors, {len(arrows)} arrows, none up"
    return _picture(
        92 * len(rows) + 70,
        f"The rooms of {folder}",
        f"{said}.",
        f"{_say(40, 44, f'{folder}: {said}')}{''.join(lines)}{''.join(parts)}",
    )


def _inside(folder: str, room: str) -> list[str]:
    start = f"alongside.{folder}.{room}."
    return sorted(
        {name.removeprefix(start).partition(".")[0] for name in graph().modules if name.startswith(start)}
    )


def _picture(height: float, title: str, description: str, inside: str) -> str:
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:.0f}" role="img"
  aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', 'Noto Sans', sans-serif">
  <title id="title">{escape(title)}</title>
  <desc id="desc">{escape(description)}</desc>
{STYLE}  <rect class="paper" width="{WIDE}" height="{height:.0f}" rx="14"/>
{inside}</svg>
"""


def _box(
    left: float, top: float, width: float, name: str, words: str, kind: str, *, under: bool = False
) -> str:
    """A name with what it is beside it, or under it, as far as there is room."""
    x, y = (left + 14, top + 42) if under else (left + 36 + 11.2 * len(name), top + 25)
    said = _fitting(words, int((left + width - 10 - x) / (6.9 if under else 8.2)))
    text = (
        f'<text class="{"small" if under else "say"}" x="{x:.0f}" y="{y:.0f}">{escape(said)}</text>'
        if said
        else ""
    )
    title = (
        f'<text class="name" x="{left + (14 if under else 20):.0f}" '
        f'y="{top + (22 if under else 25):.0f}">{escape(name)}</text>'
    )
    return (
        f'  <rect class="{kind}" x="{left:.0f}" y="{top}" width="{width:.0f}" '
        f'height="{52 if under else 38}" rx="8"/>{title}{text}\n'
    )


def _fitting(words: str, room: int) -> str:
    """As many whole parts of a list of words as there is room for."""
    if len(words) <= room:
        return words
    parts, said = re.split(r"(?<=[,;]) ", words), ""
    for part in parts:
        if len(f"{said} {part} …") > room:
            break
        said = f"{said} {part}".strip()
    return said and (
        f"{said} …" if said.endswith(",") and ", " in words and " " not in parts[0] else said.rstrip(",;")
    )


def _say(left: float, top: float, *lines: str) -> str:
    return "".join(
        f'  <text class="say" x="{left:.0f}" y="{top + 20 * n:.0f}">{escape(line)}</text>\n'
        for n, line in enumerate(lines)
    )


def drawings() -> dict[Path, str]:
    """Every drawing, by where it lies."""
    return {
        PICTURES / "house.svg": house(),
        **{PICTURES / f"rooms-{folder}.svg": plan(folder) for folder in DRAWN},
    }


def main() -> int:
    """Draw, and say how the house stands."""
    for path, drawing in drawings().items():
        path.write_text(drawing, encoding="utf-8")
    between = arrows_between_folders()
    print(
        f"{len(layers())} floors, {len(between)} arrows between folders, {len(upward(layers(), between))} up"
    )
    for folder in sorted(name for row in layers() for name in row):
        arrows = arrows_between_rooms(folder)
        rings = len(ring(arrows))
        print(
            f"{folder:14} {len(rooms(folder)):3} rooms "
            f"{len(floors(rooms(folder), arrows)) if not rings else '?':>3} floors {len(arrows):4} arrows, "
            f"{rings} in rings"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
