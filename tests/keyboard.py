"""Somebody who uses a page with the keyboard alone: Tab to where it is, type, Space, Enter.

Nothing is clicked, nothing is filled in from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

FARTHEST = 300  # Tab presses; a page that takes more is no page for the keyboard


class Hands:
    """Two hands on a keyboard, in front of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, selector: str) -> None:
        """Walk with the Tab key to whatever this selects."""
        for _step in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"the Tab key does not lead to {selector} on {self.page.url}")

    def write(self, selector: str, words: str) -> None:
        """Walk to a field and type, instead of what stands there."""
        self.go_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, selector: str, value: str) -> None:
        """Walk to a list and go down to a value, as the arrow keys do.

        Or tick a box or a round button with Space.
        """
        self.go_to(selector)
        if self.page.evaluate("document.activeElement.tagName") == "SELECT":
            self._down_to(value)
        elif self.page.evaluate("document.activeElement.type") == "radio":
            self._among(value)
        else:
            self.page.keyboard.press("Space")

    def _down_to(self, value: str) -> None:
        self.page.keyboard.press("Home")
        for _step in range(200):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not lead to {value} on {self.page.url}")

    def _among(self, value: str) -> None:
        for _step in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not lead to {value} on {self.page.url}")

    def press(self, selector: str) -> None:
        """Walk to a link or a button, press Enter, and be on the next page."""
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, selector: str) -> None:
        """Walk to what opens a menu, and open it."""
        self.go_to(selector)
        self.page.keyboard.press("Enter")

    def enter(self) -> None:
        """Press Enter where one is, and be on the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
