"""The words of an import's report: what is odd, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports import delimited

WORDS = {
    # the whole file
    **delimited.WORDS,
    "not_json": (_("The JSON ends or breaks here."), _("Export the file again; nothing of it was imported.")),
    "not_hsds": (
        _("This JSON holds no HSDS organization, service or service at location."),
        _("Choose a file that follows HSDS 3.1."),
    ),
    "too_deep": (_("Records are nested too deep."), _("Export the file again as HSDS 3.1.")),
    "not_zip": (_("The archive can't be opened."), _("Make the zip again and send it.")),
    "no_tables": (
        _("There is no HSDS table in the archive."),
        _("It should hold files such as services.csv and organizations.csv."),
    ),
    "not_xml": (_("The XML breaks here."), _("Export the file again; nothing of it was imported.")),
    "entities": (
        _("The XML declares entities or a document type."),
        _("Export it without; they are never read."),
    ),
    "not_airs": (_("This XML is not AIRS: it should begin with Source."), _("Choose an AIRS 3 export.")),
    "unknown_format": (
        _("The file is none of the kinds we read."),
        _("HSDS (JSON, CSV tables or zip), AIRS XML, or CSV with a mapping."),
    ),
    # one line
    "no_name": (_("There is no name. This row was left out."), _("A name is the only thing an entry needs.")),
    "twice": (
        _("This row has the same number as an earlier one. The later one counts."),
        _("Give each row its own number."),
    ),
    "no_key": (
        _("There is no number of its own. The name and place stand for it."),
        _("Give each row its own number, so that changing its name updates it."),
    ),
    "unplaced": (
        _("No census division could be found for this place."),
        _("Write the name of the municipality, or give its point on the map."),
    ),
    "placed_by_spelling": (
        _("The place is spelled differently from any we know; the nearest spelling was taken."),
        _("Check the division."),
    ),
    "placed_by_point": (
        _("The place isn't in our list; the division of its neighbours on the map was taken."),
        _("Check the division."),
    ),
    "place_disagrees": (
        _("The name of the place and its point on the map are far apart. The name was followed."),
        _("Check both."),
    ),
    "not_in_ontario": (
        _("The point on the map is outside Ontario."),
        _("Check the coordinates; they were left out."),
    ),
    "bad_number": (_("This should be a number. It was set aside."), _("Write it with digits.")),
    "bad_date": (_("This should be a date. It was set aside."), _("Write it as 2026-11-22.")),
    "bad_value": (
        _("HSDS doesn't allow this value here. It was set aside and is kept."),
        _("See the field in HSDS 3.1."),
    ),
    "bad_postal_code": (
        _("This isn't a Canadian postal code. It was kept as it is."),
        _("It should look like A1A 1A1."),
    ),
    "hours_in_words": (
        _("These hours could not be read as a week. They are kept as words, and nothing is said to be open."),
        _("Write the days, and the times as 09:00 and 17:00."),
    ),
    "unknown_type": (
        _("We have no word of our own for this kind of service."),
        _("It is found by its name; add the kind to the mapping."),
    ),
    "unknown_language": (
        _("We don't know this language by that name."),
        _("It is kept; write its name in English or its code."),
    ),
    "dangling": (
        _("It belongs to a record that isn't in the file. It was kept by itself."),
        _("Export the file again with that record."),
    ),
    "table_not_read": (
        _("We don't read this table. Nothing of it was imported."),
        _("Check whether anything in it matters; add it by hand, or put it in a table of HSDS 3."),
    ),
    "column_not_read": (
        _("We don't read this column. It is kept with the record, and shown and searched nowhere."),
        _("Check whether anything in it matters; HSDS 3 may have a column for it."),
    ),
    "record_not_read": (
        _("This is no HSDS record we know. It was left out."),
        _("Check whether anything in it matters; HSDS 3 may have a place for it."),
    ),
    "kept_hidden": (
        _("Somebody here hid where this is. It stays hidden, whatever the list says."),
        _("To show it again, change the entry."),
    ),
    "hidden_address": (_("The address is confidential. It was not stored."), _("Nothing to do.")),
    "hidden_phone": (_("A telephone number is confidential. It was not stored."), _("Nothing to do.")),
    "hidden_contact": (_("A name or contact is confidential. It was not stored."), _("Nothing to do.")),
    "excluded": (_("The record says it may not be in a directory. It was left out."), _("Nothing to do.")),
    "more": delimited.MORE,
}
REFUSES = frozenset(list(WORDS)[: list(WORDS).index("no_name")])


def words_for(code: str) -> tuple[Any, Any]:
    """Return what is odd and what to do, for a code."""
    return WORDS.get(code, (code, ""))
