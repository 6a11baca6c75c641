"""Take the pictures of these papers from the running demonstration.

`make run` in one window, then `.venv/bin/python docs/pictures/take.py` in another. The pictures are real
pages of invented people. Needs what the tests need (`make test` installs it) and a browser on this machine.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests import browsers  # noqa: E402 - after the path is known

WHO, PASSPHRASE = "maya", "two rivers meet at dawn"  # printed by `make run`; invented, like everybody there
SIZE = {"width": 1200, "height": 1040}


def sign_in(page: Page, who: str) -> None:
    """Come in as somebody of the demonstration."""
    page.goto("/account/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSPHRASE)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/day$"))


def find(page: Page, name: str) -> None:
    """Open the file of somebody by what they want to be called."""
    page.goto("/files/")
    page.fill("#words", name)
    page.press("#words", "Enter")
    page.click("#found li a")
    page.wait_for_url(re.compile("/files/[0-9a-f-]{36}$"))


def take(page: Page, name: str) -> None:
    """Keep one picture."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(200)
    page.screenshot(path=HERE / f"{name}.png")
    sys.stdout.write(f"{name}.png\n")


def walk(page: Page, tongue: str) -> None:
    """Take the pages of one language."""
    sign_in(page, WHO)
    find(page, "Jo")
    take(page, f"file-{tongue}")


def main() -> None:
    """Take every picture, in both languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "address", nargs="?", default="http://127.0.0.1:8000", help="where the demonstration answers"
    )
    address = parser.parse_args().address
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsers.find().path, args=list(browsers.ARGUMENTS)
        )
        for tongue in ("en", "fr"):
            context = browser.new_context(
                base_url=address, viewport=SIZE, locale=f"{tongue}-CA", reduced_motion="reduce"
            )
            context.add_cookies([{"name": "lang", "value": tongue, "url": address}])
            walk(context.new_page(), tongue)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
