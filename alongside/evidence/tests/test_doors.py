"""Who comes to which page: editors of the agency, and to everybody else none of it exists."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.roles import Role
from alongside.agencies.tests import cast
from alongside.evidence import commands, urls
from alongside.evidence.tests.people import brought, code, coded, does, ready, scene
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
OTHERS = sorted(set(Role.values) - {"editor"})
GET_ONLY = {
    "studies",
    "study",
    "versions",
    "version",
    "uncoded",
    "codebook",
    "codebook_csv",
    "passages_csv",
    "code",
    "theme",
}
POST_ONLY = {
    "study_closure",
    "mark",
    "finish",
    "undo",
    "blind_coding",
    "code_place",
    "code_merge",
    "code_retirement",
}


@pytest.fixture
@frozen
def full():
    """One of everything."""
    there = scene()
    there.person = does(
        there.ana,
        commands.add_participant,
        study_id=there.study.pk,
        facts={"role": "social service provider", "speaks_as": "provider"},
    )
    there.source, there.raw = ready(there), brought(there)
    there.code = code(there, is_theme=True)
    there.coding = coded(there, there.source, there.code, "Trust is what helped")
    there.memo = does(
        there.ana,
        commands.write_memo,
        study_id=there.study.pk,
        words="One person.",
        coding_id=there.coding.pk,
    )
    there.ids = {
        "study_id": there.study.pk,
        "participant_id": there.person.pk,
        "source_id": there.source.pk,
        "coding_id": there.coding.pk,
        "memo_id": there.memo.pk,
        "code_id": there.code.pk,
        "number": 1,
    }
    return there


def own(name):
    return name in {pattern.name for pattern in urls.urlpatterns}


def address(pattern, ids):
    wanted = {name: ids[name] for name in pattern.pattern.converters}
    return reverse(f"evidence:{pattern.name}", kwargs=wanted)


OURS = [
    pattern
    for pattern in urls.urlpatterns
    if pattern.callback.__module__.rsplit(".", 1)[-1] in ("studies", "sources", "coding", "codebook")
]


@pytest.mark.parametrize("pattern", OURS, ids=lambda pattern: pattern.name)
def test_an_editor_comes_in_and_nobody_else(full, pattern):
    absent = {name: uuid.uuid4() if name != "number" else 99 for name in full.ids}
    method = "post" if pattern.name in POST_ONLY else "get"

    mine = getattr(cast.sign_in(Client(), full.luc), method)(address(pattern, full.ids))
    assert mine.status_code in (200, 302, 409, 422), pattern.name
    strangers = [
        cast.worker(cast.agency("Elsewhere"), "Eve", "editor"),
        *(cast.worker(full.agency, role.title(), role) for role in OTHERS),
    ]
    for who in strangers:
        client = cast.sign_in(Client(), who)
        elsewhere = "study_id" in pattern.pattern.converters or pattern.pattern.converters
        wanted = 404 if elsewhere or who.role != "editor" else 200
        assert getattr(client, method)(address(pattern, full.ids)).status_code == wanted, (
            pattern.name,
            who.role,
        )
        assert getattr(client, method)(address(pattern, absent)).status_code == wanted, (
            pattern.name,
            who.role,
        )


@pytest.mark.parametrize("pattern", OURS, ids=lambda pattern: pattern.name)
def test_a_page_to_look_at_writes_nothing(full, superuser, pattern):
    """Looking leaves every table of the evidence as it was.

    What only writes cannot be looked at, and the other way round.
    """
    client = cast.sign_in(Client(), full.ana)
    before = contents(superuser)

    looked = client.get(address(pattern, full.ids)).status_code

    assert contents(superuser) == before
    assert (looked == 405) == (pattern.name in POST_ONLY)
    if pattern.name in GET_ONLY:
        assert client.post(address(pattern, full.ids)).status_code == 405


def contents(superuser):
    tables = [
        name
        for (name,) in superuser.execute(
            "select c.relname from pg_class c where relkind = 'r' and relname ~ '^evidence_'"
        ).fetchall()
    ]
    assert len(tables) > 10
    return {
        name: superuser.execute(
            f"select md5(string_agg(t::text, '' order by t::text)) from {name} t"
        ).fetchone()
        for name in tables
    }


def test_nobody_is_let_in_without_signing_in(full):
    for pattern in OURS:
        answer = Client().get(address(pattern, full.ids))
        assert answer.status_code == 302, pattern.name
        assert answer.headers["Location"].startswith("/account/sign-in/"), pattern.name


def test_a_closed_study_can_be_read_and_not_changed(full):
    does(full.ana, commands.close_study, study_id=full.study.pk)
    client = cast.sign_in(Client(), full.ana)

    assert client.get(reverse("evidence:coding", args=[full.source.pk])).status_code == 200
    for name, id, words in (
        ("coding", full.source.pk, {"code": "1 trust"}),
        ("memos", full.study.pk, {"words": "no"}),
        ("code_retirement", full.code.pk, {"stands": "0"}),
        ("study_edit", full.study.pk, {"title": "Otherwise"}),
        ("blind_coding", full.source.pk, {}),
        ("undo", full.source.pk, {}),
    ):
        assert client.post(reverse(f"evidence:{name}", args=[id]), words).status_code == 409, name
