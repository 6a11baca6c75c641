"""The stylesheet: five sizes of type, seven of space, and no class without a rule.

Two more of either, and a page has two subjects. What stands in a picture has the picture's own units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent / "alongside"
SHEETS = [HOUSE / "kernel/static/look.css"]
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
IN_A_PICTURE = re.compile(r"text|svg|\.pic|\.nights|\.kept-back")
SPACES = "|".join(
    (
        r"0|auto|inherit|-20%|-?[123]px|-?\d*\.?\d+em|\.(?:[012]5?|65)rem",  # finer than the finest space
        r"var\(--s[1-7]\)|var\(--bar\)|calc\([^;]*var\(--[^;]*\)|env\([^;]*\)",
    )
)
SIZES = r"var\(--t-(?:small|body|lead|title|voice)\)|inherit|\.85em|100%|125%|112\.5%"


@cache
def rules() -> list[tuple[str, str]]:
    """Every rule that is for a screen, as selector and declarations."""
    found = []
    for sheet in SHEETS:
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        css = re.sub(r"@media print \{(?:[^{}]|\{[^{}]*\})*\}", "", css)
        found += [(selector.strip(), said) for selector, said in RULE.findall(css)]
    return found


def declared(name: str) -> Iterator[tuple[str, str]]:
    """Yield what is set of one property, as selector and value."""
    for selector, said in rules():
        for value in re.findall(rf"(?<![-\w]){name}: ([^;}}]+)", said):
            yield selector, value.strip()


def test_type_has_five_sizes():
    others = [
        (selector, value)
        for selector, value in declared("font-size")
        if not re.fullmatch(SIZES, value) and not IN_A_PICTURE.search(selector) and "handed" not in selector
    ]

    assert not others


@pytest.mark.parametrize("name", ["gap", "padding", "margin"])
def test_space_has_seven_sizes(name):
    others = [
        (selector, value)
        for selector, value in declared(rf"(?:row-|column-)?{name}(?:-[a-z]+)*")
        if re.sub(rf"(?:{SPACES})(?: !important)?", "", value).strip()
    ]

    assert not others


def test_no_page_has_a_class_that_means_nothing():
    sheets = "".join(sheet.read_text() for sheet in HOUSE.rglob("*.css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    asked = {
        (name, str(page.relative_to(HOUSE)))
        for page in HOUSE.rglob("*.html")
        for said in re.findall(r'class="([^"{}]+)"', page.read_text())
        for name in said.split()
    }

    assert not {(name, page) for name, page in asked if name not in known}


ZERO = """async () => {
    await document.fonts.load('160px Hyperlegible', '0');
    const canvas = Object.assign(document.createElement('canvas'), {width: 200, height: 200});
    const paint = canvas.getContext('2d');
    paint.font = '160px Hyperlegible'; paint.textAlign = 'center'; paint.fillText('0', 100, 170);
    const seen = paint.getImageData(0, 0, 200, 200).data, dark = (x, y) => seen[(y * 200 + x) * 4 + 3] > 127;
    const rows = [...Array(200).keys()].map(y => [...Array(200).keys()].filter(x => dark(x, y)));
    const lopsided = rows.filter(row => row.length && Math.abs(row[0] + row.at(-1) - 199) > 3).length;
    const inside = rows[114].filter(x => x > 85 && x < 115).length;
    const uneven = rows.filter(row => {
        const left = row.filter(x => x < 100).length; return Math.abs(left - (row.length - left)) > 5;
    }).length;
    const loaded = document.fonts.check('160px Hyperlegible'), drawn = rows.flat().length > 0;
    return {loaded, drawn, lopsided, inside, uneven};
}"""


@pytest.mark.django_db(transaction=True)
def test_a_zero_is_an_open_ring_without_a_slash(page):
    page.goto("/account/sign-in/")

    assert page.evaluate(ZERO) == {"loaded": True, "drawn": True, "lopsided": 0, "inside": 0, "uneven": 0}


def test_every_line_of_time_answers_to_its_own_column():
    """It stands in something that measures it, so that on a phone its words get the whole width."""
    loose = [
        f"{page.relative_to(HOUSE)}: {said}"
        for page in HOUSE.rglob("*.html")
        for before, said in re.findall(r'(?s)(.*?)<[ou]l class="(day[^"]*)"', page.read_text())
        if "here" not in said and not re.search(r'class="[^"]*\b(?:here|sheet|board|kit)\b', before)
    ]

    assert not loose
