"""What each capability gives to the tests of the whole.

It stands in the capability's module `tests/examples.py`; each is a name of that module, in capitals, or a
function. The tests of the whole find it there, and name no capability.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.apps import apps

from alongside.kernel.capabilities import capabilities, said_in
from alongside.kernel.rls.declarations import blocks, declared
from tests.addresses import capability_of, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.agencies.models import Worker

# What somebody is to the file of the scene `around_a_file`, or only was, or never.
CUSTODIAN = {"caseworker"}
ASKED = {"released", "police"}
COLLEAGUE = {"colleague"}  # who sees the file's code name, and has to say why to see more
ELSEWHERE = {"companion", "specialist", "police"}  # who keep no file
MEETS = CUSTODIAN | COLLEAGUE | ASKED | ELSEWHERE
MEETS |= {"barred", "other role", "expired", "withdrawn", "blocked", "never"}
KEEPS = MEETS - ELSEWHERE
ALL = MEETS | {"privacy", "leader", "admin", "editor", "steward"}

Door = tuple[Literal["get", "post"], set[str]]  # how it is asked, and who is let in
LONG = "Wilhelmina-Konstantyna Nʔaxʷəlqʷə́wayəɬ Ó Conchobhair-Anishinaabekwe de la Vérendrye"


@dataclass
class Scene:
    """What the capabilities built, the lower first, each from what those below it left here."""

    people: dict[str, Worker] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)  # by what addresses call them
    # by the name of an address: the ids of each page of it that is looked at, if there are several
    pages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Write:
    """One try at writing into a file that is closed or whose key was destroyed."""

    path: str
    sends: Mapping[str, str | list[str]] = field(default_factory=dict)
    by: str = "caseworker"
    still: str = ""  # why it stays possible
    when_shut: bool = False  # and while nothing of it can be read, because it is to be destroyed
    still_closed: str = ""  # why it stays possible while it is merely closed
    over: bool = False  # what it is about was over before, and the answer says that
    gone: bool = False  # what it is about is deleted when the file is closed
    first: str = ""  # what is asked before, while the file is open


@dataclass(frozen=True, kw_only=True)
class Examples:
    """What one capability gives."""

    # who is let in, around one file; everybody else gets the same 404 as for what isn't there
    doors: Mapping[str, Door] = field(default_factory=dict)
    doors_in: tuple[str, ...] = ()  # the tests that say it of the other addresses
    looked_at_in: tuple[str, ...] = ()  # the tests that look at its pages around scenes of their own
    not_pages: frozenset[str] = frozenset()  # of the addresses: files, and what is only posted
    further_pages: tuple[str, ...] = ()  # with a search, or as somebody else sees them elsewhere
    seen: Mapping[str, set[str]] = field(default_factory=dict)  # who sees a row of the file, by table
    read_only: frozenset[str] = frozenset()  # of the doors: where nothing is written into the file
    writes: tuple[Write, ...] = ()
    # the columns of a row of a file's table, beside the file, the agency and the id
    rows: Mapping[str, Callable[[], dict[str, Any]]] = field(default_factory=dict)
    # columns of what is about somebody that are neither sealed nor a code: the machine's own words
    plain: frozenset[str] = frozenset()
    # what a copy of a row must have otherwise, so that nothing but the policies stands in its way
    unique: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    # templates and modules whose words a person hears when they agree; `*`: all
    heard: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()  # what is explained in docs/guides beside the roles
    around_a_file: Callable[[Scene], None] | None = None
    on_every_page: Callable[[Scene], None] | None = None
    # commands that would write into it, past the pages
    tries: Callable[[Scene], Iterable[Callable[[], object]]] | None = None


BUILT = {"around_a_file", "on_every_page", "tries"}
GIVEN = BUILT | {place.name.upper() for place in fields(Examples)}


@cache
def examples() -> dict[str, Examples]:
    """Return what each capability gives, the lower first, by its label."""
    found = {}
    for config in capabilities():
        if module := said_in(config, "tests.examples"):
            given = {name.lower(): value for name, value in vars(module).items() if name in GIVEN}
            found[config.label] = Examples(**given)
    return found


def addresses_of(label: str) -> dict[str, list[str]]:
    """Return the addresses of a capability, by name."""
    found: dict[str, list[str]] = {}
    for name, path, pattern in patterns():
        if capability_of(pattern) == label:
            found.setdefault(name, []).append(path)
    return found


def build(place: Literal["around_a_file", "on_every_page"]) -> Scene:
    """Build a scene, each capability its part."""
    scene = Scene()
    for given in examples().values():
        if part := getattr(given, place):
            part(scene)
    return scene


def tables_of_a_file() -> list[str]:
    """Return every table whose rows belong to a file, and the files."""
    models = [model for model in apps.get_models() if model._meta.db_table in declared()]
    return [
        model._meta.db_table
        for model in models
        if model._meta.label == "files.File" or "file_id" in {field.attname for field in model._meta.fields}
    ]


def shareable() -> set[str]:
    """Return every table whose rows a person can agree to share, one by one."""
    frozen = (block.create for config in capabilities() for block in blocks(config.label).values())
    return {table for words in frozen for table in re.findall(r"ctx\.item_table values \('(\w+)'\)", words)}
