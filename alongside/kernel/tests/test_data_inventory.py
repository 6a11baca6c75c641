"""The page that says what a demand for the database would yield is complete, and is what the models say."""

from pathlib import Path

import pytest
from django.conf import settings

from alongside.kernel import data_inventory as inventory
from alongside.kernel.management.commands.demand import PAGES
from alongside.kernel.rls.declarations import Record, declared
from tests.examples import examples

CATALOGUE = """
    select c.oid::regclass::text, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and c.relnamespace::regnamespace::text in ('public', 'ctx')
"""


@pytest.mark.parametrize("language", PAGES)
def test_the_page_in_the_documentation_is_what_the_models_say(language):
    assert (Path(settings.ROOT) / PAGES[language]).read_text() == inventory.page(language), (
        "write it anew: alongside demand --write"
    )


def test_every_table_says_what_a_row_of_it_gives_away():
    assert [table for table in inventory.columns() if not inventory.tells(table)] == []


def test_every_column_that_is_not_opaque_says_what_it_tells():
    assert [
        f"{column.table}.{column.name}"
        for each in inventory.columns().values()
        for column in each
        if column.is_silent
    ] == []


def test_no_words_are_kept_for_a_column_that_is_gone():
    columns = inventory.columns()
    there = {(table, column.name) for table, each in columns.items() for column in each}

    assert [
        (table, name)
        for table, said in declared().items()
        for name in said.columns
        if table in columns and (table, name) not in there
    ] == []


@pytest.mark.django_db
def test_no_column_of_the_database_is_left_out(superuser):
    told = {(table, column.name) for table, each in inventory.columns().items() for column in each}
    there = {
        row
        for row in superuser.execute(CATALOGUE).fetchall()
        if row[0].split("_")[0] not in inventory.PUBLIC or row[0] == inventory.SIGNED_IN
    }

    assert there - told == set()
    assert told - there == set()


ABOUT_SOMEBODY = {Record.FILE, Record.NAMELESS, Record.ACCESS}


def test_nothing_about_a_person_is_kept_as_plain_text():
    plain = {
        f"{table}.{column.name}"
        for table, columns in inventory.columns().items()
        if table in declared() and declared()[table].record in ABOUT_SOMEBODY
        for column in columns
        if column.kept == inventory.PLAIN and column.name != "handle"
    }

    # the machine's own words and letters
    assert plain == {column for given in examples().values() for column in given.plain}


def test_the_french_page_is_french():
    assert "Ce que donnerait une demande visant la base de données" in inventory.page("fr")
    assert "sealed" not in inventory.page("fr")
