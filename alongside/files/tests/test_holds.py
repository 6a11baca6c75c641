"""While a hold stands nothing of the file is destroyed, by anybody; what was ordered before it waits."""

from __future__ import annotations

import threading
from uuid import uuid4

import psycopg
import pytest
from django.db import Error, transaction

from alongside.agencies.roles import Role
from alongside.files import commands, queries, rules
from alongside.files.models import Destruction, Hold, SafeContact
from alongside.files.tests import cast
from alongside.kernel import clock, ctx, outbox, seal
from alongside.kernel.commands import finish_effects
from alongside.kernel.models import Effect
from tests import keyrings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_postgresql]


@pytest.fixture
def desk():
    return cast.agency("Riverside")


@pytest.fixture
def maya(desk):
    return cast.worker(desk)


@pytest.fixture
def officer(desk):
    return cast.worker(desk, "Paz", "privacy-officer")


@pytest.fixture
def file(maya):
    file = cast.file(maya)
    with ctx.as_worker(maya.pk):
        commands.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
    return file


def asked(file):
    Destruction.objects.create(file_id=file.pk, agency_id=file.agency_id, asked_by=uuid4())


def contacts_deleted(file):
    SafeContact.objects.filter(file_id=file.pk).delete()


DESTROYS = {"files_destruction": asked, "files_safecontact": contacts_deleted}


def refused(destroy, file, by):
    """Whether the database refuses it because of a hold."""
    try:
        with ctx.as_worker(by.pk):
            destroy(file)
            transaction.set_rollback(True)
    except Error as denied:
        assert isinstance(denied.__cause__, psycopg.errors.InsufficientPrivilege)  # noqa: PT017
        return "a hold stands" in str(denied)
    return False


@pytest.mark.parametrize("table", DESTROYS)
def test_the_database_refuses_every_destruction_while_a_hold_stands(table, file, maya, officer):
    assert not refused(DESTROYS[table], file, maya)
    standing = cast.hold(file, officer)
    assert refused(DESTROYS[table], file, maya)
    second = cast.hold(file, officer)
    cast.end(standing)
    assert refused(DESTROYS[table], file, maya)  # one still stands

    cast.end(second)

    assert not refused(DESTROYS[table], file, maya)


def test_it_holds_also_for_whoever_owns_the_tables(file, officer, superuser):
    cast.hold(file, officer)

    for statement in (
        "update files_file set shredded_at = now() where id = %s",
        "insert into files_destruction (file_id, id, agency_id, asked_by)"
        " select id, gen_random_uuid(), agency_id, gen_random_uuid() from files_file where id = %s",
        "delete from files_safecontact where file_id = %s",
        "insert into kernel_effect (id, kind, about, due_at)"
        " values (gen_random_uuid(), 'files.destroy_key', %s, now())",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="a hold stands"):
            superuser.execute(statement, [file.pk])


def test_a_hold_on_one_file_is_none_on_another(file, maya, officer):
    cast.hold(cast.file(maya), officer)

    cast.destroy(file, maya)

    assert not seal.keyring().holds(file.pk)


def test_the_pages_say_so_and_nothing_is_done(client, file, maya, officer, superuser):
    cast.hold(file, officer)
    cast.sign_in(client, maya)

    for sent in ({"act": "shred", "handle": file.handle}, {"act": "close"}):
        answer = client.post(f"/files/{file.pk}/closing", sent)
        assert answer.status_code == 409
        assert "Nothing of this file may be destroyed or closed" in answer.content.decode()

    assert superuser.execute("select closed_at, shredded_at from files_file").fetchone() == (None, None)
    assert superuser.execute("select count(*) from files_safecontact").fetchone() == (1,)
    assert seal.keyring().holds(file.pk)


def test_what_was_ordered_before_waits_hidden_until_the_hold_ends(file, maya, officer, superuser):
    with keyrings.held():
        cast.destroy(file, maya)
    standing = cast.hold(file, officer)
    superuser.execute("update kernel_effect set due_at = now()")

    assert finish_effects() == finish_effects(about=file.pk) == 0

    assert seal.keyring().holds(file.pk)
    assert superuser.execute("select tries from kernel_effect").fetchone() == (
        1,
    )  # the keyring's; none since
    with ctx.as_worker(maya.pk):
        assert not SafeContact.objects.exists()  # hidden as before
    with ctx.as_operator():
        effect = Effect.objects.get()
        with pytest.raises(rules.Held):
            outbox.kinds()[effect.kind](effect)
        assert Effect.objects.all().delete()[0] == 0
    cast.end(standing)
    assert finish_effects() == 1
    assert not seal.keyring().holds(file.pk)


def test_what_two_said_waits_shut_while_a_hold_stands_and_can_be_undone(
    client, file, maya, officer, superuser
):
    destruction = cast.ask_to_destroy(file, maya)
    standing = cast.hold(file, officer)
    with ctx.as_operator(), pytest.raises(rules.Held):
        commands.confirm_destruction(destruction=destruction, by=None)
    with ctx.as_operator(), pytest.raises(Error, match="a hold stands"):
        Destruction.objects.update(state="confirmed")
    cast.end(standing)
    with ctx.as_operator():
        commands.confirm_destruction(destruction=destruction, by=None)
    cast.a_day_later(destruction)
    standing = cast.hold(file, officer)

    assert commands.finish_destructions() == 0

    page = cast.sign_in(client, maya).get(f"/files/{file.pk}").content.decode()
    assert "A hold stands on this file" in page
    assert superuser.execute("select shredded_at from files_file").fetchone() == (None,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="a hold stands"):
        superuser.execute("update files_destruction set state = 'final', final_at = now()")
    with ctx.as_worker(maya.pk):
        assert not SafeContact.objects.exists()
        commands.undo_destruction(destruction=destruction, by=maya)
        assert SafeContact.objects.exists()
    cast.end(standing)
    cast.a_day_later(cast.shut(file, maya))
    assert commands.finish_destructions() == 1
    assert not seal.keyring().holds(file.pk)


def test_a_hold_waits_for_the_key_that_is_being_destroyed(file, maya, officer):
    """Whichever comes second knows of the first: no destruction overtakes a hold being ordered."""
    ordered = threading.Event()

    def order():
        cast.hold(file, officer)
        ordered.set()

    thread = threading.Thread(target=order)
    with ctx.as_worker(maya.pk):
        assert queries.may_be_destroyed(file.pk)
        thread.start()
        assert not ordered.wait(0.5)
    thread.join(10)
    assert ordered.is_set()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_orders_changes_or_ends_one_as_app(role, desk, file, officer):
    worker = cast.worker(desk, role.title(), role)
    cast.hold(file, officer)
    new = {"file_id": file.pk, "agency_id": desk.pk, "since": clock.now(), "officer_id": worker.pk}

    for write in (
        lambda: Hold.objects.create(**new),
        lambda: Hold.objects.update(until=clock.now()),
        lambda: Hold.objects.all().delete(),
    ):
        with pytest.raises(Error) as denied, ctx.as_worker(worker.pk):
            write()
        assert isinstance(denied.value.__cause__, psycopg.errors.InsufficientPrivilege)
