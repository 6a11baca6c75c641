"""Comma-separated text, read strictly: every line counted, every column there, nothing guessed."""

import csv
import io

from alongside.directory.formats.records import Broken

MOST_ROWS = 400_000
csv.field_size_limit(1_000_000)


def text_of(content):
    """Return bytes as text: UTF-8, or Windows letters where it can't be.

    :raises Broken: if it is neither
    """
    if not content.strip():
        raise Broken("empty")
    if b"\x00" in content:
        raise Broken("not_text", line=content[: content.index(b"\x00")].count(b"\n") + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            raise Broken("not_text", line=content[: error.start].count(b"\n") + 1) from None


def heading_of(content):
    """Return the names of the columns.

    :raises Broken: if the first line names none
    """
    reader = csv.reader(io.StringIO(text_of(content), newline=""), strict=True)
    try:
        heading = [name.strip() for name in next(reader, [])]
    except csv.Error:
        raise Broken("quotes", line=1) from None
    if not any(heading) or len(set(heading)) != len(heading) or "" in heading[:-1]:
        raise Broken("no_heading", line=1)
    return heading


def rows_of(content):
    """Yield `(line number, row)` of a table with a heading; `row` is a list as long as the heading.

    :raises Broken: at the first line that isn't one
    """
    heading = heading_of(content)
    reader = csv.reader(io.StringIO(text_of(content), newline=""), strict=True)
    width, line, count = len(heading), 0, 0
    try:
        next(reader)
        line = reader.line_num
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
