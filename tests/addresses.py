"""Every address there is, and what an answer tells whoever asked there."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

LET_IN = {200, 302, 409, 422}


def patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """Return the name (with its namespace), the path and the pattern of every address."""

    def walk(
        found: Iterable[URLPattern | URLResolver], prefix: str, namespace: str
    ) -> Iterator[tuple[str, str, URLPattern]]:
        for pattern in found:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path, pattern.namespace or namespace)
            else:
                yield f"{namespace}:{pattern.name}" if namespace else str(pattern.name), f"/{path}", pattern

    return walk(get_resolver().url_patterns, "", "")


def addresses() -> dict[str, list[str]]:
    """Return every address by its name."""
    found: dict[str, list[str]] = {}
    for name, path, _pattern in patterns():
        found.setdefault(name, []).append(path)
    return found


def capability_of(pattern: URLPattern) -> str:
    """Return the label of the capability whose view answers."""
    view = inspect.unwrap(pattern.callback)
    return str(getattr(view, "view_class", view).__module__).split(".")[1]


def filled(path: str, ids: Mapping[str, Any]) -> str:
    """Return the address with these ids, or with fresh ones that exist nowhere."""

    def fill(place: re.Match[str]) -> str:
        return str(ids.get(place[2], 2**31 if place[1] == "int:" else uuid4()))

    return re.sub(r"<(\w+:)?(\w+)>", fill, path)


def plain(answer: HttpResponse) -> bytes:
    """Return what an answer tells, without addresses and values."""
    return re.sub(rb'(value|href)="[^"]*"|/[\w/-]*', b"", answer.content)
