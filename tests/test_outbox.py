"""What is done outside PostgreSQL goes through the outbox: ordered in the act's transaction, then finished.

Nothing in the product mutates keys or files beside it, but for what is listed here with its reason; a kind of
effect is ordered only where the database sees the act; whatever stands in the way, it is finished later.
"""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from alongside.agencies.roles import Role
from alongside.agencies.tests import cast
from alongside.kernel import clock, commands, ctx, outbox
from alongside.kernel.models import Effect
from alongside.kernel.rls.declarations import declared
from alongside.kernel.rls.models import Sealed
from tests.test_rooms import modules, parsed

KEYS = {"make", "lend", "recall", "destroy"}
FILES = {"write_bytes", "write_text", "unlink", "rmdir", "rmtree"}
WRITING = re.compile(r"^'[rb+]*[wxa][rb+]*'$")
# (module, what it does): why it is not an effect of an act.
BESIDE_THE_OUTBOX = {
    ("kernel.commands", "on_commit"): "the outbox itself",
    ("files.commands", "make"): "before what is sealed with it; an act undone leaves a key to nothing",
    ("evidence.commands.sources", "make"): "before what is sealed with it",
    ("evidence.commands.studies", "make"): "before what is sealed with it",
    ("quotes.commands", "make"): "before what is sealed with it",
    ("kernel.keyring", "destroy"): "the keyring itself",
    ("directory.commands.imports", "forget"): "what was kept a moment ago is no list: nothing stands yet",
    ("occupancy.commands", "forget"): "what was kept a moment ago is no table: nothing stands yet",
    ("kernel.imports.uploads", "forget"): "the uploads themselves",
    ("kernel.imports.uploads", "unlink"): "the uploads themselves",
    ("kernel.imports.uploads", "open"): "what no import comes to name is swept away",
    ("evidence.management.commands.evidence_export", "open"): "a file the operator asked for",
    ("kernel.left_sessions", "unlink"): "once the database was told",
    ("kernel.management.commands.demand", "write_text"): "a page of the documentation",
    ("evidence.management.commands.evidence_export", "unlink"): "a file the operator asked for, cut off",
    ("briefs.management.commands.brief_demo", "write_bytes"): "an invented brief, for whoever asked",
    ("desk.management.commands.demo", "write_text"): "who can sign in to the demonstration",
}
A_MODULE = """
from django.db import transaction
from alongside.kernel import seal
from alongside.kernel.imports import uploads
def shred(file, path):
    transaction.on_commit(lambda: seal.keyring().destroy(file.id))
    ring = seal.keyring()
    ring.lend(file.id, [], None, None, None)
    uploads.forget(path.name)
    path.unlink()
"""


def done_outside(module) -> set[tuple[str, str]]:
    """What a module does outside PostgreSQL, by the names of the calls."""
    rings = {
        target.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and "keyring()" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = set()
    for call in module.calls():
        if not isinstance(call.func, ast.Attribute):
            found |= {(module.name, "on_commit")} if ast.unparse(call.func) == "on_commit" else set()
            continue
        of, name = ast.unparse(call.func.value), call.func.attr
        if (
            name == "on_commit"
            or (name in KEYS and (of.endswith("keyring()") or of in rings))
            or (name == "forget" and of == "uploads")
            or name in FILES
            or (name == "open" and any(WRITING.search(ast.unparse(given)) for given in call.args))
        ):
            found.add((module.name, name))
    return found


@pytest.mark.costly("reads all modules there are")
def test_nothing_is_done_to_keys_and_files_beside_the_outbox():
    found = {each for module in modules() if module.room != "effects" for each in done_outside(module)}
    found -= {("kernel.imports.runs", "forget")}  # an effect, which both imports name as theirs

    assert found - set(BESIDE_THE_OUTBOX) == set(), "order an effect (kernel.commands.order_effect)"
    assert {place for place in BESIDE_THE_OUTBOX if place not in found} <= {
        ("kernel.keyring", "destroy"),
        ("kernel.imports.uploads", "forget"),
    }, "this is not done there any more"


def test_it_would_be_noticed():
    assert {name for _, name in done_outside(parsed("commands", A_MODULE))} == {
        *("on_commit", "destroy", "lend", "forget", "unlink")
    }


def test_whatever_is_sealed_under_a_files_key_is_hidden_while_that_is_destroyed():
    """By the row's own policy; what evidence seals is taken out, or shown only of what was not taken back."""
    from django.apps import apps

    sealed = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, Sealed) for field in model._meta.fields)
        and {"file_id", "holder_id"} & {field.column for field in model._meta.fields}
    }
    hidden = {
        table
        for table, protection in declared().items()
        if any(getattr(rule, "name", "") == "being_destroyed" for rule in protection.rules)
    }

    assert sealed - hidden == {
        "quotes_quote",  # its terms are taken out with the words
        "accompaniment_checkin",  # where a worker is out who is watched until they are back
    }
    assert hidden - sealed == {"handovers_transfer"}  # it leads to how the person is reached


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(outbox.kinds()))
@pytest.mark.every_postgresql
def test_no_effect_is_ordered_without_its_act(kind):
    agency = cast.agency("Riverside")
    for role in Role.values:
        worker = cast.worker(agency, role.title(), role)
        said = {name: str(uuid4()) for name in ("release", "to", "upload")} | {"from": str(agency.pk)}
        with ctx.as_worker(worker.pk), pytest.raises(ProgrammingError) as denied, transaction.atomic():
            commands.order_effect(kind, about=uuid4(), agency_id=agency.pk, items=[], **said)
        assert isinstance(denied.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_a_kind_that_nobody_knows_is_no_effect():
    with pytest.raises(LookupError, match="No capability"):
        commands.order_effect("files.burn", about=uuid4(), agency_id=None)


@pytest.mark.django_db
def test_only_whoever_sweeps_changes_or_removes_an_effect_and_another_agency_sees_none(superuser):
    ours, theirs = cast.agency("Riverside"), cast.agency("Elsewhere")
    maya, noor = cast.worker(ours, "Maya"), cast.worker(theirs, "Noor")
    superuser.execute(
        "insert into kernel_effect (id, kind, about, agency_id, particulars, due_at)"
        " values (gen_random_uuid(), 'files.destroy_key', gen_random_uuid(), %s, '{}', now())",
        [ours.pk],
    )

    for worker, seen in ((maya, 1), (noor, 0)):
        with ctx.as_worker(worker.pk):
            assert Effect.objects.count() == seen
            assert Effect.objects.update(tries=5) == 0
            assert Effect.objects.all().delete()[0] == 0
    assert Effect.objects.count() == 0


def waiting(superuser, *abouts, kind="files.destroy_key"):
    for number, about in enumerate(abouts):
        superuser.execute(
            "insert into kernel_effect (id, kind, about, particulars, due_at)"
            " values (%s, %s, %s, '{}', now() - interval '1 minute')",
            [f"00000000-0000-7000-8000-{number:012}", kind, about],
        )


@pytest.mark.django_db
def test_what_fails_waits_for_longer_each_time_and_holds_up_nothing_but_what_is_about_the_same(superuser):
    bad, good = uuid4(), uuid4()
    waiting(superuser, bad, bad, good)
    superuser.execute("update kernel_effect set kind = 'of.tomorrow' where id::text like '%0'")

    pauses = []
    for _ in range(9):
        assert commands.finish_effects() in (0, 1)
        rows = superuser.execute("select about, tries, due_at from kernel_effect order by id").fetchall()
        assert [about for about, *_ in rows] == [bad, bad]
        assert rows[1][1] == 0
        pauses.append(rows[0][2] - clock.now())
        superuser.execute("update kernel_effect set due_at = now() - interval '1 minute'")

    assert timedelta(seconds=25) < pauses[0] < timedelta(seconds=31)
    assert pauses[:7] == sorted(pauses[:7])
    assert timedelta(minutes=59) < pauses[-1] <= timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_what_another_process_is_at_is_left_to_it(superuser):
    about = uuid4()
    waiting(superuser, about)
    with superuser.transaction(force_rollback=True):
        superuser.execute("select from kernel_effect for update")
        assert commands.finish_effects() == 0
        assert commands.finish_effects(about=about) == 0

    assert commands.finish_effects() == 1
