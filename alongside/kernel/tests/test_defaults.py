"""What a row may leave unsaid, the database says.

Rows written past the models don't break when a column is added.
"""

import pytest
from django.apps import apps
from django.db import models

ALWAYS_SAID = {"to_role"}  # an agreement that doesn't say for which role would be for every one
# Django asks a row back for what the database put in: here whoever writes may not read.
NOT_READ_BACK = {"trail_entry", "consent_notice", "gaps_gap"}
BUILT_IN_MEMORY = {"directory_entry"}  # thousands at once, copied in
TABLES = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("alongside.")
    and model._meta.db_table not in NOT_READ_BACK | BUILT_IN_MEMORY
]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_the_database_has_the_defaults(model):
    left_out = [
        field.name
        for field in model._meta.local_concrete_fields
        if field.name not in ALWAYS_SAID and not field.null and not field.has_db_default()
        if (field.has_default() and not callable(field.default))
        or (field.blank and isinstance(field, models.CharField | models.TextField))
    ]

    assert left_out == []


@pytest.mark.parametrize("table", sorted(NOT_READ_BACK))
def test_what_its_writer_may_not_read_has_no_default_of_the_databases(table):
    model = next(model for model in apps.get_models() if model._meta.db_table == table)

    assert not model._meta.db_returning_fields[1:], "the insert would be refused"
