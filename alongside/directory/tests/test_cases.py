"""Lists as others write them: what came in wrong once, each with its right answer."""

import json

import pytest

from alongside.directory import commands, queries
from alongside.directory.criteria import Asked
from alongside.directory.formats import feeds
from alongside.directory.formats.languages import code_of, codes_of
from alongside.directory.formats.marks import is_withheld
from alongside.directory.models import Entry
from alongside.kernel import clock, ctx
from alongside.kernel.imports.delimited import Broken, text_of
from tests.cases import case


def table(name):
    """A CSV file of a case, read through its mapping."""
    mapping = json.loads(case(f"{name}/mapping.json").read_text())
    return feeds.read(case(f"{name}/list.csv").read_bytes(), "csv", mapping=mapping)


def everything(feed):
    """All that a feed would store or say."""
    return repr((feed.documents, feed.entries, feed.notes))


def test_one_byte_that_is_not_utf_8_refuses_the_file_with_its_line():
    with pytest.raises(Broken) as broken:
        table("08-one-bad-byte")

    assert (broken.value.note.code, broken.value.note.line) == ("bad_byte", 3)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("line", range(1, 6))
def test_a_byte_in_any_line_is_named_by_its_line(ends, line):
    lines = ["Café", "Thérèse", "Hôtel", "ᐊᓂᔑᓈᐯ", "Zoé"]
    wrong = ends.encode().join(
        each.encode() + (b"\xe9" if number == line else b"") for number, each in enumerate(lines, 1)
    )

    with pytest.raises(Broken) as broken:
        text_of(wrong)

    assert (broken.value.note.code, broken.value.note.line) == ("bad_byte", line)


@pytest.mark.parametrize("words", ["Café Thérèse", "“Oui” – dit-elle", "É", "Œuvre à 5 €", "plain"])
def test_windows_letters_are_read_where_all_of_a_file_is_in_them(words):
    assert text_of(words.encode("cp1252")) == words
    assert text_of(words.encode()) == words


@pytest.mark.parametrize(
    "words",
    ["8075550199", "555-0199", "555.0199", "555 0199", "P9N1A1", "P9N 1A1", "129 Elm", "9 Elm", "elm street"],
)
def test_what_is_withheld_stands_nowhere_in_any_spelling(words):
    feed = feeds.read(case("05-withheld-address-in-another-spelling/airs.xml").read_bytes(), "airs")

    assert words.casefold() not in everything(feed).casefold()
    assert {entry.community or entry.division for entry in feed.entries} != {""}


def test_a_mark_that_is_not_plainly_a_no_hides():
    feed = table("06-confidential-in-other-words")

    assert [entry.disclosure for entry in feed.entries] == ["area_only"] * 10
    assert "Elm" not in everything(feed)
    assert [note.code for note in feed.notes].count("hidden_address") == 10


@pytest.mark.parametrize(
    ("mark", "hides"),
    [
        *(
            (no, False)
            for no in ("", " ", "N", "No.", "non", "0", "FALSE", "public", "Published", None, False, 0)
        ),
        *(
            (yes, True)
            for yes in ("y", "x", "✓", "on", "2", "C", "Conf.", "N/A", "unknown", "no address", True, 1)
        ),
    ],
)
def test_whatever_is_no_plain_no_is_a_yes(mark, hides):
    assert is_withheld(mark) is hides


def test_a_gap_does_not_point_at_what_it_hides():
    night, clinic, legal = table("25-redaction-that-points").entries

    assert night.disclosure == "area_only"
    assert "Main" not in repr(night)
    assert "Suite" not in repr(night)
    assert clinic.details["address"]["address_1"] == "40 Main Street"
    assert clinic.details["address"]["postal_code"] == "P0L 1Y0"
    assert clinic.details["description"] == "On Main Street by the dock"
    assert legal.details["address"]["address_2"] == "Suite 200"
    assert "[…]" not in repr((clinic, legal))


def test_another_record_that_names_the_hidden_street_is_wiped_and_keeps_its_own_address():
    rows = (
        "name,street,private,notes,phone\n"
        "Night house,12 Birch Rd.,yes,,\n"
        "Clinic,12 Birch Road,no,Two doors from 12 BIRCH ROAD,807-555-0100\n"
    )
    columns = {"name": "name", "address_1": "street", "confidential": "private", "description": "notes"}

    _night, clinic = feeds.read(rows.encode(), "csv", mapping={"columns": columns}).entries

    assert clinic.details["address"]["address_1"] == "12 Birch Road"
    assert clinic.details["description"] == "Two doors from […]"


def test_a_hidden_record_that_names_another_hidden_one_tells_neither():
    rows = (
        "name,street,private,notes\n"
        "Night house,12 Birch Rd.,yes,Full? Try 7 Cedar Lane\n"
        "Day house,7 Cedar Ln,yes,The night house is at 12 Birch Road\n"
    )
    columns = {"name": "name", "address_1": "street", "confidential": "private", "description": "notes"}

    feed = feeds.read(rows.encode(), "csv", mapping={"columns": columns})

    assert "Birch" not in everything(feed)
    assert "Cedar" not in everything(feed)


def test_languages_are_read_by_their_names_before_their_codes():
    languages = {entry.name: entry.languages for entry in table("07-asl-is-an-island").entries}

    assert languages == {
        "Sign desk": ("ase",),
        "Sign desk two": ("en", "fcs"),
        "Healing circle": ("en", "oj"),
        "North desk": ("en", "ojs"),
        "Settlement": ("en", "zh"),
        "Any desk": (),
        "All desk": (),
    }


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Ojibway", "oj"),
        ("Mohawk", "moh"),
        ("Persian", "fa"),
        ("Filipino", "tl"),
        ("francais", "fr"),
        ("English.", "en"),
        ("cri des marais", "csw"),
        ("Cantonese", "yue"),
        ("fr-CA", "fr"),
        ("No", None),
        ("yes", None),
        ("Wonderish", None),
    ],
)
def test_a_language_is_known_by_any_of_its_names(word, code):
    assert code_of(word) == code


def test_what_is_no_language_is_said():
    assert codes_of("English, Any; Wonderish") == (("en",), ["Any", "Wonderish"])


def test_a_service_that_is_closed_for_now_is_not_open(db):
    commands.import_file(
        content=case("11-temporarily-closed-looks-open/hsds.json").read_bytes(), source_name="A list"
    )

    entry = Entry.objects.get()
    assert queries.find(None, Asked(words=entry.name, open_now=True)).entries == []
    assert entry.pk in [found.pk for found in queries.find(None, Asked(words=entry.name)).entries]
    assert entry.details["closed_for_now"]


def test_a_service_that_opens_again_is_found_again_and_one_hidden_by_hand_stays_hidden(db):
    def brought_in(name):
        content = case(f"10-reopened-never-found/{name}.json").read_bytes()
        commands.import_file(content=content, source_name="A list")
        return len(queries.find(None, Asked(words="zzyx")).entries)

    assert [brought_in(name) for name in ("1-open", "2-closed", "3-open-again")] == [1, 0, 1]

    with ctx.as_operator():
        Entry.objects.update(hidden_at=clock.now())
    assert [brought_in(name) for name in ("2-closed", "1-open")] == [0, 0]
