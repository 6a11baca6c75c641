"""HSDS as tables: a folder or a zip of CSV files, each row attached to what it belongs to.

Written for HSDS 3; where 1 and 2 only call a table or a column otherwise, that is read too. What isn't read
is in the report.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import partial
from pathlib import Path, PurePath

from alongside.directory.formats.collection import KINDS, SAYS_SO, Gatherer, hides
from alongside.directory.formats.records import Document, Feed, Record, made_id
from alongside.directory.formats.shape import SHAPES, is_uuid, shaped, uuid_of
from alongside.kernel.imports import delimited
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import Told

Rows = dict[str, dict[str, Record]]  # kind → id → row
MOST_BYTES = 200 * 1024 * 1024
_NAMES = (
    {f"{kind}s": kind for kind in SHAPES}
    | {kind: kind for kind in SHAPES}
    | {
        "addresses": "address",
        "taxonomies": "taxonomy",
        "service_capacities": "service_capacity",
        "accessibility_for_disabilities": "accessibility",
        "physical_addresses": "address",
        "postal_addresses": "address",
        "regular_schedules": "schedule",
        "services_at_location": "service_at_location",
        "urls": "url",
        "metadata": "metadata",
        "fundings": "funding",
    }
)
# Columns that are not HSDS 3's and are read all the same.
READ_BESIDE = {"name_fr", "disclosure", "reason_withheld", "directions", "weekday", *SAYS_SO}
# child kind → what it is called inside its owner, by the owner's kind
_INSIDE = {
    child.strip("[]"): {
        kind: name for kind, shape in SHAPES.items() for name, each in shape.items() if each == child
    }
    for child in {each for shape in SHAPES.values() for each in shape.values() if each.startswith("[")}
}
_ADDRESS_TYPES = {"physical_addresses": "physical", "postal_addresses": "postal"}  # said by the table alone
_BY_LINK = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}


def tables_in_zip(content: bytes) -> dict[str, bytes]:
    """Return `{file name: bytes}` of the CSV files in a zip.

    :raises Broken: if it can't be opened, or holds too much
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [
                each
                for each in archive.infolist()
                if each.filename.casefold().endswith(".csv") and not each.filename.startswith("__MACOSX/")
            ]
            if sum(each.file_size for each in wanted) > MOST_BYTES or len(wanted) > 500:
                raise Broken("too_big")
            return {each.filename: archive.read(each) for each in wanted}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        raise Broken("not_zip") from None


def tables_in_folder(folder: Path) -> dict[str, bytes]:
    """Return `{file name: bytes}` of the CSV files in a folder."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.csv"))}


def read(tables: dict[str, bytes], *, told: Told | None = None) -> Feed:
    """Read HSDS tables, given as `{file name: bytes}`.

    :raises Broken: if none of them is one, or a line of one can't be read
    """
    known = {name: kind for name in tables if (kind := _NAMES.get(PurePath(name).stem.casefold()))}
    if not known:
        raise Broken("no_tables")
    gatherer = Gatherer()
    for name in tables.keys() - known.keys():
        gatherer.feed.note(1, name, "table_not_read")
    rows: Rows = {}
    lines: dict[tuple[str, str], int] = {}
    for number, (name, kind) in enumerate(known.items()):
        _read_table(name, kind, tables[name], gatherer, rows, lines)
        if told:
            told(number / len(known))
    owned = _attach(rows)
    for kind in KINDS:
        for key, row in rows.get(kind, {}).items():
            gatherer.take(kind, row, line=lines[kind, key])
    _keep_the_rest(gatherer, rows, owned, lines)
    return gatherer.whole()


def _read_table(
    name: str, kind: str, content: bytes, gatherer: Gatherer, rows: Rows, lines: dict[tuple[str, str], int]
) -> None:
    if not content.strip():
        return
    try:
        heading = [column or "unnamed" for column in delimited.heading_of(content)]
        stem = PurePath(name).stem.casefold()
        before, unread = set(rows.setdefault(kind, {})), set[str]()
        for line, row in delimited.rows_of(content):
            record: Record = {
                column: value for column, value in zip(heading, row, strict=True) if value != ""
            }
            if stem in _ADDRESS_TYPES:
                record.setdefault("address_type", _ADDRESS_TYPES[stem])
            unread |= record.keys() - SHAPES[kind].keys() - READ_BESIDE
            key = record.setdefault("id", made_id("row", PurePath(name).name, *row))
            if key in before and kind not in KINDS and not is_uuid(key):  # numbers begin anew in each table
                record["original_id"], key = key, made_id("row", PurePath(name).name, key)
                record["id"] = key
            if key in rows[kind]:
                gatherer.feed.note(line, f"{name}: id", "twice")
            rows[kind][key] = record
            lines[kind, key] = line
        for column in sorted(unread):
            gatherer.feed.note(1, f"{name}: {column}", "column_not_read")
    except Broken as broken:
        raise Broken(broken.note.code, line=broken.note.line, field=name) from None


def _attach(rows: Rows) -> set[tuple[str, str]]:
    """Hang every row into the rows it belongs to; return which were hung anywhere."""
    owned = set()
    for capacity in rows.get("service_capacity", {}).values():
        if unit := rows.get("unit", {}).get(capacity.get("unit_id", "")):
            capacity["unit"] = unit
            owned.add(("unit", capacity["unit_id"]))
    for attribute in rows.get("attribute", {}).values():
        if term := rows.get("taxonomy_term", {}).get(attribute.get("taxonomy_term_id", "")):
            attribute["taxonomy_term"] = dict(term)
    for child, owners in _INSIDE.items():
        for key, record in rows.get(child, {}).items():
            if any(
                _hang(record, owners, kind, owner) for kind, owner in _owners_of(child, record, owners, rows)
            ):
                owned.add((child, key))
    return owned


def _owners_of(child: str, record: Record, owners: dict[str, str], rows: Rows) -> list[tuple[str, Record]]:
    if child in _BY_LINK:
        link, says = (record.get(column, "") for column in _BY_LINK[child])
        kinds = [_NAMES[says.casefold()]] if says.casefold() in _NAMES else list(owners)
        found = [
            (kind, rows[kind][link])
            for kind in kinds
            if kind in owners and kind not in _BY_LINK and link in rows.get(kind, {})
        ]
        if len(found) != 1:
            return []  # the same number in two tables: whose it is isn't said
        record[_BY_LINK[child][1]] = found[0][0]
        return found
    return [
        (kind, rows[kind][record[f"{kind}_id"]])
        for kind in owners
        if record.get(f"{kind}_id") in rows.get(kind, {})
    ]


def _hang(record: Record, owners: dict[str, str], kind: str, owner: Record) -> bool:
    owner.setdefault(owners[kind], []).append(record)
    return True


def _keep_the_rest(
    gatherer: Gatherer, rows: Rows, owned: set[tuple[str, str]], lines: dict[tuple[str, str], int]
) -> None:
    """Keep rows whose owner isn't in the file by themselves, so that nothing is lost."""
    for kind, records in rows.items():
        if kind in KINDS:
            continue
        for key, record in records.items():
            if (kind, key) in owned:
                continue
            line = lines[kind, key]
            if kind == "address" and hides(record):
                gatherer.feed.note(line, kind, "hidden_address")
                gatherer.secrets.scope = key
                gatherer.secrets.add(
                    *(record.get(name) for name in ("attention", "address_1", "address_2", "postal_code"))
                )
                continue
            if kind not in ("unit", "meta_table_description", "url"):
                gatherer.feed.note(line, kind, "dangling")
            data = shaped(kind, record, partial(gatherer.feed.note, line))
            data["id"] = uuid_of(kind, key)
            gatherer.documents[kind, data["id"]] = Document(kind, data["id"], data, line=line)
