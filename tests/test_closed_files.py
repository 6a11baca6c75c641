"""Nothing is written into a file that is closed, or shut to be destroyed, or whose key was destroyed.

At every address a sentence, never a 500, never done. What is tried there stands with each capability, in
`WRITES` of its `tests/examples.py`: a new address of a file without its row fails. What ends, takes away,
answers or says "not them" stays possible, and says there why; nothing else does.
"""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from psycopg import sql

from alongside.agencies.tests import cast
from alongside.files import commands as files
from alongside.files.rules import CannotWrite
from alongside.files.tests import cast as file_cast
from alongside.kernel import clock, ctx
from tests import databases
from tests.addresses import addresses, filled
from tests.examples import Write, examples
from tests.test_access_matrix import DOORS, scene  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

SENTENCES = {
    "closed": "This file is closed",
    "shut": "This file is shut",
    "destroyed": "was destroyed",
}
NOT_DONE = {"closed": CannotWrite, "shut": (CannotWrite, ObjectDoesNotExist)}
NOTED_ANYWAY = re.compile(
    r"^(ctx\.|trail_|kernel_draft|django_session)"
)  # who reads is noted; none of it is of the file
WRITES = sorted(
    (write for given in examples().values() for write in given.writes), key=lambda write: bool(write.still)
)
READ_ONLY = {name for given in examples().values() for name in given.read_only}


def shape(path: str) -> str:
    """The address, whatever its ids are called."""
    return re.sub(r"<[^>]*>", "<>", path)


def test_every_address_around_a_file_says_what_is_written_there():
    around = {shape(path) for name in DOORS for path in addresses()[name]}
    read_only = {shape(path) for name in READ_ONLY for path in addresses()[name]}
    written = {shape(write.path) for write in WRITES}

    assert around - read_only == written - read_only
    assert written & read_only == set()


def end(scene, how):
    maya, file = scene.people["caseworker"], scene.made["file"]
    if how == "closed":
        with ctx.as_worker(maya.pk):
            files.close(file=file, by=maya, at=clock.now())
    else:
        (file_cast.shut if how == "shut" else file_cast.destroy)(file, maya)


def everything():
    """What stands in every table that holds something about somebody, as one mark for each."""
    names = [
        name
        for name, _full in databases.superuser().execute(databases.TABLES).fetchall()
        if not NOTED_ANYWAY.match(name)
    ]
    parts = (
        sql.SQL("select {}, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {} t").format(
            sql.Literal(name), sql.SQL(name)
        )
        for name in names
    )
    return dict(databases.superuser().execute(sql.SQL(" union all ").join(parts)).fetchall())


def told(write: Write, ids):
    """What is sent, with the ids that are there."""
    return {
        key: [filled(item, ids) for item in value] if isinstance(value, list) else filled(value, ids)
        for key, value in write.sends.items()
    }


@pytest.mark.costly("everything that is written around a file, as pages send it")
@pytest.mark.parametrize("how", SENTENCES)
def test_nothing_is_written_but_what_ends_or_takes_away(scene, how):
    clients = {who: cast.sign_in(Client(), scene.people[who]) for who in {write.by for write in WRITES}}
    for write in WRITES:
        if write.first:
            clients[write.by].post(filled(write.first, scene.ids))
    end(scene, how)
    for write in WRITES:
        before = everything()

        answer = clients[write.by].post(filled(write.path, scene.ids), told(write, scene.ids))

        still = write.when_shut if how == "shut" else write.still
        if still or (how == "closed" and write.still_closed):
            assert answer.status_code == 302, (write, answer.status_code)
            continue
        assert everything() == before, write
        gone = (how == "closed" and write.gone) or how == "shut"
        hidden = {403, 404, 422} if how == "shut" else {404} if gone else set()
        assert answer.status_code in {409} | hidden, (write, answer.status_code)
        assert gone or write.over or SENTENCES[how] in answer.content.decode(), write


@pytest.mark.costly("every page around a file, by everybody")
@pytest.mark.parametrize("how", SENTENCES)
def test_every_page_of_it_can_still_be_asked_for(scene, how):
    end(scene, how)
    client = cast.sign_in(Client(), scene.people["caseworker"])
    paths = {path for name in DOORS for path in addresses()[name]} | {write.path for write in WRITES}

    answers = {path: client.get(filled(path, scene.ids)).status_code for path in paths}

    to_the_file = {path for path, status in answers.items() if status == 302}
    assert all(path.endswith("/justification") for path in to_the_file), to_the_file
    assert set(answers.values()) <= {200, 302, 404, 405, 409}, answers
    for name in READ_ONLY:
        method, let_in = DOORS[name]
        if method == "get":
            for who in let_in & {"caseworker", "released"}:
                other = cast.sign_in(Client(), scene.people[who])
                (path,) = addresses()[name]
                hidden = {404} if how == "shut" else set()
                assert other.get(filled(path, scene.ids)).status_code in {200} | hidden, (name, who)


@pytest.mark.parametrize("how", ["closed", "shut"])
def test_no_command_writes_into_it_whoever_calls(scene, how):
    tries = [write for given in examples().values() if given.tries for write in given.tries(scene)]
    end(scene, how)

    for write in tries:
        with ctx.as_worker(scene.people["caseworker"].pk), pytest.raises(NOT_DONE[how]):
            write()
    assert len(tries) >= 8


def test_a_closed_file_is_opened_again_and_a_destroyed_one_is_not(scene, client):
    cast.sign_in(client, scene.people["caseworker"])
    address = filled("/files/<file_id>/closing", scene.ids)
    end(scene, "closed")

    refused = client.post(filled("/files/<file_id>/steps/new", scene.ids), {"words": "Call."})
    opened = client.post(address, {"act": "reopen"})
    assert opened.headers["Location"] == f"/files/{scene.ids['file_id']}"
    end(scene, "destroyed")

    assert address in refused.content.decode()  # what mends it, one press away
    assert opened.status_code == 302
    assert client.post(address, {"act": "reopen"}).status_code == 409
