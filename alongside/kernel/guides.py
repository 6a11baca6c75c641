"""The guides of `docs/guides` as pages, and which part of which explains the page somebody is on.

Each capability says so in its `AppConfig`: `guides`, for a page by its address's name or for all of them by
the empty name, which part of which role's guide; `guide`, its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.urls import ResolverMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

from alongside.kernel.capabilities import capabilities

if TYPE_CHECKING:
    from markdown_it.token import Token

    from alongside.agencies.models import Worker

FOLDER = Path(settings.ROOT) / "docs" / "guides"
OTHER_LANGUAGE = re.compile(r"\[(?:En français|In English)\]\([^)]*\)")
Parts = Mapping[str, Mapping[str, str]]  # by the page's name, by guide: which part, by its English heading


@dataclass(frozen=True)
class Guide:
    """A guide as it is read: its title, and the rest of it as HTML, each part with an id."""

    name: str
    title: str
    body: SafeString


@cache
def names() -> list[str]:
    """Return every guide that somebody reads here: whoever runs Alongside has theirs beside it."""
    found = {path.stem for path in FOLDER.glob("*.md") if "." not in path.stem}
    return sorted(found - {"operator"})


@cache
def guide(name: str, language: str) -> Guide:
    """Return a guide in a language.

    :raises KeyError: if there is none of this name
    """
    if name not in names():
        raise KeyError(name)
    tokens, ids = _tokens(name, language), parts(name)
    headings = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    for at, part in zip(headings[1:], ids, strict=True):
        tokens[at].attrSet("id", part)
    for token in tokens:
        token.children = _followable(token.children or []) if token.children else token.children
    markdown = _markdown()
    body = markdown.renderer.render(tokens[headings[0] + 3 :], markdown.options, {})
    return Guide(name, tokens[headings[0] + 1].content, mark_safe(body))  # noqa: S308 - our own text, HTML off


@cache
def parts(name: str) -> list[str]:
    """Return the ids of a guide's parts, in both languages the same: its English headings."""
    tokens = _tokens(name, "en")
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    return [slugify(heading) for heading in headings[1:]]


def link(worker: Worker, match: ResolverMatch | None) -> str:
    """Return what explains a page to a worker: a part of their guide, the capability's, or theirs."""
    capability = _capability(match)
    said: Parts = getattr(capability, "guides", {})
    for page in (match.url_name if match else None, ""):
        part = said.get(page or "", {}).get(worker.guide)
        if part:
            return reverse("guide", args=[worker.guide]) + f"#{part}"
    return reverse("guide", args=[getattr(capability, "guide", worker.guide)])


def _capability(match: ResolverMatch | None) -> AppConfig | None:
    """Whose page it is."""
    module = match.func.__module__ if match else ""
    return next((each for each in capabilities() if module.startswith(f"{each.name}.")), None)


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # a table wider than the screen is moved by itself, with the keyboard too
    reader.add_render_rule(
        "table_open", lambda *_: '<div class="wide-table" tabindex="0" role="group"><table>\n'
    )
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return reader


def _tokens(name: str, language: str) -> list[Token]:
    """A guide's text, without the link to the other language."""
    ending = ".fr.md" if language.startswith("fr") else ".md"
    text = (FOLDER / f"{name}{ending}").read_text(encoding="utf-8")
    return _markdown().parse(OTHER_LANGUAGE.sub("", text))


def _followable(tokens: list[Token]) -> list[Token]:
    """Links between guides lead to their pages; of what is not served here only the words stay."""
    kept: list[Token] = []
    leads: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            name = str(token.attrGet("href")).rpartition("/")[2].partition(".")[0]
            leads.append(name in names())
            if leads[-1]:
                token.attrSet("href", reverse("guide", args=[name]))
        if token.type != "image" and (token.type not in ("link_open", "link_close") or leads[-1]):
            kept.append(token)
        if token.type == "link_close":
            leads.pop()
    return kept


def titles(language: str) -> list[tuple[str, str]]:
    """Return every guide's name and title."""
    return [(name, guide(name, language).title) for name in names()]
