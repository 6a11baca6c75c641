"""Where somebody hid by hand where a place is, no output tells it: now, and when its list comes again."""

import json
import re

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.directory import commands
from alongside.directory.formats import mappings
from alongside.directory.models import Entry, ReportLine
from alongside.directory.tests import test_withheld as lists
from alongside.directory.tests.test_changing import posted
from alongside.directory.tests.test_confidential_lists import asked, said
from alongside.kernel import ctx
from tests import databases

pytestmark = pytest.mark.django_db
STREET = "77 Quillfeather Lane"
OTHERWISE = (b"ing ", b"ing softly ")
TOLD = re.compile(r"quillfeather|q9z\W*8x7|49\.76543|94\.48765", re.I)


def openly(words):
    """A list of `test_withheld` that hides nothing."""
    content, kind, mapping = words(STREET, "")
    for hides, shows in (
        (b"<Confidential>true</Confidential>", b""),
        (b"<ReasonWithheld>shelter</ReasonWithheld>", b""),
        (b",yes,", b",no,"),
    ):
        content = content.replace(hides, shows)
    return content, kind, mapping


@pytest.fixture(params=[lists.hsds, lists.airs, lists.mapped], ids=["hsds", "airs", "csv"])
def brought(request, maya, monkeypatch):
    """A list with one house whose address is public; how it is imported, once more or otherwise."""
    content, kind, mapping = openly(request.param)

    def bring(change=(b"", b"")):
        with monkeypatch.context() as patch:
            patch.setitem(mappings.shipped_mappings(), "private", lists.MAPPING)
            return commands.import_file(
                content=content.replace(*change) if change[0] else content,
                source_name="A list",
                mapping=mapping,
                agency_id=maya.agency_id,
                kind=kind,
            )

    assert bring().state == "done"
    return bring


def told(page, superuser):
    """Where it is told: every address, every record of the API, every table."""
    found = [path for path in {*asked(page)} if TOLD.search(said(page, path))]
    for table, _full in superuser.execute(databases.TABLES).fetchall():
        rows = superuser.execute(f"select row_to_json(t)::text from {table} t").fetchall()
        found += [table for (row,) in rows if TOLD.search(row)]
    return found


@pytest.mark.costly("every address of the directory, every record and every table, three times")
@pytest.mark.parametrize("how", ["area_only", "withheld"])
def test_what_was_hidden_by_hand_is_told_nowhere_and_no_list_shows_it_again(brought, page, superuser, how):
    assert {"directory_entry"} < set(told(page, superuser)), "before, it is told"
    entry = Entry.objects.get()

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, disclosure=how))
    at_once = told(page, superuser)
    again, changed = brought(), brought(OTHERWISE)

    assert at_once == []
    assert told(page, superuser) == []
    assert (again.state, again.unchanged, changed.updated) == ("done", 1, 1)
    kept = Entry.objects.get()
    assert (kept.disclosure, "softly" in str(kept.details)) == (how, True)
    assert ReportLine.objects.filter(run=changed, code="kept_hidden").count() == 1
    report = page.get(reverse("directory:import", args=[changed.pk])).text
    assert "Somebody here hid where this is" in report


def test_every_service_at_a_place_that_was_hidden_is_hidden(maya, page, superuser):
    service = json.loads(openly(lists.hsds)[0])
    (there,) = service["service_at_locations"]
    second = there | {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1766"}
    content = json.dumps(service | {"service_at_locations": [there, second]}).encode()
    commands.import_file(content=content, source_name="A list", agency_id=maya.agency_id)
    entry, _other = Entry.objects.all()

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, disclosure="withheld"))

    assert told(page, superuser) == []
    assert [each.disclosure for each in Entry.objects.all()] == ["withheld", "withheld"]


def test_what_a_human_shows_again_a_list_may_show(brought, page, superuser):
    entry = Entry.objects.get()
    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, disclosure="withheld"))
    entry.refresh_from_db()

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, disclosure="public"))
    run = brought(OTHERWISE)

    assert not ReportLine.objects.filter(run=run, code="kept_hidden").exists()
    assert told(page, superuser)


def test_who_looks_after_no_lists_shows_no_place_again_and_brings_no_record(brought, maya):
    """By SQL as `app`: whoever may change an entry takes out of the records behind it, and no more."""
    companion = cast.worker(maya.agency, "Sol", "companion")
    with databases.without_triggers() as superuser:
        hides = superuser.execute("update directory_location set disclosure = 'withheld'").rowcount

    add = (
        "insert into directory_organization (id, source_id, key, data)"
        " select gen_random_uuid(), id, 'new', '{}' from directory_source limit 1"
    )
    show = "update directory_location set disclosure = 'public'"
    for attempt in (add, show) if hides else (add,):
        with pytest.raises(DatabaseError, match=r"nobody who may|only whoever"), ctx.as_worker(companion.pk):
            connection.cursor().execute(attempt)
