"""Who may do what, at every address and in every table of a file; a new one without its row fails.

The rows stand with each capability, in its `tests/examples.py`. The people: a caseworker of the custodian;
the same agency's colleague who is not on, companion, specialist, barred worker, privacy officer, leader,
administrator, evidence editor and data steward; an agency with a live agreement, in the role it names and in
another; agencies whose agreement expired, was withdrawn, was followed by "not them"; one never asked; a
criminal-legal agency that was asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from alongside.agencies.tests import cast
from alongside.kernel import ctx
from alongside.kernel.capabilities import capabilities
from tests.addresses import LET_IN, addresses, filled, plain
from tests.examples import COLLEAGUE, Examples, addresses_of, build, examples, tables_of_a_file
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

ROOT = Path(__file__).resolve().parents[1]
DOORS = {name: door for given in examples().values() for name, door in given.doors.items()}
SEEN = {table: who for given in examples().values() for table, who in given.seen.items()}
LABELS = [config.label for config in capabilities()]


@pytest.fixture
@frozen
def scene():
    """One file, and everybody who ever came near it or didn't."""
    return build("around_a_file")


def unsaid(label: str, given: Examples | None) -> list[str]:
    """What a capability with addresses has not said of them, in words."""
    names = set(addresses_of(label))
    if not names:
        return []
    if given is None:
        return [
            f"alongside/{label} has addresses and no tests/examples.py: who is let in, and what is looked at?"
        ]
    elsewhere = names - set(given.doors)
    return [
        *(
            [f"nobody says who is let in at {', '.join(sorted(elsewhere))}: DOORS, or DOORS_IN"]
            if elsewhere and not given.doors_in
            else []
        ),
        *(
            f"{name} is no address of alongside/{label}"
            for name in sorted({*given.doors, *given.not_pages} - names)
        ),
        *(f"{test} is not there" for test in (*given.doors_in, *given.looked_at_in) if not _is_there(test)),
    ]


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return (ROOT / path).exists() and f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("label", LABELS)
def test_every_capability_says_who_is_let_in_at_its_addresses(label):
    assert unsaid(label, examples().get(label)) == []


def test_a_capability_that_says_nothing_of_its_addresses_is_noticed():
    label = next(label for label in LABELS if examples()[label].doors)

    assert "no tests/examples.py" in unsaid(label, None)[0]
    assert "nobody says who is let in" in unsaid(label, Examples())[0]
    assert unsaid(label, Examples(doors_in=("tests/test_none.py::test_none",))) == [
        "tests/test_none.py::test_none is not there"
    ]


def test_nobody_names_what_there_is_not():
    labels = {config.label for config in capabilities()}

    assert set(examples()) <= labels
    assert set(DOORS) <= set(addresses())


@pytest.mark.costly("every address for every role, over one scene")
def test_who_may_read_where(scene):
    for who, worker in scene.people.items():
        client = cast.sign_in(Client(), worker)
        for name, (method, allowed) in DOORS.items():
            if method == "get":
                _check(client, scene, who, name, method, allowed)


@pytest.mark.parametrize("name", sorted(name for name, (method, _) in DOORS.items() if method == "post"))
def test_who_may_do(scene, name):
    method, allowed = DOORS[name]
    for who, worker in scene.people.items():
        _check(cast.sign_in(Client(), worker), scene, who, name, method, allowed)


def _check(client, scene, who, name, method, allowed):
    for path in addresses()[name]:
        answer = getattr(client, method)(filled(path, scene.ids))
        asked_why = _asks_why(answer)
        let_in = answer.status_code in LET_IN and not asked_why
        assert let_in == (who in allowed), f"{who} at {path}: {answer.status_code}"
        assert not asked_why or who in COLLEAGUE, f"{who} learns of the file at {path}"
        if "<uuid" in path and not let_in and not asked_why:
            absent = getattr(client, method)(filled(path, {}))
            assert answer.status_code == absent.status_code == 404
            assert plain(answer) == plain(absent), f"{who} could tell forbidden from absent at {path}"


def _asks_why(answer):
    """Whether a colleague to whom the file doesn't open is led to where they say why."""
    led = answer.status_code == 302 and answer["Location"].endswith("/justification")
    return led or (answer.status_code == 403 and b"/justification" in answer.content)


def test_nobody_is_let_in_without_signing_in(scene):
    for name, (method, _allowed) in DOORS.items():
        answer = getattr(Client(), method)(filled(addresses()[name][0], scene.ids))

        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/account/sign-in/"), name


def test_every_table_of_a_file_says_who_sees_a_row_of_it():
    assert set(tables_of_a_file()) == set(SEEN)


def test_who_sees_a_row_of_which_table(scene):
    models = {model._meta.db_table: model for model in apps.get_models()}
    for who, worker in scene.people.items():
        with ctx.as_worker(worker.pk):
            for table, allowed in SEEN.items():
                named = (
                    "file_id"
                    if any(field.attname == "file_id" for field in models[table]._meta.fields)
                    else "id"
                )
                found = models[table].objects.filter(**{named: scene.ids["file_id"]}).exists()
                assert found == (who in allowed), f"{who} in {table}"
