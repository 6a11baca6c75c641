"""The words of an import's report: what is odd, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports import delimited

WORDS = {
    # the whole file
    **delimited.WORDS,
    "not_a_table": (_("This is not a table."), _("Send a CSV file whose first line names the columns.")),
    "two_meanings": (_("Two columns mean the same."), _("Say it of one of them.")),
    "says_where": (
        _("This column says where a shelter stands. It is never kept."),
        _("Leave it out of the mapping."),
    ),
    # one row
    "identity_actual": (
        _("Places there are not places taken plus places free. This row was left out."),
        _("Correct one of the three numbers."),
    ),
    "over_capacity": (
        _("More places were taken than there were. The night is kept, with nothing free."),
        _("Nothing to do, if it was so."),
    ),
    "identity_funded": (
        _("Places funded are not places there plus places out of use. This row was left out."),
        _("Correct one of the three numbers."),
    ),
    "identity_coded": (
        _("The outcomes don’t add up to the calls noted. This row was left out."),
        _("Correct the sum or an outcome."),
    ),
    "identity_handled": (
        _("More outcomes were noted than calls answered. This row was left out."),
        _("Correct one of the two numbers."),
    ),
    "no_date": (_("There is no date. This row was left out."), _("Write the day as 2026-11-22.")),
    "bad_date": (
        _("This is not a day we can read. This row was left out."),
        _("Write the day as 2026-11-22."),
    ),
    "ambiguous_date": (
        _("This can be two different days. This row was left out."),
        _("Say when importing whether the day or the month comes first, or write it as 2026-11-22."),
    ),
    "not_yet": (_("This day has not come, or is long past. This row was left out."), _("Correct the year.")),
    "no_programme": (_("No programme is named. This row was left out."), _("Give its name or its number.")),
    "no_numbers": (
        _("There is no number in this row. It was left out."),
        _("Say at least how many places there were and how many were taken."),
    ),
    "missing_number": (_("This number is missing. This row was left out."), _("Fill it in, or 0 for none.")),
    "bad_number": (
        _("This should be a whole number. This row was left out."),
        _("Write it with digits only."),
    ),
    "negative": (
        _("There can’t be fewer than no places. This row was left out."),
        _("Correct the number below zero."),
    ),
    "bad_unit": (_("This says neither beds nor rooms. This row was left out."), _("Write beds or rooms.")),
    "too_long": (_("This is longer than a name. This row was left out."), _("Shorten it to 300 letters.")),
    "twice": (
        _("This night of this programme stands on an earlier line too. This row was left out."),
        _("Keep one of the two."),
    ),
    "twice_day": (
        _("This day stands on an earlier line too. This row was left out."),
        _("Keep one of the two."),
    ),
    "more": delimited.MORE,
}


def words_for(code: str) -> tuple[object, object]:
    """Return what is odd and what to do, for a code."""
    return WORDS.get(code, (code, ""))
