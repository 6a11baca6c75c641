"""The operator is the second where an agency has nobody who could be: never the first, and never alone."""

import io

import pytest
from django.core.management import CommandError, call_command

from alongside.files import commands, queries
from alongside.files.tests import cast
from alongside.kernel import ctx, seal

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]


@pytest.fixture
def worker():
    return cast.worker(cast.agency("Riverside"))


@pytest.fixture
def file(worker):
    return cast.file(worker, called="Jo")


def destroy(file_id, *more: str) -> str:
    said = io.StringIO()
    call_command("key_destroy", str(file_id), *more, stdout=said)
    return said.getvalue()


def name_of(file, worker) -> str:
    with ctx.as_worker(worker.pk):
        return queries.person(worker, queries.get_file(worker, file.pk)).called


def test_it_is_shut_at_once_and_gone_a_day_later(file, worker, superuser):
    destruction = cast.ask_to_destroy(file, worker)
    assert name_of(file, worker) == "Jo"

    assert "is shut to everybody" in destroy(file.pk, "--yes")

    assert name_of(file, worker) == ""
    assert seal.keyring().holds(file.pk)
    cast.a_day_later(destruction)
    assert commands.finish_destructions() == 1
    assert name_of(file, worker) == ""
    assert not seal.keyring().holds(file.pk)
    said = (
        "select action, worker_id from trail_entry where action ~ 'destr|shred' and file_id = %s order by id"
    )
    assert superuser.execute(said, [file.pk]).fetchall() == [
        ("files.destruction_asked", worker.pk),
        ("files.destruction_confirmed", None),
        ("files.shredded", None),
    ]
    assert superuser.execute("select count(*) from files_searchterm").fetchone() == (0,)


@pytest.mark.parametrize(("typed", "shut"), [("{handle}", True), ("", False), ("Another Heron", False)])
def test_the_handle_has_to_be_typed(file, worker, monkeypatch, typed, shut):
    cast.ask_to_destroy(file, worker)
    monkeypatch.setattr("builtins.input", lambda _question: typed.format(handle=file.handle))

    if shut:
        destroy(file.pk)
    else:
        with pytest.raises(CommandError, match="Nothing was destroyed"):
            destroy(file.pk)

    assert (name_of(file, worker) == "") is shut


def test_what_nobody_asked_for_or_was_taken_back_is_not_the_operators_to_destroy(file, worker):
    with pytest.raises(CommandError, match="Nobody asks"):
        destroy(file.pk, "--yes")
    destruction = cast.ask_to_destroy(file, worker)
    with ctx.as_worker(worker.pk):
        commands.undo_destruction(destruction=destruction, by=worker)

    with pytest.raises(CommandError, match="Nobody asks"):
        destroy(file.pk, "--yes")

    assert name_of(file, worker) == "Jo"
