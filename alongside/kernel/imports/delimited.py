"""A table somebody sends (CSV), read strictly: every line counted, every column there, nothing guessed.

And the words for what is broken in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from _csv import _reader as Reader  # the csv module has no public name for it

MOST_ROWS = 400_000
SEPARATORS = ",;\t"
csv.field_size_limit(1_000_000)

# What can be wrong with a whole file, and what to do about it.
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "empty": (_("The file is empty."), _("Choose the file again.")),
    "too_big": (
        _("The file is too big."),
        _("Split it, or ask whoever runs this machine to import it with the command."),
    ),
    "not_text": (
        _("This isn't text in UTF-8 or Windows letters."),
        _("Save the file as CSV UTF-8 and send it again."),
    ),
    "bad_byte": (
        _("This line holds a letter that isn't UTF-8, in a file that otherwise is. Nothing was imported."),
        _("Correct the letters with accents on this line, save the file as CSV UTF-8 and send it again."),
    ),
    "columns": (
        _("This line has more or fewer columns than the first line."),
        _("Look for a missing quotation mark or comma."),
    ),
    "quotes": (
        _("A quotation mark is never closed, or closed in the wrong place."),
        _("Close it, and send the file again."),
    ),
    "no_column": (
        _("The column this mapping needs isn't in the file."),
        _("Choose another mapping, or say which column it is."),
    ),
    "no_heading": (
        _("The first line should name the columns."),
        _("Add a first line with the names of the columns."),
    ),
    "no_mapping": (_("A CSV file needs a mapping."), _("Choose one, or say which column means what.")),
    "too_many": (_("There are more rows than can be read at once."), _("Split the file.")),
    "lost": (_("The file is no longer here."), _("Send it again.")),
    "failed": (
        _("Something went wrong on our side."),
        _("Nothing was changed. Tell whoever runs this machine."),
    ),
    "stopped": (
        _("It was cut off in the middle, several times. Nothing was changed."),
        _("Send it again, perhaps in parts; if it stops again, tell whoever runs this machine the time."),
    ),
    "no_seat": (
        _("Whoever asked for it has left, or may not import any more. Nothing was changed."),
        _("Somebody who may import sends it again."),
    ),
    "not_begun": (
        _("Nobody began it within a week, and the file was thrown away."),
        _("Send it again when it is to be imported."),
    ),
}
MORE: tuple[str | Promise, str | Promise] = (
    _("There are more lines like these."),
    _("Mend these first, then import again."),
)


@dataclass(slots=True)
class Note:
    """One line of an import's report: where, which field, and the code of what is odd there."""

    line: int
    field: str
    code: str
    about: str = ""


class Broken(Exception):
    """The file can't be read as what it says it is; nothing of it is imported.

    `code` has its words in the folder that imports; `line` and `field` say where; `about` never holds what a
    withheld field said.
    """

    def __init__(self, code: str, *, line: int = 0, field: str = "", about: str = "") -> None:
        super().__init__(code)
        self.note = Note(line, field, code, about)


def text_of(content: bytes) -> str:
    """Return bytes as text: UTF-8, or Windows letters.

    :raises Broken: if it is neither, or one of the two with something else in it
    """
    if not content.strip():
        raise Broken("empty")
    if b"\x00" in content:
        raise Broken("not_text", line=_line_of(content, content.index(b"\x00")))
    return decoded(content)


def decoded(content: bytes) -> str:
    """Return bytes decoded: as UTF-8, or as Windows letters where most that isn't ASCII is no UTF-8.

    :raises Broken: if it is neither, or UTF-8 but for a few bytes: what those were isn't guessed
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
    if _is_mostly_utf_8(content):
        raise Broken("bad_byte", line=line)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Broken("not_text", line=line) from None


def _is_mostly_utf_8(content: bytes) -> bool:
    beyond_ascii = content.translate(None, bytes(range(128)))
    valid = content.decode("utf-8", "ignore").encode().translate(None, bytes(range(128)))
    return 2 * len(valid) >= len(beyond_ascii)


def _line_of(content: bytes, at: int) -> int:
    return len(content[: at + 1].splitlines())


def heading_of(content: bytes) -> list[str]:
    """Return the names of the columns.

    :raises Broken: if the first line names none
    """
    return _heading(_reader(text_of(content)))


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield `(line number, row)` of a table with a heading; `row` is a list as long as the heading.

    :raises Broken: at the first line that isn't one
    """
    reader = _reader(text_of(content))
    width, line, count = len(_heading(reader)), reader.line_num, 0
    try:
        for row in reader:
            begins, line = line + 1, reader.line_num
            if not row:
                continue
            if len(row) != width:
                raise Broken("columns", line=begins)
            count += 1
            if count > MOST_ROWS:
                raise Broken("too_many", line=begins)
            yield begins, row
    except csv.Error:
        raise Broken("quotes", line=line + 1) from None


def _reader(text: str) -> Reader:
    return csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_separator(text))


def _separator(text: str) -> str:
    """Whichever separator cuts the first line into most columns; a comma when none does."""
    first = text.lstrip("\r\n").split("\n", 1)[0].split("\r", 1)[0]

    def cuts(separator: str) -> int:
        return len(next(csv.reader([first], delimiter=separator), []))

    return max(SEPARATORS, key=cuts)


def _heading(reader: Iterator[list[str]]) -> list[str]:
    try:
        heading = [name.strip() for name in next(reader, [])]
    except csv.Error:
        raise Broken("quotes", line=1) from None
    if not any(heading) or len(set(heading)) != len(heading) or "" in heading[1:-1]:
        raise Broken("no_heading", line=1)
    return heading
