"""Where a function lives follows from what it does.

Whoever takes a request is a view, whatever is atomic a command, whatever asks a table a query or a command.

A room is a module of that name, or a package of modules. What is neither knows no table and no request, or is
listed below with its reason.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from alongside.kernel import requests
from config import house

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "alongside"
ROOMS = {"urls", "views", "jobs", "admin", "forms", "commands", "effects", "queries", "rules", "models"}
BESIDE = house.BESIDE | {"__init__"}

WRITES = {
    f"{prefix}{verb}"
    for prefix in ("", "a")
    for verb in ("save", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
}
REQUESTS = {
    name for name in vars(requests) if name.endswith("Request")
}  # Django’s own, and what the middleware makes of it
TRANSACTIONS = {"atomic", "savepoint", "savepoint_commit", "set_autocommit"}
ASKING = {"objects", "_default_manager", "_base_manager", "get_object_or_404", "get_list_or_404"}

# What does so elsewhere, and why. The kernel is under everything: it opens the transactions that all commands
# join, and decorates views.
TAKES_REQUESTS = {
    "kernel.context_processors": "a context processor",
    "kernel.decorators": "decorates views",
    "kernel.drafts": "keeps what was typed when a session ends, whichever view was asked",
    "kernel.forms": "makes any view's form",
    "kernel.headers": "middleware",
    "kernel.toolboxes": "remembers and leads back to a contact at the desk, whichever tool's view was asked",
    "kernel.unsent": "keeps and tells what was pressed too late, whichever view was asked",
    "kernel.middleware": "middleware",
    "agencies.middleware": "middleware",
    "agencies.signin": "allauth's adapters, whose methods allauth calls with a request",
    "trail.middleware": "middleware",
}
OPENS_TRANSACTIONS = {
    "kernel.ctx": "signs who is asking into a transaction of its own",
    "kernel.sessions": "what proves whose session it is stands in the transaction that writes it",
    "kernel.watchdog": "one transaction for each request",
    "trail.queries.access_log": "one snapshot for a read of many pages",
    "trail.queries.verification": "one snapshot for a read of many pages",
}
ASKS_TABLES = {"kernel.imports.runs": "imports of each capability, whose tables it is given"}
WRITES_ELSEWHERE = {
    "agencies.models.accounts": "Django’s manager of accounts, asked by createsuperuser and allauth",
    "kernel.imports.runs": "an import whole or not at all, whichever capability's",
    "kernel.keyring": "a file beside PostgreSQL, with verbs of its own",
    "kernel.rls.models": "writes what may change of a row, for the commands",
    "kernel.rls.operations": "what migrations say",
    "kernel.sessions": "Django's own store, kept by the hash of the key",
}
KNOWS_TABLES = {  # neither a room nor pure
    "accompaniment.protection": "the states that its triggers follow",
    "agencies.roles": "choices without a table",
    "fund.ledger": "choices without a table",
    "agencies.middleware": "middleware",
    "agencies.signin": "allauth's adapters",
    "trail.middleware": "middleware",
}


@dataclass(frozen=True)
class Module:
    """One of our modules, tests and migrations apart."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its name without the first word: `files.views.search`."""
        return ".".join(self.path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The room it is, or is in."""
        parts = self.path.relative_to(HOUSE).with_suffix("").parts
        return parts[1] if len(parts) > 1 else ""

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )


@cache
def modules() -> list[Module]:
    outside = {"tests", "migrations", "account_migrations"}
    paths = [path for path in sorted(HOUSE.rglob("*.py")) if not outside & set(path.parts)]
    return [Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def parsed(room: str, source: str) -> Module:
    """A module that is planted, to see that it is noticed."""
    return Module(HOUSE / "planted" / f"{room}.py", ast.parse(source))


def takes_a_request(module: Module) -> bool:
    """Whether a function of it is handed an HTTP request."""
    return any(
        any(name in ast.unparse(argument.annotation) for name in REQUESTS)
        if argument.annotation
        else argument.arg == "request"
        for function in module.functions()
        for argument in (
            *function.args.posonlyargs,
            *function.args.args,
            *function.args.kwonlyargs,
            function.args.vararg,
        )
        if argument
    )


def opens_a_transaction(module: Module) -> bool:
    """Whether it opens one, in whatever way: `atomic` or a savepoint, as a decorator, a block or a call."""
    return any(
        isinstance(node, ast.Attribute | ast.Name) and _named(node) in TRANSACTIONS
        for node in ast.walk(module.tree)
    )


def _named(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def asks_a_table(module: Module) -> bool:
    """Whether it asks a manager for rows."""
    asked = (
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return any(_named(node) in ASKING for node in asked)


def writes(module: Module) -> bool:
    """Whether it writes: by a model, by rows that were asked for, or by a statement of its own."""
    return any(_is_a_write(call) for call in module.calls())


def _is_a_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, owner = call.func.attr, ast.unparse(call.func.value)
    if verb == "execute" and call.args:
        return (
            ast.unparse(call.args[0])
            .strip("f'\"( \n")
            .lower()
            .startswith(("insert", "update", "delete", "merge", "copy", "truncate"))
        )
    if verb in WRITES or (verb in {"delete", "adelete"} and not call.args and not call.keywords):
        return True
    by_name = (
        bool(call.keywords) and not call.args
    )  # a dict's or a digest's `update` takes what it takes by place
    return verb.removeprefix("a") in {"create", "update"} and (
        by_name or ".objects" in owner or ".filter(" in owner
    )


def knows_tables(module: Module) -> bool:
    """Whether it imports tables, the database or requests, other than to name their types.

    The kernel is what they stand on.
    """
    if module.name.startswith("kernel."):
        return False
    imported = [node for node in module.tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    names = [f"{getattr(node, 'module', '') or ''}.{alias.name}" for node in imported for alias in node.names]
    return any(
        ".models." in f"{name}."
        or name.strip(".").startswith(("django.db", "django.http", "django.shortcuts"))
        for name in names
    )


KINDS: dict[str, tuple[Callable[[Module], bool], set[str], dict[str, str]]] = {
    "takes a request": (takes_a_request, {"views"}, TAKES_REQUESTS),
    "opens a transaction": (opens_a_transaction, {"commands"}, OPENS_TRANSACTIONS),
    "asks a table": (asks_a_table, {"queries", "commands"}, ASKS_TABLES),
    "writes": (writes, {"commands"}, WRITES_ELSEWHERE),
    "knows tables": (knows_tables, ROOMS, KNOWS_TABLES),
}
PLANTED = {
    "takes a request": ("forms", "def page(request: HttpRequest) -> HttpResponse: ..."),
    "opens a transaction": ("queries", "@transaction.atomic\ndef accept(*, referral): ..."),
    "asks a table": ("views", "def board(request):\n    return Chair.objects.all()"),
    "writes": ("queries", "def chairs():\n    Chair.objects.filter(pk=1).update(name='x')"),
    "knows tables": ("layout", "from alongside.planted.models import Chair"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_function_lives_follows_from_what_it_does(kind):
    does, rooms, elsewhere = KINDS[kind]
    found = {module.name for module in modules() if does(module) and module.room not in rooms | BESIDE}

    assert found == set(elsewhere)


@pytest.mark.parametrize("kind", KINDS)
def test_what_lives_in_the_wrong_room_is_noticed(kind):
    does, rooms, _elsewhere = KINDS[kind]
    planted = parsed(*PLANTED[kind])

    assert does(planted)
    assert planted.room not in rooms


@pytest.mark.parametrize(
    "source",
    [
        "row.save()",
        "Chair.objects.create(name='x')",
        "Chair.objects.bulk_create(rows)",
        "Chair.objects.filter(pk=1).delete()",
        "rows = chairs()\nrows.update(name='x')",
        "chair.delete()",
        "agency.chairs.create(name='x')",
        "cursor.execute('update planted_chair set name = %s', ['x'])",
        "cursor.execute(f'insert into {table} values (1)')",
    ],
)
def test_every_way_of_writing_is_noticed(source):
    assert writes(parsed("queries", source))


@pytest.mark.parametrize("request_type", ["HttpRequest", "SignedRequest", "WorkerRequest"])
def test_every_kind_of_request_is_noticed(request_type):
    assert takes_a_request(parsed("forms", f"def page(asked: {request_type}) -> HttpResponse: ..."))


@pytest.mark.parametrize(
    "source", ["found.update(other)", "cursor.execute('select 1')", "digest.update(b'x')", "names.create(1)"]
)
def test_what_only_reads_is_left_alone(source):
    assert not writes(parsed("queries", source))


def test_a_query_calls_no_command_but_the_trails():
    """What was looked at is noted by the trail, which has its own verb for it."""
    calls = {
        f"{importer} -> {imported}"
        for importer in house.graph().modules
        for imported in house.graph().find_modules_directly_imported_by(importer)
        if _room(importer) == "queries"
        and _room(imported) == "commands"
        and not imported.startswith("alongside.trail.")
    }

    assert not calls


def _room(module: str) -> str:
    return [*module.split("."), "", ""][2]


def test_no_rooms_of_a_folder_import_each_other_in_a_ring():
    rings = {
        folder: house.ring(house.arrows_between_rooms(folder)) for row in house.layers() for folder in row
    }

    assert not any(rings.values()), rings


def test_no_folder_imports_one_above_it():
    assert not house.upward(house.layers(), house.arrows_between_folders())


def test_a_ring_and_a_way_up_are_noticed():
    around = {("queries", "rules"), ("rules", "queries")}
    assert house.ring({("views", "queries"), ("queries", "models")}) == set()
    assert house.ring({*around, ("views", "rules")}) == around
    assert house.upward([["desk"], ["files"]], {("desk", "files"), ("files", "desk")}) == {("files", "desk")}


def test_the_drawings_show_the_house_as_it_is():
    stale = [
        path.name
        for path, drawing in house.drawings().items()
        if not path.exists() or path.read_text(encoding="utf-8") != drawing
    ]

    assert not stale, "make drawing"
