"""Every code on the trail has its sentence in both languages, and there is no place for words."""

import ast
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from alongside.agencies.roles import Role
from alongside.kernel.capabilities import capabilities, said_in
from alongside.kernel.rls.models import Sealed
from alongside.trail import actions, queries
from alongside.trail.models import Entry

HOUSE = Path(actions.__file__).resolve().parents[1]
OPAQUE = (models.UUIDField, models.BigIntegerField, models.IntegerField, models.DateTimeField)
CODES = {"action", "role", "purpose", "item_kind"}


def noted() -> dict[str, str]:
    """Every code that the house notes, and where.

    The strings in the first argument of `note(…)` or `_note(…)`.
    """
    found = {}
    for path in HOUSE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and call.args and _name(call.func) in ("note", "_note", "listing"):
                found |= dict.fromkeys(_codes(call.args[0]), str(path))
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(argument: ast.expr) -> list[str]:
    return [
        node.value
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "." in node.value
        and node.value[-1] != "."
    ]


def test_every_code_that_is_noted_has_its_sentence():
    assert len(noted()) > 30
    assert set(noted()) - set(actions.sentences()) == set()


def kinds_of_sealed() -> set[str]:
    """Every kind of information that can be opened in a file, or in what has a key as a file has."""
    found = {"file"}
    for model in apps.get_models():
        columns = {field.name: field for field in model._meta.concrete_fields}
        for field in columns.values():
            if isinstance(field, Sealed) and hasattr(model, "file_id"):
                by_row = [code for code, _ in getattr(columns.get("kind"), "choices", None) or ()]
                found |= {field.kind} if field.kind else set(by_row) or {model._meta.model_name}
    return found


def test_every_kind_of_sealed_words_is_said_in_both_languages():
    assert len(kinds_of_sealed()) > 10
    assert kinds_of_sealed() == set(actions.kinds())
    for code, words in actions.kinds().items():
        with translation.override("en"):
            english = str(words)
        with translation.override("fr"):
            assert str(words) != english, code


def test_every_look_and_list_has_its_sentence():
    assert actions.looks() | actions.lists() <= set(actions.sentences())


def test_a_sentence_speaks_of_the_person_and_not_to_them():
    said = [str(words) for words in actions.sentences().values()]
    assert not [words for words in said if re.search(r"\byour?\b", words)]
    with translation.override("fr"):
        said = [str(words) for words in actions.sentences().values()]
    assert not [words for words in said if re.search(r"(?<!-)\b(?:vous|vos|votre)\b", words)]


def test_a_code_stands_in_its_own_capability():
    for config in capabilities():
        if module := said_in(config, "actions"):
            assert {code.split(".")[0] for code in module.ACTIONS} == {config.label}


@pytest.mark.parametrize("action", actions.sentences())
def test_every_sentence_is_said_in_both_languages(action):
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = actions.sentence(action, "Riverside", "caseworker")
            said[f"{language}, by itself"] = str(actions.sentences()[action]).replace("{who}", "")

    assert said["en, by itself"] != said["fr, by itself"]
    assert "{" not in "".join(said.values())


def test_every_role_is_said_in_french():
    with translation.override("fr"):
        said = [str(actions.ROLES[role]) for role in Role.values]

    assert "protection de la vie privée" in said


@pytest.mark.parametrize(
    ("agency", "role", "sentence"),
    [
        ("Riverside", "caseworker", "Somebody at Riverside (caseworker) read the introduction."),
        ("Riverside", "", "Somebody at Riverside read the introduction."),
        ("", "caseworker", "Somebody read the introduction."),
        ("", "operator", "The operator of this machine read the introduction."),
        ("{role}", "{who}", "Somebody at {role} read the introduction."),
    ],
)
def test_who_it_was_is_an_agency_and_a_role(agency, role, sentence):
    agency_id = uuid4()

    assert (
        queries.describe(Entry(action="referrals.read", agency_id=agency_id, role=role), {agency_id: agency})
        == sentence
    )


def test_a_code_without_words_is_said_to_be_one():
    assert "no words yet" in actions.sentence("nothing.done", "", "")


def test_the_log_has_no_place_for_names_or_free_text():
    fields = {field.name: field for field in Entry._meta.concrete_fields}

    assert {name for name, field in fields.items() if not isinstance(field, OPAQUE)} == CODES


@pytest.mark.django_db
@pytest.mark.parametrize("column", sorted(CODES))
def test_the_database_refuses_words_where_a_code_belongs(superuser, column):
    import psycopg

    columns = {"action": "files.read", "role": "", "purpose": "", "item_kind": ""} | {column: "Maya was here"}
    words = (
        "insert into trail_entry (id, xid, at, action, role, purpose, item_kind)"
        " values (gen_random_uuid(), 0, now(), %(action)s, %(role)s, %(purpose)s, %(item_kind)s)"
    )
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local session_replication_role = replica")  # no trigger sets anything right
        with pytest.raises(psycopg.errors.CheckViolation):
            superuser.execute(words, columns)
