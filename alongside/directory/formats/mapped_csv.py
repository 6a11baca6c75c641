"""Any CSV, read through a mapping that says which column means what."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from alongside.directory.formats.hours import weekly_hours
from alongside.directory.formats.languages import codes_of
from alongside.directory.formats.marks import is_withheld
from alongside.directory.formats.places import Point, in_ontario, place_all
from alongside.directory.formats.records import Feed, Found, Record
from alongside.directory.formats.withheld import Secrets, wipe_feed
from alongside.kernel.geography import DIVISIONS
from alongside.kernel.imports import delimited
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import Told
from alongside.kernel.vocabulary import NEEDS, SERVICE_TYPES, flags_of, needs_of

if TYPE_CHECKING:
    from alongside.directory.formats.places import Wanted


# What a column may mean. `source` columns not named by a mapping are kept as they are.
MEANINGS = (
    "key",
    "name",
    "name_fr",
    "alternate_name",
    "alternate_name_fr",
    "organization_name",
    "description",
    "description_fr",
    "service_type",
    "service_detail",
    "needs",
    "languages",
    "minimum_age",
    "maximum_age",
    "phone",
    "email",
    "url",
    "address_1",
    "address_2",
    "address_note",
    "community",
    "postal_code",
    "latitude",
    "longitude",
    "division",
    "hours",
    "eligibility",
    "application",
    "fees",
    "as_of",
    "confidential",
)
Kind = tuple[str, tuple[str, ...], tuple[str, ...]]  # the kind of service, the needs it answers, its flags
_ADDRESS = ("address_1", "address_2", "address_note", "postal_code")
_PLAIN = (
    "alternate_name",
    "alternate_name_fr",
    "description",
    "description_fr",
    "service_detail",
    "email",
    "url",
    "eligibility",
    "application",
    "fees",
    "hours",
)
_POSTAL = re.compile(r"[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def read(content: bytes, mapping: Record, *, told: Told | None = None) -> Feed:
    """Read CSV bytes through a mapping (the content of a mapping file, or of `models.Mapping.columns`).

    `told` is called with the share of the file that has been read, now and then.
    :raises Broken: if the file isn't such a table
    """
    return _Reader(content, mapping, told).read()


@lru_cache(maxsize=4000)
def _iso_day(text: str) -> str | None:
    parts = _DATE.match(text)
    try:
        return date(*map(int, parts.groups())).isoformat() if parts else None
    except ValueError:
        return None


class _Reader:
    def __init__(self, content: bytes, mapping: Record, told: Told | None) -> None:
        self.content, self.mapping, self.told = content, mapping, told or (lambda share: None)
        self.feed, self.secrets = Feed(), Secrets()
        self.places: list[Wanted] = []
        self.seen: dict[str, Found] = {}
        self.heading = delimited.heading_of(content)
        self.columns = mapping.get("columns", {})
        missing = [column for column in self.columns.values() if column not in self.heading]
        if missing or "name" not in self.columns:
            raise Broken("no_column", line=1, field=missing[0] if missing else "name")
        self.at = {
            meaning: self.heading.index(column)
            for meaning, column in self.columns.items()
            if meaning in MEANINGS
        }
        used = set(self.at.values())
        self.plain, self.address, self.ages = (
            [(meaning, self.at[meaning]) for meaning in some if meaning in self.at]
            for some in (_PLAIN, _ADDRESS, ("minimum_age", "maximum_age"))
        )
        self.rest = [(i, column) for i, column in enumerate(self.heading) if i not in used and column]
        self.types = {key.casefold(): code for key, code in mapping.get("service_types", {}).items()}
        self.finer = [(rule["contains"].casefold(), rule["is"]) for rule in mapping.get("finer", [])]
        self.known: dict[tuple[str, str], Kind] = {}
        self.unknown_types: set[str] = set()

    def read(self) -> Feed:
        lines = self.content.count(b"\n") or 1
        for line, row in delimited.rows_of(self.content):
            self.feed.rows += 1
            if self.feed.rows % 2000 == 0:
                self.told(line / lines)
            self._take(line, list(map(str.strip, row)))
        self.feed.entries = list(self.seen.values())
        place_all(self.feed, [each for each in self.places if self.seen.get(each[0].key) is each[0]])
        return wipe_feed(self.feed, self.secrets)

    def _take(self, line: int, row: list[str]) -> None:
        at, get = self.at, row.__getitem__
        name = get(at["name"]) or (get(at["name_fr"]) if "name_fr" in at else "")
        if not name:
            self.feed.left_out += 1
            self.feed.note(line, self.columns["name"], "no_name")
            return
        hidden = "confidential" in at and is_withheld(get(at["confidential"]))
        details: Record = {meaning: row[number] for meaning, number in self.plain if row[number]}
        entry = Found(key="", name=name, line=line, details=details)
        community = get(at["community"]) if "community" in at else ""
        if hidden:
            self._hide(entry, row)
        else:
            self._address(entry, row, community)
            source = {column: row[i] for i, column in self.rest if row[i]}
            if source:
                details["source"] = source
        entry.key = self._key(entry, row, community, hidden)
        self._describe(entry, row)
        self._numbers(entry, row)
        self._point(entry, row, community, hidden)
        if entry.key in self.seen:
            self.feed.note(line, self.columns.get("key", ""), "twice")
        self.seen[entry.key] = entry

    def _key(self, entry: Found, row: list[str], community: str, hidden: bool) -> str:
        if "key" in self.at and row[self.at["key"]]:
            return row[self.at["key"]][:200]
        if "key" in self.at:
            self.feed.note(entry.line, self.columns["key"], "no_key")
        return f"{entry.name}|{'' if hidden else community}"[:400]

    def _hide(self, entry: Found, row: list[str]) -> None:
        """Keep nothing of where it is: not the address, not the point, not the columns nobody explained."""
        entry.disclosure = "area_only"
        self.secrets.scope = f"line {entry.line}"
        self.secrets.add(
            *(row[self.at[meaning]] for meaning in (*_ADDRESS, "latitude", "longitude") if meaning in self.at)
        )
        self.feed.note(entry.line, self.columns["confidential"], "hidden_address")

    def _address(self, entry: Found, row: list[str], community: str) -> None:
        address = {meaning: row[number] for meaning, number in self.address if row[number]}
        if address.get("postal_code") and not _POSTAL.fullmatch(address["postal_code"]):
            self.feed.note(entry.line, self.columns["postal_code"], "bad_postal_code", address["postal_code"])
        if address:
            entry.details["address"] = {**address, **self.mapping.get("constants", {})}
        entry.community = community

    def _describe(self, entry: Found, row: list[str]) -> None:
        at = self.at
        if "name_fr" in at:
            entry.name_fr = row[at["name_fr"]]
        if "organization_name" in at:
            entry.organization_name = row[at["organization_name"]]
        if "phone" in at and row[at["phone"]]:
            entry.details["phones"] = [{"number": row[at["phone"]]}]
        if "hours" in at:
            entry.openings = weekly_hours(row[at["hours"]])
            if row[at["hours"]].strip() and not entry.openings:
                self.feed.note(entry.line, self.columns["hours"], "hours_in_words", row[at["hours"]])
        if "languages" in at:
            entry.languages, strange = codes_of(row[at["languages"]])
            for word in strange:
                self.feed.note(entry.line, self.columns["languages"], "unknown_language", word)
        self._kind(entry, row)
        entry.text = tuple(entry.details.get(each, "") for each in ("alternate_name", "alternate_name_fr"))

    def _kind(self, entry: Found, row: list[str]) -> None:
        said = row[self.at["service_type"]] if "service_type" in self.at else ""
        detail = row[self.at["service_detail"]] if "service_detail" in self.at else ""
        kind = self.known.get((said, detail))
        if kind is None:
            kind = self.known[said, detail] = self._type_of(said, detail)
        if not kind[0] and said and said not in self.unknown_types:
            self.unknown_types.add(said)
            self.feed.note(entry.line, self.columns["service_type"], "unknown_type", said)
        entry.service_type, entry.needs, entry.flags = kind
        if "needs" in self.at:
            named = [code.strip() for code in re.split(r"[;,|]", row[self.at["needs"]])]
            entry.needs = tuple(dict.fromkeys([*(code for code in named if code in NEEDS), *entry.needs]))
        if said:
            entry.details["service_type_said"] = said

    def _type_of(self, said: str, detail: str) -> Kind:
        both = f"{said} {detail}".casefold()
        code = (
            next((kind for part, kind in self.finer if part in both), None)
            or self.types.get(said.casefold())
            or self.mapping.get("service_type", "")
        )
        code = code or (said if said in SERVICE_TYPES else "")
        return code, tuple(needs_of(code)), tuple(flags_of(code))

    def _numbers(self, entry: Found, row: list[str]) -> None:
        for meaning, number in self.ages:
            text = row[number]
            if text.isascii() and text.isdigit() and int(text) <= 130:
                setattr(entry, meaning, int(text))
            elif text:
                self.feed.note(entry.line, self.columns[meaning], "bad_number", text)
        text = row[self.at["as_of"]] if "as_of" in self.at else ""
        if text:
            entry.as_of = self._day(entry, text)

    def _day(self, entry: Found, text: str) -> str | None:
        day = _iso_day(text)
        if day is None:
            self.feed.note(entry.line, self.columns["as_of"], "bad_date", text)
        return day

    def _point(self, entry: Found, row: list[str], community: str, hidden: bool) -> None:
        point: Point | None = None
        if (
            "latitude" in self.at
            and "longitude" in self.at
            and (row[self.at["latitude"]] or row[self.at["longitude"]])
        ):
            try:
                point = float(row[self.at["latitude"]]), float(row[self.at["longitude"]])
            except ValueError:
                self.feed.note(entry.line, self.columns["latitude"], "bad_number")
            if point and not in_ontario(*point):
                self.feed.note(entry.line, self.columns["latitude"], "not_in_ontario")
                point = None
        if point and not hidden:
            entry.details["latitude"], entry.details["longitude"] = point
        given = row[self.at["division"]] if "division" in self.at else ""
        if given in DIVISIONS:
            entry.division, entry.placed_by = given, "given"
        elif community or given or point:
            self.places.append((entry, community or given, point))
