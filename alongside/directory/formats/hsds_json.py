"""HSDS 3.x as JSON: one record, a list, a page of them, or the full examples with everything inside."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from alongside.directory.formats.collection import KINDS, Gatherer
from alongside.directory.formats.records import Feed, Record
from alongside.kernel.imports.delimited import Broken, text_of
from alongside.kernel.imports.runs import Told

_ID = re.compile(r'"id"\s*:\s*"([^"\\]{1,200})"')


def read(content: bytes, *, told: Told | None = None) -> Feed:
    """Read HSDS JSON bytes.

    :raises Broken: if it isn't JSON, or no HSDS record is in it
    """
    text = text_of(content)
    records = list(_records(_parsed(text)))
    if not any(kind for kind, _ in records):
        raise Broken("not_hsds", line=1)
    lines = _lines(text)
    gatherer = Gatherer(lambda key: lines.get(key, 1))
    for number, (kind, record) in enumerate(records):
        if kind:
            gatherer.take(kind, record)
        else:
            gatherer.feed.left_out += 1
            gatherer.feed.note(lines.get(str(record.get("id")), 1), ", ".join(record)[:80], "record_not_read")
        if told and number % 500 == 0:
            told(number / len(records))
    return gatherer.whole()


def _parsed(text: str) -> Any:
    try:
        return _plain(json.loads(text, parse_constant=lambda _: None))
    except json.JSONDecodeError as error:
        raise Broken("not_json", line=error.lineno) from None
    except RecursionError:
        raise Broken("too_deep", line=1) from None
    except ValueError:
        raise Broken("not_json", line=1) from None


def _plain(value: Any) -> Any:
    """Return the same value without what no database can keep.

    NUL, half characters, numbers beyond all bounds.
    """
    if isinstance(value, str):
        return (
            value.replace("\x00", "").encode("utf-8", "ignore").decode()
            if not value.isascii() or "\x00" in value
            else value
        )
    if isinstance(value, dict):
        return {_plain(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _lines(text: str) -> dict[str, int]:
    """Return on which line each id stands first, so that the report can say so."""
    lines: dict[str, int] = {}
    line, last = 1, 0
    for found in _ID.finditer(text):
        line += text.count("\n", last, found.start())
        last = found.start()
        lines.setdefault(found[1], line)
    return lines


def _records(value: Any, hint: str = "") -> Iterator[tuple[str, Record]]:
    """Yield `(kind, record)` for every outermost HSDS record; the kind of one we don't know is empty."""
    if isinstance(value, list):
        for each in value:
            yield from _records(each, hint)
    elif isinstance(value, dict):
        kind = _kind_of(value) or hint
        if kind and ("id" in value or "name" in value):
            yield kind, value
            return
        lists = {name: inner for name, inner in value.items() if isinstance(inner, list)}
        for name, inner in lists.items():
            if name in _PLURALS or name in ("contents", "data", "items", "results"):
                yield from _records(inner, _PLURALS.get(name, ""))
            elif any(isinstance(each, dict) for each in inner):
                yield "", {name: inner}
        if not lists:
            yield "", value


_PLURALS = {f"{kind}s": kind for kind in KINDS} | {
    "taxonomies": "taxonomy",
    "service_at_location": "service_at_location",
}


def _kind_of(record: Record) -> str:
    """Say what an HSDS record is by the fields it has."""
    has = record.keys().__contains__
    if has("location_id") or (
        isinstance(record.get("location"), dict) and (has("service") or has("service_id"))
    ):
        return "service_at_location"
    if has("location_type"):
        return "location"
    if (
        has("status")
        or (has("organization_id") and has("name") and not has("website"))
        or isinstance(record.get("organization"), dict)
        or has("service_at_locations")
    ):
        return "service"
    if has("taxonomy_detail") or has("taxonomy_id") or has("term_uri"):
        return "taxonomy_term"
    if (
        has("services")
        or has("website")
        or has("legal_status")
        or has("organization_identifiers")
        or (has("name") and has("description") and has("id"))
    ):
        return "organization"
    return ""
