"""Never a case note.

From the evidence no file can be reached, by import, by address, by key or by row (practice.md 6).
"""

from __future__ import annotations

import grimp
import pytest
from django.apps import apps
from django.db import connection

from alongside.evidence import urls
from alongside.evidence.tests.people import ready, scene
from alongside.kernel import ctx
from alongside.kernel.rls.models import FileRow, Sealed
from alongside.referrals.tests import cast

OF_FILES = ("files", "plans", "referrals", "consent", "beds")


def test_nothing_here_knows_what_a_file_is():
    graph = grimp.build_graph("alongside", exclude_type_checking_imports=False, cache_dir=None)
    ours = [name for name in graph.modules if name.startswith("alongside.evidence") and ".tests" not in name]

    for name in [name for name in graph.modules if "tests" in name.split(".")]:
        graph.remove_module(name)

    reached = {name: graph.find_modules_directly_imported_by(name) for name in ours}
    assert not [(name, to) for name, all_ in reached.items() for to in all_ if to.split(".")[1] in OF_FILES]
    assert not [
        folder
        for folder in OF_FILES
        if graph.chain_exists("alongside.evidence", f"alongside.{folder}", as_packages=True)
    ]


def test_no_address_and_no_table_leads_to_one():
    assert not [
        pattern.name
        for pattern in urls.urlpatterns
        if "file_id" in str(pattern.pattern) or "files" in str(pattern.pattern)
    ]
    for model in apps.get_app_config("evidence").get_models():
        assert not issubclass(model, FileRow)
        assert not [
            field
            for field in model._meta.get_fields()
            if field.is_relation and field.related_model and field.related_model._meta.app_label != "evidence"
        ]
        assert "file_id" not in {field.column for field in model._meta.concrete_fields}


@pytest.mark.django_db
def test_an_editor_sees_no_row_of_any_file():
    there = scene()
    maya = cast.worker(there.agency, "Maya")
    asked = cast.agency("Harbour")
    of = cast.file(maya)
    cast.priority(of, maya)
    cast.request(of, maya, asked)
    tables = [model for model in apps.get_models() if issubclass(model, FileRow)]
    assert tables

    with ctx.as_worker(maya.pk):
        assert any(model.objects.exists() for model in tables)
    with ctx.as_worker(there.ana.pk), connection.cursor() as cursor:
        for table in [*(model._meta.db_table for model in tables), "files_file"]:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table


@pytest.mark.django_db
def test_a_worker_with_files_sees_no_row_of_the_evidence():
    there = scene()
    ready(there)

    for role in ("caseworker", "leader", "privacy-officer", "administrator", "data-steward"):
        with ctx.as_worker(cast.worker(there.agency, "Maya", role).pk), connection.cursor() as cursor:
            for model in apps.get_app_config("evidence").get_models():
                cursor.execute(f"select count(*) from {model._meta.db_table}")
                assert cursor.fetchone() == (0,), (role, model)


def test_what_is_sealed_here_is_sealed_under_its_own_key():
    """A key for each source and each study: no sealed column of the evidence hangs on anything else."""
    holding = [
        model
        for model in apps.get_app_config("evidence").get_models()
        if any(isinstance(field, Sealed) for field in model._meta.concrete_fields)
    ]

    assert {model.__name__ for model in holding} == {"Source", "Identifier", "Code", "Memo", "Exchange"}
    assert all(isinstance(model.file_id, property) for model in holding)
