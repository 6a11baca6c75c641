"""A file is destroyed although the keyring can't be reached, or the process dies in between.

Hidden from everybody at once; the key follows; every page says how it stands.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from alongside.files.commands import finish_destructions, undo_destruction
from alongside.files.tests.cast import a_day_later, destroy, shut
from alongside.kernel import clock, commands, ctx, seal
from alongside.kernel.keyring import KeyGone
from alongside.kernel.models import Effect
from alongside.plans.models import Priority
from alongside.referrals import commands as referrals
from alongside.referrals.tests import cast
from config.state import ROOT
from tests import keyrings, live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_postgresql]
SEALED = ("files_detail", "plans_priority", "referrals_referral")
# A process that is ended between the commit and what was to follow it.
POWER_CUT = """
import os, signal, sys
from config.serving import load_django
load_django()
from django.db import transaction
from alongside.files import commands
kill = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "before the commit":
    commands.note = kill
else:
    commands.finish_effects_after_commit = lambda about: transaction.on_commit(kill)
commands.finish_destructions()
"""


@pytest.fixture
def asked():
    """A request about somebody's wish to a hospital that sees their name."""
    maya, ines = (
        cast.worker(cast.agency("Riverside")),
        cast.worker(cast.agency("North Shore", "healthcare", "hospital"), "Ines", "intake"),
    )
    file = cast.file(maya, called="Josephine")
    return maya, ines, file, cast.request(file, maya, ines.agency, cast.priority(file, maya))


def rows_seen(worker):
    with ctx.as_worker(worker.pk), connection.cursor() as cursor:
        cursor.execute(" union all ".join(f"select count(*) from {table}" for table in SEALED))
        return [count for (count,) in cursor.fetchall()]


def test_while_the_keyring_is_held_all_is_hidden_and_the_pages_say_so(client, asked, superuser):
    maya, ines, file, _ = asked
    assert all(rows_seen(maya))
    assert all(rows_seen(ines))

    cast.sign_in(client, maya)
    with keyrings.held():
        destroy(file, maya)
        page = client.get(f"/files/{file.pk}").content.decode()
        closing = client.get(f"/files/{file.pk}/closing").content.decode()

    assert seal.keyring().holds(file.pk)
    assert "hidden from everybody and being destroyed" in page
    assert "Josephine" not in page
    assert "Being destroyed" in closing
    assert rows_seen(maya) == rows_seen(ines) == [0, 0, 0]

    superuser.execute("update kernel_effect set due_at = now()")
    assert commands.finish_effects() == 1

    assert not seal.keyring().holds(file.pk)
    assert "was destroyed" in client.get(f"/files/{file.pk}").content.decode()
    assert "Destroyed" in client.get(f"/files/{file.pk}/closing").content.decode()
    assert superuser.execute("select count(*) from kernel_effect").fetchone() == (0,)


@pytest.mark.parametrize("when", ["before the commit", "after the commit"])
def test_a_process_killed_as_it_becomes_final_leaves_it_to_the_sweep(asked, superuser, when):
    maya, ines, file, _ = asked
    a_day_later(shut(file, maya))
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", POWER_CUT, when],
        cwd=ROOT,
        env=live.environment("jobs"),
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    final = when == "after the commit"
    assert superuser.execute("select shredded_at is not null from files_file").fetchone() == (final,)
    assert seal.keyring().holds(file.pk)
    assert rows_seen(maya) == rows_seen(ines) == [0, 0, 0]

    assert finish_destructions() == (0 if final else 1)
    assert commands.finish_effects() == (1 if final else 0)

    assert not seal.keyring().holds(file.pk)
    assert rows_seen(maya) == [1, 1, 1]  # sealed for good


def test_while_it_is_shut_what_is_shared_is_seen_by_nobody_and_can_be_ended(client, asked):
    maya, ines, file, referral = asked
    destruction = shut(file, maya)
    theirs = cast.sign_in(Client(), ines)

    page = cast.sign_in(client, maya).get(f"/files/{file.pk}").content.decode()

    assert rows_seen(maya) == rows_seen(ines) == [0, 0, 0]
    assert theirs.get(f"/requests/{referral.id}").status_code == 404
    way = f"/requests/of/{file.pk}/agreements/{referral.release_id}/end"
    assert way in page
    assert client.post(way).status_code == 302
    with ctx.as_worker(maya.pk):
        undo_destruction(destruction=destruction, by=maya)
    assert all(rows_seen(maya))
    assert theirs.get(f"/requests/{referral.id}").status_code == 404


def end(referral, maya):
    with ctx.as_worker(maya.pk):
        referrals.withdraw(file_id=referral.file_id, release_id=referral.release_id, by=maya, at=clock.now())


def test_what_is_taken_back_late_takes_nothing_that_was_lent_since(asked):
    maya, ines, file, first = asked
    wish = first.priority_id
    with ctx.as_worker(maya.pk):
        (priority,) = Priority.objects.filter(file_id=file.pk, id=wish)
    with keyrings.held():
        end(first, maya)
    introduction = seal.item(first.id, "introduction")
    assert seal.keyring().open(file.pk, introduction, ines.agency_id)  # no row shows it any more

    again = cast.request(file, maya, ines.agency, priority)

    with pytest.raises(KeyGone):
        seal.keyring().open(file.pk, introduction, ines.agency_id)
    for item in ((wish, "words"), (again.id, "introduction")):
        assert seal.keyring().open(file.pk, seal.item(*item), ines.agency_id)


def test_what_is_lent_waits_for_the_keyring_and_what_ended_meanwhile_is_taken_back_after_it(asked, superuser):
    maya, ines, file, _ = asked
    later = cast.talked_about(file, maya, ines.agency)
    introduction = seal.item(later.id, "introduction")
    with keyrings.held(readable=True):
        later = cast.send(later, maya)
        with ctx.as_operator():
            ordered_for = {effect.kind for effect in Effect.objects.all()}
            assert ordered_for == {"consent.lend_keys", "referrals.lend_key"}
    with pytest.raises(KeyGone):
        seal.keyring().open(file.pk, introduction, ines.agency_id)
    superuser.execute("update kernel_effect set due_at = now()")
    assert commands.finish_effects() == 2
    assert seal.keyring().open(file.pk, introduction, ines.agency_id)

    third = cast.talked_about(file, maya, ines.agency)
    with keyrings.held(readable=True):
        third = cast.send(third, maya)
        end(third, maya)
    superuser.execute("update kernel_effect set due_at = now()")
    assert commands.finish_effects() == 3
    with pytest.raises(KeyGone):
        seal.keyring().open(file.pk, seal.item(third.id, "introduction"), ines.agency_id)


def ordered(worker, kind, **said):
    """Whether the database lets a worker order an effect."""
    try:
        with ctx.as_worker(worker.pk):
            commands.order_effect(kind, **said)
            transaction.set_rollback(True)
    except ProgrammingError as denied:
        assert isinstance(denied.__cause__, psycopg.errors.InsufficientPrivilege)  # noqa: PT017
        return False
    return True


def test_a_key_is_destroyed_lent_and_taken_back_only_as_the_act_says(asked):
    maya, ines, file, referral = asked
    noor = cast.worker(cast.agency("Elsewhere"), "Noor")
    named = [seal.item(referral.id, "introduction")]
    lent = {"about": file.pk, "agency_id": maya.agency_id, "from": str(maya.agency_id), "items": named}
    lent |= {"release": str(referral.release_id), "to": str(ines.agency_id)}

    assert ordered(maya, "consent.lend_keys", **lent)
    for worker, otherwise in (
        (ines, {}),
        (noor, {}),
        (maya, {"items": [*named, seal.item(file.pk, "body")]}),
        (maya, {"to": str(noor.agency_id)}),
        (maya, {"from": str(noor.agency_id)}),
        (maya, {"about": uuid4()}),
        (noor, {"agency_id": noor.agency_id, "from": str(noor.agency_id)}),
    ):
        assert not ordered(worker, "consent.lend_keys", **lent | otherwise), otherwise
    assert not ordered(maya, "consent.recall_keys", **lent)
    end(referral, maya)
    assert not ordered(maya, "consent.lend_keys", **lent)
    for worker in (maya, ines, noor):  # the end itself orders it: a trigger
        assert not ordered(worker, "consent.recall_keys", **lent)

    key = {"about": file.pk, "agency_id": maya.agency_id}
    assert not ordered(maya, "files.destroy_key", **key)
    destroy(file, maya)
    assert not ordered(maya, "files.destroy_key", **key)  # two order it: a trigger
    assert not ordered(noor, "files.destroy_key", **key)
    assert not ordered(noor, "files.destroy_key", **key | {"agency_id": noor.agency_id})
    assert not ordered(ines, "files.destroy_key", **key)
