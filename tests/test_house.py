"""The shape of the house: rules about the repository itself."""

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import grimp
import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from tests.examples import addresses_of, examples

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "alongside"
FOLDERS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
FACES = {"queries", "commands", "urls", "declarations"}  # the last: what tables above take on
PURE = {"kernel", "text"}  # without a table of the mission: used as they are
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "services",
    "managers",
    "misc",
    "common",
    "base",
    "lib",
    "core",
    "shared",
}
NO_SUFFIXES = ("Manager", "Service", "Handler", "Helper", "Util")
TAG = re.compile(
    r"\{%.*?%\}"
)  # a template's own words, `with one=…` among them, are no attributes of the page
WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}

PARTS_OF_A_DAY = {"year", "month", "day", "hour", "weekday", "isoweekday", "isocalendar"}
MOMENT = re.compile(r"(^|_)(at|now|moment|until)$|\bnow\(\)$")
TIMES_SHOWN = re.compile(
    r"""(?P<of>[\w.]+)(?:\|\w+(?::[^|\s}]+)?)*?\|(?P<filter>date|time):?["']?(?P<form>[^"'}%|]*)"""
)

# Doors that need no sign-in: each one a decision.
OPEN_DOORS = {
    "busy": "a worker’s own calendar asks by an address that can be revoked, and hears times alone",
    "front": "what this is, and the way in",
    "exit": "leaving quickly has to work at any time",
    "language": "English or French before anything else",
    "account_login": "signing in",
    "account_logout": "leaving has to work when the session is over already",
    "mfa_login_webauthn": "signing in with a passkey",
    "mfa_authenticate": "the second step of signing in",
    "account_reauthenticate": "asks for a session itself",
    "invitation": "who was invited has no account yet; a code is asked for",
    "recovery": "who was locked out cannot sign in; a code is asked for",
    "tour": "what the demonstration shows, before anybody signs in",
    "published": "briefs that were published for everybody",
    "published_edition": "a published edition, read without an account",
    "published_file": "its files, exactly as they were published",
    "published_in": "its PDF or its tables in the reader's language",
    "published_changes": "what changed since an earlier edition",
    "policy_reports": (
        "a browser reports a broken content policy without "
        "cookies; nothing is read, nothing about anyone is kept"
    ),
}


def rooms(*names: str) -> Iterator[ModuleType]:
    """Every module of the rooms of that name in the capability folders.

    A room is a module, or a package of them.
    """
    for folder in FOLDERS:
        for name in names:
            for path in sorted([*HOUSE.glob(f"{folder}/{name}.py"), *HOUSE.glob(f"{folder}/{name}/**/*.py")]):
                dotted = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
                yield importlib.import_module(dotted.removesuffix(".__init__"))


def doors(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """Every address, through all includes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns)
        else:
            yield pattern


def our_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("alongside."))


def sources(pattern: str = "*.py") -> Iterator[Path]:
    """Our own files, tests and migrations apart."""
    return (
        path
        for path in HOUSE.rglob(pattern)
        if not {"tests", "migrations", "account_migrations"} & set(path.parts)
    )


def test_capabilities_meet_only_at_queries_and_commands():
    graph = grimp.build_graph("alongside", exclude_type_checking_imports=True, cache_dir=None)

    trespasses = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if "tests" not in importer
        and _crosses(importer, imported)
        and imported.split(".")[2] not in FACES
        and not (
            importer.startswith("alongside.desk.demo") and imported.split(".")[2] == "demo"
        )  # what is invented, to who tells it
    ]

    assert not trespasses


def _crosses(importer: str, imported: str) -> bool:
    mine, theirs = importer.split("."), imported.split(".")
    return len(theirs) > 2 and len(mine) > 1 and mine[1] != theirs[1] and theirs[1] not in PURE


def test_no_table_looks_back_at_another_capability():
    backward = [
        str(field)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model._meta.app_label != model._meta.app_label
        and field.remote_field.related_name != "+"
    ]

    assert not backward


def test_every_door_is_locked_unless_listed():
    unlocked = {
        door.name or str(door.pattern)
        for door in doors()
        if not getattr(door.callback, "login_required", True)
    }

    assert unlocked <= set(OPEN_DOORS)


def test_every_state_says_where_it_can_go():
    for rules in rooms("rules"):
        if hasattr(rules, "MOVES"):
            assert set(rules.MOVES) == set(type(next(iter(rules.MOVES)))), rules.__name__
            assert {to for moves in rules.MOVES.values() for to in moves} <= set(rules.MOVES), rules.__name__


def test_every_choice_with_moves_has_rules():
    """A model with a `state` has a table of moves beside it."""
    without = [
        model.__name__
        for model in our_models()
        if "state" in {field.name for field in model._meta.fields} and not _moves_beside(model)
    ]

    assert not without


def _moves_beside(model: type[models.Model]) -> bool:
    """`MOVES`, or where a folder has several such tables `MOVES_OF_<table>`."""
    folder = model.__module__.split(".")[1]
    return any(
        name.startswith("MOVES")
        for rules in rooms("rules")
        if rules.__name__.split(".")[1] == folder
        for name in vars(rules)
    )


def test_every_table_of_ours_says_what_it_is():
    assert [model._meta.label for model in our_models() if "protection" not in vars(model)] == []


def test_no_template_is_unused():
    named = "\n".join(path.read_text() for pattern in ("*.py", "*.html") for path in sources(pattern))
    roots = [path for path in HOUSE.glob("*/templates") if path.is_dir()]
    ours = {path.relative_to(root).as_posix() for root in roots for path in root.rglob("*.html")}

    overriding = {
        name for name in ours if name in {"400.html", "404.html", "500.html", "403.html"} or _of_allauth(name)
    }
    assert {name for name in ours - overriding if name not in named and not _composed(name, named)} == set()


def test_every_page_is_led_to():
    named = "\n".join(
        path.read_text()
        for pattern in ("*.py", "*.html")
        for path in sources(pattern)
        if path.name != "urls.py" and "tests" not in path.parts
    )
    pages = {
        name: label
        for label, given in examples().items()
        for name in addresses_of(label)
        if name not in given.not_pages and not given.looked_at_in
    }
    alone = {name for name in pages if not re.search(rf"""["']{name}["']""", named)}

    assert not alone, f"nothing leads there, neither a link nor an answer: {sorted(alone)}"


def _composed(name: str, text: str) -> bool:
    """Named as f"folder/{step}.html", with the step's own word quoted somewhere."""
    folder, _, rest = name.rpartition("/")
    return f'f"{folder}/{{' in text and f'"{rest.removesuffix(".html")}"' in text


def _of_allauth(name: str) -> bool:
    import allauth

    return (Path(allauth.__file__).parent / "templates" / name).exists()


def test_every_template_compiles():
    for root in HOUSE.glob("*/templates"):
        for path in root.rglob("*.html"):
            get_template(path.relative_to(root).as_posix())


@pytest.mark.parametrize("room", ["views", "jobs"])
def test_pages_only_translate(room):
    """A view writes nothing itself, whatever the method: it calls one command."""
    writes = [
        f"{module.__name__}:{node.lineno} .{node.func.attr}()"
        for module in rooms(room)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and not _is_a_command(node.func.value, module)
    ]

    assert not writes


def _is_a_command(owner: ast.expr, module: ModuleType) -> bool:
    if not isinstance(owner, ast.Name):
        return False
    thing = getattr(module, owner.id, None)
    return isinstance(thing, ModuleType) and thing.__name__.rsplit(".", 1)[-1] == "commands"


def test_queries_only_read():
    """What a GET is answered from writes nothing.

    What was looked at is noted by the trail, which has its own door.
    """
    writes = [
        f"{module.__name__}:{node.lineno} .{node.func.attr}()"
        for module in rooms("queries")
        for node in ast.walk(ast.parse(Path(module.__file__).read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING - {"update", "create"}
    ]

    assert not writes


def test_words_are_the_missions():
    files = [
        path.relative_to(ROOT).as_posix()
        for path in [*sources(), *(HOUSE / name for name in FOLDERS)]
        if path.stem in NO_NAMES
    ]
    classes = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name.endswith(NO_SUFFIXES) and node.name not in NO_SUFFIXES
    ]

    assert not files + classes


def test_every_folder_opens_with_what_it_is():
    silent = [
        name
        for name in FOLDERS
        if not ast.get_docstring(ast.parse((HOUSE / name / "__init__.py").read_text()))
    ]

    assert not silent


def test_every_public_door_of_a_folder_says_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for module in rooms("commands", "queries", "rules")
        for path in [Path(module.__file__)]
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert not silent


def test_moments_and_people_come_in_pairs():
    """`accepted_by` without `accepted_at` does not say when; the two are set together or not at all."""
    alone = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if field.name.endswith("_by")
        and _names_a_worker(field)
        and not {f"{field.name[:-3]}_at", f"{field.name[:-3]}_on"} & {f.name for f in model._meta.fields}
    ]

    assert not alone


def _names_a_worker(field: models.Field) -> bool:
    return isinstance(field, models.UUIDField) or (
        field.is_relation and field.related_model.__name__ in ("Worker", "Account")
    )


def test_signals_are_not_used():
    users = [
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if re.search(r"django\.(dispatch|db\.models\.signals)", path.read_text())
    ]

    assert not users


def test_no_style_or_script_stands_in_a_page():
    inline = re.compile(
        r"\sstyle=|<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son\w+=|javascript:",
        re.IGNORECASE,
    )
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sources("*.html")
        if inline.search(TAG.sub(" ", path.read_text()))
    ]

    assert not found


def test_migrations_are_linear():
    loader = MigrationLoader(None)

    assert not loader.detect_conflicts()


def test_locks_name_no_host_and_hash_everything():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://|--index|--find-links|--extra|@ file", text), name
        pinned = re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)
        assert all("==" in line for line in pinned), name
        assert text.count("--hash=sha256:") >= len(pinned), name


def test_nothing_of_this_machine_is_kept():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")

    assert not [
        name
        for name in listed
        if name.endswith((".mo", ".pyc", ".sqlite3")) or name.startswith((".state", ".venv"))
    ]


NEWEST = re.compile(r"""order_by\(\s*["']-\w+_at["']\s*\)""")


def test_what_is_newest_is_told_apart_within_one_moment():
    """Two rows of one moment come in any order; the id, which goes by the order of making, decides."""
    undecided = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sources()
        for match in NEWEST.finditer(path.read_text())
    ]

    assert undecided == []


def test_the_day_of_a_moment_is_the_readers():
    """Moments are kept in UTC, where the evening is tomorrow already: kernel/clock says which day it was."""
    in_utc = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in sources()
        if path != HOUSE / "kernel" / "clock.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if _takes_a_day(node)
    ]

    assert in_utc == []


def _takes_a_day(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"localdate", "localtime"} or (node.func.attr == "date" and not node.args)
    if not isinstance(node, ast.Attribute) or node.attr not in PARTS_OF_A_DAY:
        return False
    return bool(MOMENT.search(ast.unparse(node.value)))


def test_a_clock_time_is_never_shown_without_its_day():
    """Pages show a moment by `|clock`, which names the day unless it is today, or by a form with a day.

    `|time` is for opening hours, which are no moments.
    """
    bare = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sources("*.html")
        for match in TIMES_SHOWN.finditer(path.read_text())
        if not _names_its_day(match)
    ]

    assert bare == []


def _names_its_day(match: re.Match[str]) -> bool:
    if match["filter"] == "time":
        return match["of"].endswith(("opens_at", "closes_at"))
    if match["form"].endswith("_FORMAT"):
        return match["form"] != "TIME_FORMAT"
    return match["form"] == "c" or not set(match["form"]) & set("aAefgGhHiPsTu")
