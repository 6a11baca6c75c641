"""The ten daily pages: how much comes over the wire, and where the Tab key leads.

The order of the Tab key is written down in `docs/keyboard.md`; `make keyboard` writes it anew.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests import browsers, daily, keyboard
from tests.browsing import SCREENS, fits
from tests.frozen import frozen

pytestmark = pytest.mark.django_db

KEYBOARD = Path(__file__).resolve().parent.parent / "docs/keyboard.md"
CHANGES = re.compile(r"(?<=counted ).+?(?= : )")
HEADER = "document.querySelector('header.top').offsetHeight"
LARGE = "--blink-settings=defaultFontSize=32"
COVERED = """() => [...Array(20).keys()].map(step => (step + 0.5) * innerHeight / 20)
    .filter(y => document.elementFromPoint(innerWidth / 2, y)?.closest("header.top")).length / 20"""
ICON = "/static/icon."  # asked for once and kept; a browser without tabs never does
MOST_BYTES, MOST_REQUESTS = 100_000, 4


@pytest.fixture
@frozen
def scene(live):
    """One of everything."""
    return daily.build()


@pytest.fixture
def opened(new_page, live, scene):
    """Open a daily page in a browser that has nothing in its memory."""

    def open_page(name, before=lambda page: None, **options):
        client, path = scene.signed_in(name)
        page = new_page(**options)
        page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
        before(page)
        answer = page.goto(path, wait_until="networkidle")
        assert answer.status == 200, name
        return page

    return open_page


@pytest.mark.costly("eleven pages, each in a browser that is cold")
def test_a_page_is_small_and_takes_four_requests(opened):
    measured = {name: weigh(opened, name) for name in daily.PAGES}

    assert not {
        name: (size, asked)
        for name, (size, asked) in measured.items()
        if size > MOST_BYTES or len(asked) > MOST_REQUESTS
    }
    assert all(len(asked) >= 3 for _size, asked in measured.values()), "a stylesheet and a script at least"


def weigh(opened, name):
    """The bytes that came over the wire, headers too, and what was asked for."""
    asked, sizes = [], []

    def listen(page):
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    opened(name, listen).context.close()
    return sum(sizes), [url for url in asked if ICON not in url and not url.startswith("data:")]


def test_files_are_compressed_and_a_page_that_says_back_what_was_typed_is_not(opened, live):
    page = opened("directory", locale="fr-CA")
    kinds = {"link[rel=stylesheet]": "href", "script": "src"}
    files = [page.get_attribute(kind, name) for kind, name in kinds.items()]
    headers = {"Accept-Encoding": "gzip, deflate, br"}

    squeezed = [page.request.get(live + path, headers=headers).headers for path in files]
    echoed = page.request.get(page.url, headers=headers)

    assert [said["content-encoding"] for said in squeezed] == ["gzip", "gzip"]
    assert all("immutable" in said["cache-control"] for said in squeezed), "named by what is in it"
    assert 'value="beds"' in echoed.text()
    assert "content-encoding" not in echoed.headers


@pytest.mark.costly("eleven pages, stop by stop, at two widths")
def test_the_tab_key_leads_through_a_page_as_it_is_read(opened, scene):
    walked = {name: walk(opened, name, scene, 1280) for name in daily.PAGES}
    narrow = {name: walk(opened, name, scene, 320) for name in daily.PAGES}

    if os.environ.get("ALONGSIDE_WRITE"):
        KEYBOARD.write_text(written(walked))
    assert KEYBOARD.read_text() == written(walked), "`make keyboard` writes it anew; read what changed"
    assert {name: in_main(stops) for name, stops in narrow.items()} == {
        name: in_main(stops) for name, stops in walked.items()
    }


@pytest.mark.costly("a browser of its own, and eleven pages in it")
def test_text_twice_as_large_fits_a_telephone(browser, live, scene):
    large = browser.browser_type.launch(
        executable_path=browsers.find().path, args=[*browsers.ARGUMENTS, LARGE]
    )
    try:
        for name in daily.PAGES:
            client, path = scene.signed_in(name)
            page = large.new_page(base_url=live, viewport=SCREENS[320], locale="fr-CA")
            page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
            page.goto(path)
            fits(page)
            leave = page.locator("[data-leave]").bounding_box()
            page.evaluate("scrollTo(0, 2000)")
            assert page.locator("[data-leave]").bounding_box() == leave, "always there"
            assert page.evaluate(COVERED) < 0.2, "and nothing else stays over the page"
            page.close()
    finally:
        large.close()


def walk(opened, name, scene, width):
    """Every stop of the Tab key on one page, each seen to be visible, marked and next in the order."""
    page = opened(name, viewport=SCREENS[width])
    assert page.evaluate(HEADER) < 60, "the header is one line"
    stops = keyboard.Hands(page).stops()
    assert not [(name, width, stop["name"], amiss) for stop in stops if (amiss := stop["amiss"])]
    backwards = [
        (one["name"], other["name"]) for one, other in pairwise(stops) if keyboard.goes_back(one, other)
    ]
    assert not backwards, (name, width)
    for stop in stops:
        stop["name"] = CHANGES.sub("…", stop["name"].replace("\u202f", " "))
        for handle in scene.handles:
            stop["name"] = stop["name"].replace(handle, "(code name)")
    page.context.close()
    return stops


def in_main(stops):
    return [(stop["kind"], stop["name"]) for stop in stops if stop["part"] == "the page"]


def written(walked):
    """The whole as a page of `docs`."""
    lines = [
        "# Where the Tab key leads",
        "",
        "The ten daily pages (a request from both sides), in English at 1280 px, stop by stop. At 320 px",
        "the page itself has the same order. Written by `make keyboard`; `tests/test_daily_pages.py` walks",
        "it and looks that every stop is to be seen, has an outline and comes where one reads on.",
    ]
    for name, stops in walked.items():
        lines += ["", f"## {name[0].upper()}{name[1:]}", ""]
        lines += [
            f"{number}. {stop['part']}: {stop['kind']} “{stop['name']}”"
            for number, stop in enumerate(stops, 1)
        ]
    return "\n".join(lines) + "\n"
