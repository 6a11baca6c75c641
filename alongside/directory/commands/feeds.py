"""A feed written into the directory, whole or not at all: sets of rows, never one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from alongside.directory.formats.records import Document, Feed, Found, made_id
from alongside.directory.formats.withheld import hide_chosen
from alongside.directory.formats.words import words_of
from alongside.directory.models import Entry, Source

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


_LINKS = {
    "organization": (),
    "program": ("organization",),
    "location": ("organization",),
    "service": ("organization", "program"),
    "service_at_location": ("service", "location"),
    "taxonomy": (),
    "taxonomy_term": ("taxonomy",),
}
_TABLES = {kind: f"directory_{kind.replace('_', '')}" for kind in _LINKS}
_COLUMNS = (
    "id",
    "source_id",
    "agency_id",
    "organization_id",
    "service_id",
    "location_id",
    "name",
    "name_fr",
    "organization_name",
    "source_key",
    "community",
    "service_type",
    "needs",
    "flags",
    "languages",
    "minimum_age",
    "maximum_age",
    "division",
    "placed_by",
    "serves",
    "disclosure",
    "details",
    "words",
    "as_of",
    "digest",
    "closed_at",
    "neutral_name",
    "neutral_name_fr",
)
AT_ONCE = (
    200  # lines written together: few enough that the database takes them in while the next ones are made
)
_KEPT_BY_HAND = {"id", "source_id", "source_key", "agency_id", "neutral_name", "neutral_name_fr"}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})
_NULL = "\\N"
_AWKWARD = re.compile(r"[\\\n\r\x00]")
_dumps = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False
).encode


@transaction.atomic
def load(
    feed: Feed, *, source_name: str, agency_id: UUID | None = None, publisher: str = "", licence: str = ""
) -> tuple[int, int, int]:
    """Write a feed under its source's name and return `(added, updated, unchanged)` entries.

    What was there under the same source and key is updated; nothing is doubled; what the file no longer holds
    stays. Where something is that somebody hid by hand stays hidden until somebody shows it. The source is
    locked meanwhile.
    """
    source, _ = Source.objects.get_or_create(
        agency_id=agency_id, name=source_name, defaults={"publisher": publisher, "licence": licence}
    )
    Source.objects.select_for_update().get(pk=source.pk).save(update_fields=["updated_at"])
    _hide_what_was_hidden(feed, source)
    with connection.cursor() as cursor:
        _write_documents(cursor, feed.documents, str(source.pk))
        counts = _write_entries(cursor, feed.entries, str(source.pk), agency_id)
        _write_words(cursor, feed.entries)
        _write_openings(cursor, feed.entries, str(source.pk))
    return counts


def _hide_what_was_hidden(feed: Feed, source: Source) -> None:
    hidden = Entry.objects.filter(source=source).exclude(kept_disclosure="")
    chosen = dict(hidden.values_list("source_key", "kept_disclosure"))
    for entry in feed.entries if chosen else ():
        entry.digest = _said(entry, str(source.pk))[1]
    hide_chosen(feed, chosen)


def _write_documents(cursor: CursorWrapper, documents: list[Document], source: str) -> None:
    by: dict[str, list[Document]] = {}
    for document in documents:
        by.setdefault(document.kind if document.kind in _LINKS else "", []).append(document)
    for kind, links in _LINKS.items():
        if by.get(kind):
            _upsert(cursor, kind, by[kind], links, source)
    if by.get(""):
        _upsert_loose(cursor, by[""], source)


def _upsert(
    cursor: CursorWrapper, kind: str, documents: list[Document], links: tuple[str, ...], source: str
) -> None:
    rows = (
        {
            "id": made_id(source, kind, document.key),
            "source_id": source,
            "key": document.key,
            "data": document.data,
            "disclosure": document.disclosure,
        }
        | {f"{link}_id": made_id(source, link, key) for link in links if (key := getattr(document, link))}
        for document in documents
    )
    columns = {"data": "jsonb"} | {f"{link}_id": "uuid" for link in links}
    _merge_rows(cursor, _TABLES[kind], columns | ({"disclosure": "text"} if kind == "location" else {}), rows)


def _upsert_loose(cursor: CursorWrapper, documents: list[Document], source: str) -> None:
    rows = (
        {
            "id": made_id(source, document.kind, document.key),
            "source_id": source,
            "key": document.key,
            "data": document.data,
            "kind": document.kind,
        }
        for document in documents
    )
    _merge_rows(cursor, "directory_looserecord", {"data": "jsonb", "kind": "text"}, rows)


def _merge_rows(
    cursor: CursorWrapper, table: str, columns: dict[str, str], rows: Iterable[dict[str, Any]]
) -> None:
    """Write rows, sent as one JSON text: an array of texts full of quotes takes psycopg far longer."""
    typed = {"id": "uuid", "source_id": "uuid", "key": "text"} | columns
    names, sets = ", ".join(typed), ", ".join(f"{column} = excluded.{column}" for column in columns)
    given = ", ".join(f"{column} {kind}" for column, kind in typed.items())
    cursor.execute(
        f"insert into {table} ({names}) select {names} from json_to_recordset(%s) as x({given}) "  # noqa: S608 (our own names)
        f"on conflict (id) do update set {sets}",
        [f"[{','.join(map(_dumps, rows))}]"],
    )


def _write_words(cursor: CursorWrapper, entries: list[Found]) -> None:
    words = sorted(set().union(*(entry.words for entry in entries)))
    cursor.execute(
        "insert into directory_word (word) select unnest(%s::text[]) on conflict do nothing", [words]
    )


def _write_entries(
    cursor: CursorWrapper, entries: list[Found], source: str, agency_id: UUID | None
) -> tuple[int, int, int]:
    cursor.execute("select exists (select from directory_entry where source_id = %s)", [source])
    again = cursor.fetchone()[0]
    table = "directory_incoming" if again else "directory_entry"
    agency, now = str(agency_id) if agency_id else "\\N", _now(cursor)
    with cursor.copy(f"copy {table} ({', '.join(_COLUMNS)}) from stdin") as copy:
        for start in range(0, len(entries), AT_ONCE):
            copy.write(
                "".join([_line(entry, source, agency, now) for entry in entries[start : start + AT_ONCE]])
            )
    if not again:
        return len(entries), 0, 0
    return _merge(cursor, len(entries), source)


def _now(cursor: CursorWrapper) -> str:
    cursor.execute("select now()::text")
    now: str = cursor.fetchone()[0]
    return now


def _merge(cursor: CursorWrapper, count: int, source: str) -> tuple[int, int, int]:
    names = ", ".join(_COLUMNS)
    sets = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS if column not in _KEPT_BY_HAND)
    cursor.execute(
        f"with merged as (insert into directory_entry as kept ({names}) "  # noqa: S608 (our own names)
        f"select {names} from directory_incoming where source_id = %s "
        f"on conflict (source_id, source_key) where source_id is not null do update set {sets} "
        "where kept.digest <> excluded.digest returning xmax = 0 as new) "
        "select count(*) filter (where new), count(*) filter (where not new) from merged",
        [source],
    )
    added, updated = cursor.fetchone()
    cursor.execute("delete from directory_incoming where source_id = %s", [source])
    return added, updated, count - added - updated


def _line(entry: Found, source: str, agency: str, now: str) -> str:
    """Return an entry as one line of COPY, its words with it."""
    record, digest = _said(entry, source)
    id, closed = made_id(source, "entry", entry.key), now if entry.closed else _NULL
    return f"{id}\t{source}\t{agency}\t{record}\t{entry.digest or digest}\t{closed}\t\t\n"


def _said(entry: Found, source: str) -> tuple[str, str]:
    """Return what a list says of an entry as columns of COPY, and the digest of it."""
    entry.words = words_of(entry.name, entry.name_fr, entry.organization_name, entry.community, *entry.text)
    key = entry.key
    texts = f"{entry.name}\t{entry.name_fr}\t{entry.organization_name}\t{key}\t{entry.community}"
    if _AWKWARD.search(texts) or texts.count("\t") != 4:
        texts = "\t".join(
            [
                text.translate(_ESCAPES)
                for text in (entry.name, entry.name_fr, entry.organization_name, key, entry.community)
            ]
        )
    organization = made_id(source, "organization", entry.organization) if entry.organization else _NULL
    service = made_id(source, "service", entry.service) if entry.service else _NULL
    location = made_id(source, "location", entry.location) if entry.location else _NULL
    ages = f"{_or_null(entry.minimum_age)}\t{_or_null(entry.maximum_age)}"
    details = _dumps(entry.details).replace("\\", "\\\\")
    record = (
        f"{organization}\t{service}\t{location}\t{texts}\t{entry.service_type}\t{_array(entry.needs)}\t"
        f"{_array(entry.flags)}\t{_array(entry.languages)}\t{ages}\t{entry.division}\t{entry.placed_by}\t"
        f"{_array(entry.serves)}\t{entry.disclosure}\t{details}\t{_array(entry.words)}\t"
        f"{entry.as_of or _NULL}"
    )
    digest = md5(
        f"{record}{entry.openings}{entry.closed}".encode(errors="replace"), usedforsecurity=False
    ).hexdigest()
    return record, digest


def _array(codes: Iterable[str]) -> str:
    return f"{{{','.join(codes)}}}" if codes else "{}"


def _or_null(number: int | None) -> int | str:
    return _NULL if number is None else number


def _write_openings(cursor: CursorWrapper, entries: list[Found], source: str) -> None:
    """Write when the entries of a feed are open, but for those whose hours were changed here since."""
    cursor.execute(
        "select id::text from directory_entry where source_id = %s and details ? 'hours_kept'", [source]
    )
    kept = {id for (id,) in cursor.fetchall()}
    by_id = {made_id(source, "entry", entry.key): entry for entry in entries}
    ids = [id for id in by_id if id not in kept]
    cursor.execute("delete from directory_opening where entry_id = any(%s::uuid[])", [ids])
    rows = [(id, *opening) for id in ids for opening in by_id[id].openings]
    if rows:
        with cursor.copy(
            "copy directory_opening (entry_id, weekday, opens_at, closes_at, valid_from, valid_to) from stdin"
        ) as copy:
            for row in rows:
                copy.write_row(row)
