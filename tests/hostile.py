"""Whatever is sent to an address is answered, and never with a 5xx.

Every address of a folder, every name its views and forms read, values nobody means.

A folder's own tests bring a scene with something at every address, and ask `broken` of each. What is sent is
taken back each time, so that no address finds what another did.
"""

from __future__ import annotations

import inspect
import io
import random
import re
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django import forms
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import lanes

NOBODYS = "01a2234d-3041-7b11-9d7e-9f2a4b6c8d0e"
VALUES = (
    "",
    "x",
    "-1",
    "1" + "0" * 399,
    "0" * 5000,
    "\x00",
    "\ud800",
    "²",
    "NaN",
    "2026-02-30",
    "2026-02-30T25:61:00",
    "2026-11-28T10:00:00",
    "{01a2234d-3041-7b11-9d7e-9f2a4b6c8d0e}",
    NOBODYS,
)
TO_ALL = ("1" + "0" * 399, "\x00", NOBODYS)  # enough for forms, whose fields are Django's
READ = re.compile(
    r'\b(POST|GET)(?:\.(?:get|getlist))?[(\[]\s*"(\w+)"|"(\w+)" (?:not )?in (?:request\.)?(POST|GET)'
)
NAMED = re.compile(r'\bname="(\w+)"')
CALLED = re.compile(r"\b(_\w+)\(")


NUMBER = re.compile(rb"\d+")
NASTY = (
    *(value.encode("utf-8", "surrogatepass") for value in VALUES),
    *(
        b"\xff",
        b"\xef\xbb\xbf",
        b"\r",
        b'"',
        b"'",
        b"<",
        b"&",
        b"]]>",
        b"&#0;",
        b"&#x110000;",
        b"\xe2\x80\xae",
    ),
    *(
        b"[" * 3000,
        b"{" * 3000,
        b"<a>" * 300,
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"-",
        b"+",
        b"1e999",
        b"\xc2\xa0",
    ),
)
SLOW = 2.0  # seconds of processor that no file of this size takes twice: once may be earlier tests’ garbage


def changed(seed: bytes, draw: random.Random) -> bytes:
    """Return a file with something in it changed that nobody means: bytes, a stretch, a value, its end."""
    content = bytearray(seed)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(content) + 1)
        to = min(len(content), at + draw.choice((1, 1, 4, 40, 400)))
        way = draw.randrange(6)
        if way == 0 and at < len(content):
            content[at] = draw.randrange(256)
        elif way == 1:
            del content[at:to]
        elif way == 2:
            content[at:at] = content[at:to] * draw.choice((1, 2, 50))
        elif way == 3:
            content[at:at] = draw.choice(NASTY)
        elif way == 4 and (numbers := list(NUMBER.finditer(content))):
            number = draw.choice(numbers)
            content[number.start() : number.end()] = draw.choice(NASTY)
        else:
            del content[draw.randrange(len(content) + 1) :]
    return bytes(content)


def changed_zip(seed: bytes, draw: random.Random) -> bytes:
    """Return a zip with something changed in one of its files, in its names, or in its own bytes."""
    if draw.randrange(4) == 0:
        return changed(seed, draw)
    with zipfile.ZipFile(io.BytesIO(seed)) as package:
        files = [(info.filename, package.read(info)) for info in package.infolist()]
    at = draw.randrange(len(files))
    name, body = files[at]
    if draw.randrange(3):
        files[at] = name, changed(body, draw)
    else:
        files.insert(
            at, (draw.choice(("", "/", "a/", "..", "Sources/", "\x01", "é" * 300, name.upper())), body)
        )
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # a name twice is meant
        for name, body in files:
            info = zipfile.ZipInfo("x")
            info.filename = name
            package.writestr(info, body)
    return out.getvalue()


def unread(
    read: Callable[[bytes], object], seed: bytes, refusals: type[Exception] | tuple[type[Exception], ...]
) -> list[str]:
    """Return how a reader broke on changed files: by anything but its refusals, or by taking too long.

    Each begins with the number it is drawn from: `changed(seed, random.Random(number))` is the file again.
    """
    change = changed_zip if seed[:2] == b"PK" else changed
    found, until = [], time.monotonic() + (20.0 if lanes.THOROUGH else 0.6)
    for number in range(100_000):
        draw = random.Random(number)  # noqa: S311 - the same each time
        content = change(seed, draw)
        error, took = _read(read, content, refusals)
        if error:
            found.append(f"{number}: {error!r}"[:200])
        if took > SLOW and (again := _read(read, content, refusals)[1]) > SLOW:
            found.append(f"{number}: {again:.1f} s")
        if time.monotonic() > until or len(found) > 5:
            break
    return found


def _read(
    read: Callable[[bytes], object], content: bytes, refusals: type[Exception] | tuple[type[Exception], ...]
) -> tuple[Exception | None, float]:
    """Return what it broke by, if by anything, and the seconds of processor that it took."""
    begun, broke = time.process_time(), None
    try:
        read(content)
    except refusals:
        pass
    except Exception as error:
        broke = error
    return broke, time.process_time() - begun


def every_address_of(*folders: str) -> Any:
    """Run a test once for each address of these folders, as its `address`."""
    found = [address for folder in folders for address in addresses_of(folder)]
    each = pytest.mark.parametrize("address", found, ids=[path for _pattern, path in found])
    left_out = pytest.mark.thorough(
        "sends hostile values to every address; the quick lane reads ids, days and moments from them"
    )
    return lambda test: each(left_out(test))


def broken(
    clients: Client | Iterable[Client],
    address: tuple[URLPattern, str],
    ids: dict[str, Any],
    *,
    absent: Container[str] = (),
) -> list[str]:
    """Return what was sent to an address and answered with a 5xx, whoever of these sent it.

    `ids` fill the address.

    An address where none of them comes in says so instead, unless it is in `absent`: there a 404 is right
    until something that is there is named.
    """
    pattern, path = address
    place = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ids.get(m.group(1), NOBODYS)), path)
    found: list[str] = []
    reached = False
    for client, method in product([clients] if isinstance(clients, Client) else clients, ("POST", "GET")):
        client.raise_request_exception = False
        status = _status(client, method, place, set(), "")
        if status == 405 or (status == 404 and path not in absent):
            continue
        reached = True
        every = [(names_beside(pattern), value) for value in TO_ALL]
        alone = [({name}, value) for name in names_read(pattern, method) for value in VALUES]
        for names, value in [(set(), ""), *every, *alone]:
            status = _status(client, method, place, names, value)
            if status >= 500:
                found.append(f"{method} {path} {sorted(names)[:3]} {value[:20]!r}: {status}")
    return found if reached else [f"{path} was not reached"]


def answers(client: Client, address: tuple[URLPattern, str], ids: dict[str, Any]) -> dict[str, int]:
    """Return what one look at an address and one form full of words sent there are answered with."""
    client.raise_request_exception = False
    pattern, path = address
    place = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ids.get(m.group(1), NOBODYS)), path)
    return {
        f"{method} {path}": _status(client, method, place, names_beside(pattern), "words")
        for method in ("GET", "POST")
    }


def addresses_of(folder: str) -> Iterator[tuple[URLPattern, str]]:
    """Every address whose view lives in this folder."""

    def walk(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[URLPattern, str]]:
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            elif _view(pattern).__module__.startswith(f"alongside.{folder}."):
                yield pattern, "/" + here

    return walk(get_resolver().url_patterns, "")


def names_read(pattern: URLPattern, method: str) -> set[str]:
    """The names that a view reads itself, and whatever it calls beside it: past any form."""
    view = _view(pattern)
    source, module = inspect.getsource(view), sys.modules[view.__module__]
    source += "".join(
        inspect.getsource(vars(module)[name])
        for name in set(CALLED.findall(source))
        if inspect.isfunction(vars(module).get(name))
    )
    return {name or other for where, name, other, there in READ.findall(source) if (where or there) == method}


def names_beside(pattern: URLPattern) -> set[str]:
    """The names of the forms that the view's module knows, and of the folder's templates."""
    module = sys.modules[_view(pattern).__module__]
    known = (
        thing
        for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, forms.BaseForm)
    )
    fields = {name for form in known for name in getattr(form, "base_fields", {})}
    folder = Path(str(module.__file__)).parents[len(module.__name__.split(".")) - 3]
    written = {
        name for page in folder.glob("templates/**/*.html") for name in NAMED.findall(page.read_text())
    }
    return fields | written - {"csrfmiddlewaretoken", "viewport"}


def _view(pattern: URLPattern) -> Any:
    view = inspect.unwrap(pattern.callback)
    return getattr(view, "view_class", view)


def _status(client: Client, method: str, address: str, names: set[str], value: str) -> int:
    sent = "&".join(
        f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name in sorted(names)
    )
    with transaction.atomic():
        if method == "POST":
            answer = client.post(address, sent, content_type="application/x-www-form-urlencoded")
        else:
            answer = client.get(f"{address}?{sent}")
        try:
            connection.check_constraints()  # as a commit would
        except IntegrityError:
            return 500
        finally:
            transaction.set_rollback(True)
    return int(answer.status_code)
