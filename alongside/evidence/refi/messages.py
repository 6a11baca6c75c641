"""What the report of an exchange says: for each code what is so, and what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports import delimited

Words = tuple[str | Promise, str | Promise]

# Why a file is not taken at all.
REFUSED: dict[str, Words] = {
    "not_xml": (
        _("This is no codebook and no project: it isn’t XML."),
        _("Export it again as QDPX, QDE or QDC."),
    ),
    "not_zip": (_("This package is broken or locked."), _("Export it again without a password.")),
    "not_refi": (_("This is XML, but not of REFI-QDA."), _("Export it as a REFI-QDA project or codebook.")),
    "schema": (
        _("This element is not as the standard has it."),
        _("Export it again. If it stays so, tell whoever makes that program."),
    ),
    "entities": (
        _("The file brings definitions of its own (a document type). Those are never read."),
        _("Export it again without them."),
    ),
    "code_twice": (
        _("Two codes have the same GUID, so nobody could say which is meant."),
        _("Give one of them a new one in the other program."),
    ),
    "text_twice": (
        _("Two texts have the same GUID, so nobody could say which is meant."),
        _("Give one of them a new one in the other program."),
    ),
    "no_name": (_("A code has no name."), _("Name it in the other program.")),
    "name_too_long": (
        _("The name of a code is longer than 120 characters."),
        _("Shorten it, and put the rest into its description."),
    ),
    "both": (
        _("A text stands in the project and in a file beside it; the standard allows one of the two."),
        _("Export it again."),
    ),
    "not_utf8": (_("A text isn’t in UTF-8."), _("Export it again: the standard asks for UTF-8.")),
    "too_long": (_("A text is too long for one source."), _("Split it in the other program.")),
    "no_source": (
        _("A text can’t be brought in."),
        _("Take it out of the project, or bring it in by itself."),
    ),
    "no_project": (_("There is no project.qde in this package."), _("Export it again as QDPX.")),
    "outside": (
        _("The package names a file outside of itself. It was not opened."),
        _("Ask where it comes from."),
    ),
    "locked": (_("The package is locked with a password."), _("Export it again without one.")),
    "twice": (_("The package holds two files of one name."), _("Export it again.")),
    "bomb": (
        _("The package unpacks to far more than it holds. It was not opened."),
        _("Take pictures and sound out of it, and export it again."),
    ),
    "too_many_files": (
        _("There are too many files in this package."),
        _("Take pictures and sound out of it, and export it again."),
    ),
}

# What is taken otherwise than one might think.
SAID: dict[str, Words] = {
    "no_text": (
        _("The file speaks of a text it doesn’t hold."),
        _("It isn’t taken. Bring in the package (QDPX) to code it here."),
    ),
    "no_words": (_("The file speaks of a note it doesn’t hold."), _("It is kept as it came.")),
    "empty_text": (_("A text without words."), _("It isn’t taken.")),
    "rich_text": (
        _("A text came formatted as well."),
        _("Only the plain text is taken: names would be left in the other."),
    ),
    "outside_text": (_("A passage lies outside its text."), _("It is kept as it came, and shown nowhere.")),
    "no_code": (_("A passage without a code."), _("It is kept as it came, and goes out again.")),
    "code_missing": (
        _("A passage names a code that isn’t there."),
        _("It is kept as it came, and shown nowhere."),
    ),
    "code_here": (_("This code is in the study already."), _("It stays as it is here.")),
    "held": (
        _("There is no place for this here."),
        _("What of it is about codes is kept, sealed, and goes out again; what is about people isn’t taken."),
    ),
    "not_taken": (
        _("This may say who somebody is, and nobody could see to it here."),
        _("It isn’t taken, and goes out no more. Keep the file it came in if you need it."),
    ),
    "words_about": (
        _("A text or a passage has a name or a description of its own."),
        _("It isn’t taken, except a text’s name in which nobody is named. Write what matters as a memo."),
    ),
    "text_of": (
        _("The text of a recording, a PDF or a picture."),
        _("It is taken as a text like any other. The recording, PDF or picture itself isn’t taken."),
    ),
    "held_source": (
        _("A picture, a PDF, a sound or a film without its text."),
        _("It isn’t taken: who somebody is can’t be taken out of it here. Bring in its text."),
    ),
    "no_place": (
        _("A passage marked in a picture or on a page, or between two moments of a recording."),
        _("It has no place in the text, and isn’t taken. Mark its words here."),
    ),
}


def words_for(code: str) -> Words:
    """Return what is so, and what to do about it."""
    return REFUSED.get(code) or SAID.get(code) or delimited.WORDS.get(code) or delimited.WORDS["failed"]
