"""Somebody who uses a page with the keyboard alone: Tab to where it is, type, Space, Enter.

Nothing is clicked, nothing is filled in from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

    def stops(self) -> list[dict[str, Any]]:
        """Press Tab until it leaves the page: what each stop is, and what is amiss there."""
        found: list[dict[str, Any]] = []
        for _step in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if not (stop := self.page.evaluate(STOP)):
                return found
            if stop != "the same":  # a day has a stop for each of its parts
                found.append(stop)
        raise AssertionError(f"the Tab key does not lead out of {self.page.url}")


STOP = """() => {
    const at = document.activeElement, seen = window.tabbed ??= new Set();
    if (at === window.last) return "the same";
    if (!at || at === document.body || seen.has(at)) return null;
    const words = thing => thing?.innerText.replace(/\\s+/g, " ").trim() ?? "";
    const choice = at.type === "radio", label = at.labels?.[0], mark = choice ? at.closest("fieldset") : null;
    const name = at.getAttribute("aria-label") || words(mark?.querySelector("legend")) || words(label)
        || (at.matches("select, input, textarea") ? at.name : words(at)) || at.title;
    const kind = at.matches("a") ? "link" : at.matches("summary") ? "menu" : at.matches("button") ? "button"
        : choice ? "choice" : at.type === "checkbox" ? "tick" : at.matches("select") ? "list"
        : at.matches("input, textarea") ? "field" : "part";
    const part = at.closest("header.top") ? "header" : at.closest("main") ? "the page" : "elsewhere";
    const outlined = [at, ...(at.labels ?? [])].some(thing => {
        const style = getComputedStyle(thing);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const shown = [at, ...(at.labels ?? [])].map(thing => thing.getBoundingClientRect())
        .find(box => box.width > 1 && box.height > 1) ?? at.getBoundingClientRect();
    const [x, y] = [shown.left + Math.min(shown.width / 2, 20), shown.top + shown.height / 2];
    const above = document.elementFromPoint(x, y);
    const own = [at, ...(at.labels ?? [])];
    const free = above && (above.contains(at) || own.some(thing => thing.contains(above)));
    const amiss = [
        !outlined && "no outline", (shown.width < 2 || shown.height < 2) && "not to be seen",
        !free && `covered by ${above?.outerHTML.slice(0, 80)}`, at.tabIndex > 0 && "an order of its own",
    ].filter(Boolean);
    seen.add(at), window.last = at;
    return {name: name.slice(0, 70), kind, part, amiss, left: shown.left, right: shown.right,
        top: shown.top + scrollY, bottom: shown.bottom + scrollY};
}"""


def goes_back(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether somebody who reads on would have to look up, and not into a column to the right."""
    in_page = one["part"] == other["part"] == "the page"
    return bool(in_page and other["bottom"] <= one["top"] and other["left"] < one["right"])
