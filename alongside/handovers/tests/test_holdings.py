"""Whatever names a worker who has something to do is said to be held, so that it hangs nowhere."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from alongside.kernel.capabilities import capabilities, said_in
from alongside.kernel.holdings import holdings, settled
from alongside.kernel.rls.declarations import declared
from tests.examples import build
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """Everything there is around a file, and on the pages."""
    return build("around_a_file")


def columns():
    """Every column of a number or a list of numbers, by table."""
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and model._meta.db_table in declared()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField | models.ForeignKey) and field.column != "id"
    ]


def is_who_did_it(column):
    """Whether it says who did something, which stays as it was: `asked_by`, `given_by_id`."""
    return column.removesuffix("_id").endswith("_by")


def test_every_column_that_names_a_worker_is_held_or_settled(scene, superuser):
    known = {holding.name for holding in holdings()} | set(settled())
    workers = {id for (id,) in superuser.execute("select id from agencies_worker").fetchall()}
    silent = []
    for table, column in columns():
        if f"{table}.{column}" in known or is_who_did_it(column):
            continue
        found = superuser.execute(f'select distinct "{column}" from {table}').fetchall()
        if workers & {value for (value,) in found}:
            silent.append(f"{table}.{column}")

    assert silent == [], "say in the capability’s `holding` who holds it, or why nobody has anything to do"


def test_every_column_called_after_a_worker_is_held_or_settled():
    known = {holding.name for holding in holdings()} | set(settled())
    called = ("worker_id", "lead_id", "backup_id", "companion_id", "officer_id")
    named = {f"{table}.{column}" for table, column in columns() if column.endswith(called)}

    assert named <= known


def test_what_is_said_to_be_held_or_settled_is_there_and_each_capability_says_its_own():
    there = {f"{table}.{column}" for table, column in columns()}

    assert {holding.name for holding in holdings()} | set(settled()) <= there
    for config in capabilities():
        if module := said_in(config, "holding"):
            tables = {model._meta.db_table for model in config.get_models()}
            assert {holding.table for holding in module.HOLDINGS} <= tables
            assert {name.split(".")[0] for name in module.SETTLED} <= tables


def test_what_does_not_pass_says_who_hears_of_it():
    for holding in holdings():
        assert bool(holding.passing) != bool(holding.hears), holding.name
        assert holding.file or not holding.passing, "only what is of a file passes with it"
