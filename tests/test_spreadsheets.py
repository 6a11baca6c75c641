"""Whatever is taken along as a table opens in a spreadsheet without being taken for a formula."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.kernel import spreadsheets
from tests import databases
from tests.addresses import addresses, filled
from tests.examples import build
from tests.frozen import frozen

HOUSE = Path(spreadsheets.__file__).resolve().parents[1]
WRITES = {Path(spreadsheets.__file__).resolve()}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
TYPED = "=cmd|' /C calc'!A0"


def test_csv_is_written_in_one_place():
    found = {
        path
        for path in HOUSE.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("writer", "DictWriter")
            and isinstance(node.value, ast.Name)
            and node.value.id == "csv"
        )
        or (isinstance(node, ast.ImportFrom) and node.module == "csv")
    }

    assert found == WRITES


@given(st.lists(st.lists(st.text(max_size=12) | st.integers() | st.none()), max_size=4))
def test_no_text_in_a_table_is_a_formula(rows):
    written = spreadsheets.csv_of(rows)

    assert written.startswith(b"\xef\xbb\xbf")
    read = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    for row, cells in zip(rows, read, strict=False):
        for value, cell in zip(row, cells, strict=True):
            assert isinstance(value, int) or not cell.startswith(DANGEROUS)


@pytest.fixture
@frozen
def full(db):
    """A scene with everything in it, in which whatever is called something is called a formula."""
    scene = build("on_every_page")
    named = databases.superuser().execute(
        "select table_name, column_name from information_schema.columns c join pg_tables t"
        " on t.tablename = c.table_name and t.schemaname = 'public' where c.table_schema = 'public'"
        " and column_name in ('name', 'name_fr', 'face', 'title', 'organization_name', 'community', 'role')"
        " and data_type in ('text', 'character varying') and table_name ~ '^(directory|agencies|evidence)'"
        " and (table_name, column_name) not in (('agencies_worker', 'role'))"
    )
    for table, column in named.fetchall():
        with databases.without_triggers() as superuser:
            superuser.execute(f"update {table} set {column} = %s || {column} where {column} <> ''", [TYPED])
    return scene


@pytest.mark.django_db
def test_no_cell_of_a_table_that_somebody_of_the_scene_opens_is_a_formula(full):
    there = {name: paths for name, paths in addresses().items() if "csv" in name or "csv" in "".join(paths)}
    assert len(there) >= 7
    answered = {}
    for worker in full.people.values():
        client = cast.sign_in(Client(), worker)
        for name, paths in there.items():
            for path in paths:
                try:
                    at = filled(path, full.ids)
                except KeyError:
                    continue
                answer = client.get(at)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/csv"):
                    answered[name] = answer.content
    assert "directory:csv" in answered
    for name, content in answered.items():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                is_a_number = cell.lstrip("+-").replace(".", "", 1).isdigit()
                assert is_a_number or not cell.startswith(DANGEROUS), (name, cell)
    assert any(f"'{TYPED}" in content.decode("utf-8-sig") for content in answered.values())
