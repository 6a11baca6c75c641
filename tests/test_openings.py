"""Whatever is opened in a file is on the trail: who, when, in which file, which kind (PHIPA s.10.1).

Every address there is, is asked for; what the cipher opened there is compared with what the trail says. A new
page is looked at by being there.
"""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.test import Client
from psycopg import sql

from alongside.agencies.tests import cast
from alongside.kernel import seal
from alongside.trail import actions
from tests import databases
from tests.addresses import addresses, filled
from tests.examples import build, tables_of_a_file
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    return build("on_every_page")


@pytest.fixture
def opened(monkeypatch):
    """What the cipher opens: table, column, row and file stand in what it authenticates."""
    found: set[tuple[str, str, str, str]] = set()

    class Watched:
        def __init__(self, key):
            self.cipher = AESGCM(key)

        def encrypt(self, nonce, data, associated_data):
            return self.cipher.encrypt(nonce, data, associated_data)

        def decrypt(self, nonce, data, associated_data):
            table, column, row, file = associated_data.decode().split("|")
            found.add((table, column, row, file))
            return self.cipher.decrypt(nonce, data, associated_data)

    monkeypatch.setattr(seal, "AESGCM", Watched)
    return found


def kind(table, column, row):
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    if own := model._meta.get_field(column).kind:
        return own
    if "kind" in {field.name for field in model._meta.fields}:
        of = sql.SQL("select kind from {} where id = %s").format(sql.Identifier(table))
        return databases.superuser().execute(of, [row]).fetchone()[0]
    return model._meta.model_name


def trail(who):
    """What the trail says of somebody's looks, from the first."""
    rows = "select action, file_id::text, item_kind, xid from trail_entry where worker_id = %s order by at"
    return [
        entry
        for entry in databases.superuser().execute(rows, [who.pk]).fetchall()
        if entry[0] in actions.looks()
    ]


def pages(scene):
    for name, paths in addresses().items():
        for path in paths:
            for ids in scene.pages.get(name, [{}]):
                yield path, filled(path, scene.ids | ids)


@pytest.mark.costly("every address there is, as two people")
@pytest.mark.parametrize("role", ["caseworker", "hospital"])
def test_nothing_is_opened_that_is_not_on_the_trail(scene, opened, role):
    who, ours = scene.people[role], set(tables_of_a_file())
    client, ever = cast.sign_in(Client(), who), 0
    for path, address in pages(scene):
        if path in ("/exit", "/account/logout"):
            continue
        before = len(trail(who))
        opened.clear()
        client.get(address)

        entries = trail(who)
        words = {(file, kind(t, column, row)) for t, column, row, file in opened if t in ours}
        ever += len(words)
        assert words <= {(file, item_kind) for _, file, item_kind, _ in entries}, address
        if "<" not in path:  # a list: each time, and apart from readings
            listed = [entry for entry in entries[before:] if entry[0] in actions.lists()]
            assert words <= {(file, item_kind) for _, file, item_kind, _ in listed}, address
            assert len(listed) == len(entries) - before, address
    assert ever > 20 or role != "caseworker"
