"""Take the pictures of these papers from the running demonstration.

`make run` in one window, then `.venv/bin/python docs/pictures/take.py` in another. The pictures are real
pages of invented people. Those of `README.md` here are taken; with `--all FOLDER` also the ten daily pages in
every width, language and mode, whole, to be looked at. Needs what the tests need (`make test` installs it)
and a browser on this machine.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests import browsers  # noqa: E402 - after the path is known

PASSPHRASE = "two rivers meet at dawn"  # printed by `make run`; invented  # noqa: S105
FRONT = {"width": 1200, "height": 1040}
SCREENS = {320: {"width": 320, "height": 720}, 1280: {"width": 1280, "height": 720}}
MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "200": {},  # the browser's own size of text, doubled
}
LARGE = ("--blink-settings=defaultFontSize=32",)


def sign_in(page: Page, who: str) -> None:
    """Come in as somebody of the demonstration."""
    page.goto("/account/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSPHRASE)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/day$"))


def find(page: Page, name: str = "Jo") -> None:
    """Open the file of somebody by what they want to be called."""
    page.goto("/files/")
    page.fill("#words", name)
    page.press("#words", "Enter")
    page.click("#found li a")
    page.wait_for_url(re.compile("/files/[0-9a-f-]{36}$"))


def whom(page: Page) -> None:
    """Ask for the first thing somebody wants."""
    find(page)
    page.locator("#plan .do summary").first.click()
    page.locator("#plan form[action$='/seeking'] button").first.click()
    page.wait_for_url("**/whom?about=*")


def first(page: Page, listed: str, ending: str = "") -> None:
    """Open the first request of a list."""
    page.goto(listed)
    link = page.locator("main a[href^='/requests/0']").first.get_attribute("href") or ""
    page.goto(re.sub(r"(/requests/[0-9a-f-]{36}).*", r"\1", link) + ending)


def at(path: str) -> Callable[[Page], object]:
    """Go to an address."""
    return lambda page: page.goto(path)


PAGES: dict[str, tuple[str, Callable[[Page], object]]] = {
    "day": ("maya", at("/day")),
    "files": ("maya", at("/files/")),
    "file": ("maya", find),
    "whom": ("maya", whom),
    "agreement": ("maya", lambda page: first(page, "/requests/?side=drafts", "/agreement")),
    "request": ("maya", lambda page: first(page, "/requests/")),
    "asked": ("tala", lambda page: first(page, "/requests/?side=of-us")),
    "requests": ("maya", at("/requests/")),
    "beds": ("tala", at("/beds/board")),
    "handover": ("maya", at("/handovers/new")),
    "directory": ("maya", at("/directory/?words=shelter")),
}


def kept() -> set[str]:
    """Return the names of the pictures that `README.md` lists."""
    return set(re.findall(r"\(([a-z]+-\d+-[a-z]+-\w+)\.png\)", (HERE / "README.md").read_text()))


def take(page: Page, path: Path, *, whole: bool = False) -> None:
    """Keep one picture."""
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=whole)
    sys.stdout.write(f"{path.name}\n")


def windows(browser: Browser, address: str, tongue: str, **options: Any) -> Callable[[str], Page]:
    """Give each person of the demonstration one window, in which they are signed in."""
    opened: dict[str, Page] = {}

    def window(who: str) -> Page:
        if who not in opened:
            context = browser.new_context(
                base_url=address, locale=f"{tongue}-CA", reduced_motion="reduce", **options
            )
            context.add_cookies([{"name": "lang", "value": tongue, "url": address}])
            opened[who] = context.new_page()
            sign_in(opened[who], who)
        return opened[who]

    return window


def daily(browser: Browser, address: str, mode: str, folder: Path | None, only: re.Pattern[str]) -> None:
    """Take the ten daily pages in one mode: those that are kept, and into a folder all of them, whole."""
    for width, tongue in product(SCREENS, ("en", "fr")):
        names = {page: f"{page}-{width}-{tongue}-{mode}" for page in PAGES}
        chosen = {page for page, name in names.items() if only.search(name) and (folder or name in kept())}
        window = windows(browser, address, tongue, viewport=SCREENS[width], **MODES[mode])
        for name in sorted(chosen):
            who, go = PAGES[name]
            page = window(who)
            go(page)
            if names[name] in kept():
                if (width, mode) == (320, "200"):
                    page.locator("main").evaluate("main => main.scrollIntoView()")  # past the header
                take(page, HERE / f"{names[name]}.png")
            if folder:
                take(page, folder / f"{names[name]}.png", whole=True)
        for context in browser.contexts:
            context.close()


def main() -> None:
    """Take the pictures, in both languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "address", nargs="?", default="http://127.0.0.1:8000", help="where the demonstration answers"
    )
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="where all of the daily pages go")
    parser.add_argument("--only", type=re.compile, default=re.compile(""), help="names of this pattern")
    given = parser.parse_args()
    if given.all:
        given.all.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        for mode in MODES:
            arguments = [*browsers.ARGUMENTS, *(LARGE if mode == "200" else ())]
            browser = playwright.chromium.launch(executable_path=browsers.find().path, args=arguments)
            daily(browser, given.address, mode, given.all, given.only)
            if mode == "light":
                for tongue in ("en", "fr"):
                    if given.only.search(f"file-{tongue}"):
                        page = windows(browser, given.address, tongue, viewport=FRONT)("maya")
                        find(page)
                        take(page, HERE / f"file-{tongue}.png")
            browser.close()


if __name__ == "__main__":
    main()
