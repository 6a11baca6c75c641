"""Two people with the same form before them: what becomes of what each of them wrote.

`lost` opens a page twice, lets both change it and says what vanished. It is asked for every page of every
capability that has a form with something kept in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from lxml import html

from tests.addresses import filled
from tests.hostile import addresses_of

# what a field may take, for the one and for the other
PAIRS = (
    ("Otter words", "Heron words"),
    ("3", "4"),
    ("2027-01-04", "2027-02-08"),
    ("https://otter.example/", "https://heron.example/"),
    ("416-555-0101", "416-555-0102"),
    ("otter@post.example", "heron@post.example"),
)
TYPED = {"text", "search", "tel", "url", "email", "number", "date"}


@dataclass(frozen=True)
class Page:
    """A form with a version, as one of the two has it before them."""

    address: str
    fields: dict[str, Any]
    choices: dict[str, list[str]]  # what may be put into each field that somebody sees
    text: str


@dataclass
class Found:
    """What was tried on a page and what went wrong."""

    changed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    not_kept: int = 0  # fields in which nothing of what was sent stands afterwards


def page_of(answer: Any, path: str) -> Page | None:
    """Return the form with a version on a page, or None."""
    if answer.status_code not in (200, 422):
        return None
    tree = html.fromstring(answer.content, base_url=f"http://testserver{path}")
    for form in tree.iter("form"):
        if form.xpath(".//input[@name='version']"):
            fields = {name: _plain(value) for name, value in form.fields.items() if value is not None}
            address = (form.get("action") or path).split("?")[0]
            return Page(address, fields, _choices(form), " ".join(tree.text_content().split()))
    return None


def _plain(value: Any) -> Any:
    return value.removeprefix("\n") if isinstance(value, str) else sorted(value)


def _choices(form: Any) -> dict[str, list[str]]:
    """What may be put into each field: one of its options, or for a typed one nothing said (any pair)."""
    found: dict[str, list[str]] = {}
    for one in form.iter("input", "textarea", "select"):
        name, kind = one.get("name"), one.get("type", "text")
        if one.tag == "select":
            found[name] = [option.get("value", "") for option in one.iter("option")]
        elif kind == "radio":
            found.setdefault(name, []).append(one.get("value", ""))
        elif one.tag == "textarea" or kind in TYPED:
            found[name] = []
    return found


def try_on(one: Client, other: Client, path: str) -> Found:
    """Let two people change the form on this page: the same field, then each another one."""
    found = Found()
    first = page_of(one.get(path), path)
    for name in first.choices if first else ():
        if found.not_kept > 1:
            break
        if not found.changed:
            _same_field(one, other, path, name, found)
        elif len(found.changed) == 1:
            _two_fields(one, other, path, name, found)
    return found


def _same_field(one: Client, other: Client, path: str, name: str, found: Found) -> None:
    before = page_of(one.get(path), path)
    if before is None:
        return
    for theirs, mine in _pairs(before, name):
        sent = one.post(before.address, before.fields | {name: theirs})
        if sent.status_code != 302:
            continue
        if _kept(one, path, name) != theirs:
            found.not_kept += 1
            return
        found.changed.append(name)
        again = other.post(before.address, before.fields | {name: mine})
        asked = page_of(again, path)
        if again.status_code != 422 or asked is None:
            found.lost.append(f"{path}: {name} was overwritten ({again.status_code})")
        elif asked.fields.get(name) != mine or "Somebody changed this while" not in asked.text:
            found.lost.append(f"{path}: {name} does not come back with both")
        elif _kept(one, path, name) != theirs:
            found.lost.append(f"{path}: {name} did not stand while nobody had chosen")
        else:
            chosen = other.post(asked.address, asked.fields)
            if chosen.status_code == 422 and "Somebody changed this while" not in chosen.content.decode():
                continue  # nobody can choose that: a day there is not, the same twice
            if chosen.status_code != 302 or _kept(one, path, name) not in (mine, None):
                found.lost.append(f"{path}: what was chosen for {name} does not stand ({chosen.status_code})")
        return


def _two_fields(one: Client, other: Client, path: str, name: str, found: Found) -> None:
    """Change another field while an older page changes the first one back and forth."""
    before = page_of(one.get(path), path)
    if before is None:
        return
    [first] = found.changed
    for theirs, _mine in _pairs(before, name):
        if one.post(before.address, before.fields | {name: theirs}).status_code != 302:
            continue
        if _kept(one, path, name) != theirs:
            found.not_kept += 1
            return
        for _theirs, mine in _pairs(before, first):
            answer = other.post(before.address, before.fields | {first: mine})
            if answer.status_code == 302:
                found.changed.append(name)
                if (_kept(one, path, name), _kept(one, path, first)) != (theirs, mine):
                    found.lost.append(f"{path}: {name} went back when {first} was changed on an older page")
                return
            if "Somebody changed this while" in answer.content.decode():
                found.lost.append(f"{path}: {first} and {name} are taken for one")
                return
        return


def _pairs(page: Page, name: str) -> Iterator[tuple[str, str]]:
    """What the one and the other put into a field, neither what stands there."""
    others = [value for value in page.choices[name] if value != page.fields.get(name)]
    if page.choices[name]:
        yield from [(others[-1], others[-2])] if len(others) > 1 else []
    else:
        yield from (pair for pair in PAIRS if page.fields.get(name) not in pair)


def _kept(client: Client, path: str, name: str) -> str | None:
    """What the page says is kept; None where the page is there no more."""
    page = page_of(client.get(path), path)
    return page.fields.get(name) if page else None


def starts_from_something(answer: Any) -> Iterator[str]:
    """Yield the fields that show something in a form without a version."""
    for form in html.fromstring(answer.content).iter("form"):
        if (form.get("method") or "").lower() != "post" or form.xpath(".//input[@name='version']"):
            continue
        yield from (
            one.get("name")
            for one in form.iter("input", "textarea", "select")
            if (one.tag == "textarea" and (one.text or "").strip())
            or (one.tag == "input" and one.get("type", "text") in TYPED and one.get("value"))
            or (one.tag == "input" and one.get("type") in ("radio", "checkbox") and "checked" in one.attrib)
            or (one.tag == "select" and one.xpath("./option[@selected][@value!='']"))
        )


def walk(
    folder: str, one: Client, other: Client, ids: Mapping[str, Any], *, proposed: Collection[str] = ()
) -> tuple[set[str], list[str]]:
    """Let two people change every form of a capability, and look whether each carries its version.

    Returns the addresses where something kept was changed, and what went wrong.

    :param proposed: fields that start from a proposal and not from what is kept
    """
    changed, wrong = set(), []
    paths = {path: filled(path, ids) for _pattern, path in addresses_of(folder)}
    for path, place in paths.items():
        answer = one.get(place)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and answer.content:
            wrong += [
                f"{path} without a version: {name}"
                for name in starts_from_something(answer)
                if name not in proposed
            ]
    for path, place in paths.items():
        found = try_on(one, other, place)
        wrong += found.lost
        if found.changed:
            changed.add(path)
    return changed, wrong
