"""Which format a file is in, and reading it, whichever it is."""

from __future__ import annotations

from pathlib import Path

from alongside.directory.formats import airs, hsds_json, hsds_tables, mapped_csv
from alongside.directory.formats.records import Feed, Record
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import Told

Content = bytes | dict[str, bytes]  # a file, or the tables of a folder by name
FORMATS = ("hsds-json", "hsds-tables", "airs", "csv")


def format_of(content: bytes, name: str = "") -> str:
    """Say which format bytes are in, by what they begin with; the name only decides what nothing else does.

    :raises Broken: if it is none we read
    """
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Broken("empty")
    if content[:4] == b"PK\x03\x04":
        return "hsds-tables"
    if start[:1] in b"{[":
        return "hsds-json"
    if start[:1] == b"<":
        return "airs"
    if b"," in start or b";" in start or name.casefold().endswith(".csv"):
        return "csv"
    raise Broken("unknown_format")


def read(content: Content, kind: str, *, mapping: Record | None = None, told: Told | None = None) -> Feed:
    """Read a file's bytes (or, for tables in a folder, `{name: bytes}`) into a feed.

    :raises Broken: if it can't be read as that; nothing else is ever raised
    """
    try:
        return _read(content, kind, mapping, told)
    except (RecursionError, MemoryError):
        raise Broken("too_deep", line=1) from None


def _read(content: Content, kind: str, mapping: Record | None, told: Told | None) -> Feed:
    if kind == "hsds-tables":
        return hsds_tables.read(
            content if isinstance(content, dict) else hsds_tables.tables_in_zip(content), told=told
        )
    if isinstance(content, dict):
        raise Broken("unknown_format")
    if kind == "hsds-json":
        return hsds_json.read(content, told=told)
    if kind == "airs":
        return airs.read(content, told=told)
    if kind == "csv":
        if not mapping:
            raise Broken("no_mapping")
        return mapped_csv.read(content, mapping, told=told)
    raise Broken("unknown_format")


def content_of(path: str | Path) -> Content:
    """Return what lies at a path: the bytes of a file, or the tables of a folder.

    :raises Broken: if nothing can be read there
    """
    where = Path(path)
    try:
        return hsds_tables.tables_in_folder(where) if where.is_dir() else where.read_bytes()
    except OSError:
        raise Broken("lost") from None
