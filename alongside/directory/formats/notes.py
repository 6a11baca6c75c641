"""The words of an import's report: what is odd, and what to do about it."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # the whole file
    "empty": (_("The file is empty."), _("Choose the file again.")),
    "too_big": (_("The file is too big."), _("Split it, or ask whoever runs this machine to import it with the command.")),
    "not_text": (_("This isn't text in UTF-8 or Windows letters."), _("Save the file as CSV UTF-8 and send it again.")),
    "not_json": (_("The JSON ends or breaks here."), _("Export the file again; nothing of it was imported.")),
    "not_hsds": (_("This JSON holds no HSDS organization, service or service at location."), _("Choose a file that follows HSDS 3.1.")),
    "too_deep": (_("Records are nested too deep."), _("Export the file again as HSDS 3.1.")),
    "not_zip": (_("The archive can't be opened."), _("Make the zip again and send it.")),
    "no_tables": (_("There is no HSDS table in the archive."), _("It should hold files such as services.csv and organizations.csv.")),
    "not_xml": (_("The XML breaks here."), _("Export the file again; nothing of it was imported.")),
    "entities": (_("The XML declares entities or a document type."), _("Export it without; they are never read.")),
    "not_airs": (_("This XML is not AIRS: it should begin with Source."), _("Choose an AIRS 3 export.")),
    "columns": (_("This line has more or fewer columns than the first line."), _("Look for a missing quotation mark or comma.")),
    "quotes": (_("A quotation mark is never closed, or closed in the wrong place."), _("Close it, and send the file again.")),
    "no_column": (_("The column this mapping needs isn't in the file."), _("Choose another mapping, or say which column it is.")),
    "no_heading": (_("The first line should name the columns."), _("Add a first line with the names of the columns.")),
    "unknown_format": (_("The file is none of the kinds we read."), _("HSDS (JSON, CSV tables or zip), AIRS XML, or CSV with a mapping.")),
    "no_mapping": (_("A CSV file needs a mapping."), _("Choose one, or say which column means what.")),
    "too_many": (_("There are more rows than can be read at once."), _("Split the file.")),
    "lost": (_("The file is no longer here."), _("Send it again.")),
    "failed": (_("Something went wrong on our side."), _("Nothing was changed. Tell whoever runs this machine.")),
    # one line
    "no_name": (_("There is no name. This row was left out."), _("A name is the only thing an entry needs.")),
    "twice": (_("This row has the same number as an earlier one. The later one counts."), _("Give each row its own number.")),
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
    "placed_by_point": (_("The place isn't in our list; the division of its neighbours on the map was taken."), _("Check the division.")),
    "place_disagrees": (_("The name of the place and its point on the map are far apart. The name was followed."), _("Check both.")),
    "not_in_ontario": (_("The point on the map is outside Ontario."), _("Check the coordinates; they were left out.")),
    "bad_number": (_("This should be a number. It was set aside."), _("Write it with digits.")),
    "bad_date": (_("This should be a date. It was set aside."), _("Write it as 2026-11-22.")),
    "bad_value": (_("HSDS doesn't allow this value here. It was set aside and is kept."), _("See the field in HSDS 3.1.")),
    "bad_postal_code": (_("This isn't a Canadian postal code. It was kept as it is."), _("It should look like A1A 1A1.")),
    "unknown_type": (_("We have no word of our own for this kind of service."), _("It is found by its name; add the kind to the mapping.")),
    "unknown_language": (_("We don't know this language by that name."), _("It is kept; write its name in English or its code.")),
    "dangling": (_("It belongs to a record that isn't in the file. It was kept by itself."), _("Export the file again with that record.")),
    "hidden_address": (_("The address is confidential. It was not stored."), _("Nothing to do.")),
    "hidden_phone": (_("A telephone number is confidential. It was not stored."), _("Nothing to do.")),
    "hidden_contact": (_("A name or contact is confidential. It was not stored."), _("Nothing to do.")),
    "excluded": (_("The record says it may not be in a directory. It was left out."), _("Nothing to do.")),
    "more": (_("There are more lines like these."), _("Mend these first, then import again.")),
}
REFUSES = frozenset(list(WORDS)[: list(WORDS).index("no_name")])


def words_for(code):
    """Return what is odd and what to do, for a code."""
    return WORDS.get(code, (code, ""))
