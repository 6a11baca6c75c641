"""The operator destroys the key of one file, in the name of a worker who may see it."""

import io

import pytest
from django.core.management import CommandError, call_command

from alongside.files import queries
from alongside.files.tests import cast
from alongside.kernel import ctx, seal
from tests import keyrings

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]


@pytest.fixture
def worker():
    return cast.worker(cast.agency("Riverside"))


@pytest.fixture
def file(worker):
    return cast.file(worker, called="Jo")


def destroy(file_id, worker, *more: str) -> str:
    said = io.StringIO()
    call_command("key_destroy", str(file_id), "--by", worker.account.username, *more, stdout=said)
    return said.getvalue()


def name_of(file, worker) -> str:
    with ctx.as_worker(worker.pk):
        return queries.person(worker, queries.get_file(worker, file.pk)).called


def test_after_it_the_words_are_gone_and_the_trail_says_so(file, worker, superuser):
    assert name_of(file, worker) == "Jo"

    assert "is destroyed" in destroy(file.pk, worker, "--yes")

    assert name_of(file, worker) == ""
    assert not seal.keyring().holds(file.pk)
    assert superuser.execute(
        "select count(*) from trail_entry where action = 'files.shredded' and file_id = %s", [file.pk]
    ).fetchone() == (1,)
    assert superuser.execute("select count(*) from files_searchterm").fetchone() == (0,)


@pytest.mark.parametrize(("typed", "destroyed"), [("{handle}", True), ("", False), ("Another Heron", False)])
def test_the_handle_has_to_be_typed(file, worker, monkeypatch, typed, destroyed):
    monkeypatch.setattr("builtins.input", lambda _question: typed.format(handle=file.handle))

    if destroyed:
        destroy(file.pk, worker)
    else:
        with pytest.raises(CommandError, match="Nothing was destroyed"):
            destroy(file.pk, worker)

    assert seal.keyring().holds(file.pk) is not destroyed


@pytest.mark.parametrize("role", ["caseworker", "privacy-officer", "leader"])
def test_whoever_may_not_see_the_file_destroys_nothing(file, role):
    stranger = cast.worker(cast.agency("Elsewhere"), role=role)

    with pytest.raises(CommandError, match="no such file"):
        destroy(file.pk, stranger, "--yes")

    assert seal.keyring().holds(file.pk)


def test_an_earlier_try_that_met_a_held_keyring_says_so_and_is_finished(file, worker):
    with keyrings.held(), pytest.raises(CommandError, match="hidden from everybody, but the keyring"):
        destroy(file.pk, worker, "--yes")
    assert seal.keyring().holds(file.pk)
    assert name_of(file, worker) == ""

    assert "is destroyed" in destroy(file.pk, worker, "--yes")

    assert not seal.keyring().holds(file.pk)


def test_an_unknown_user_name_is_said_to_be_one(file):
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("key_destroy", str(file.pk), "--by", "nobody", "--yes")
