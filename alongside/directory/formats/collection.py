"""HSDS records of any origin (JSON, tables, AIRS) gathered into documents.

Each is kept once, and what is withheld is left at the door.
"""

from __future__ import annotations

from collections.abc import Callable

from alongside.directory.formats.entries import entries_of
from alongside.directory.formats.marks import is_withheld
from alongside.directory.formats.records import Document, Feed, Record, made_id
from alongside.directory.formats.shape import is_uuid, shaped, uuid_of
from alongside.directory.formats.withheld import WHERE, Secrets, hide_location, wipe_feed

# What a record holds that is a record of its own: field → (kind, the link the inner one gets back to the
# outer, or None)
_INNER: dict[str, dict[str, tuple[str, str | None]]] = {
    "organization": {
        "locations": ("location", "organization"),
        "programs": ("program", "organization"),
        "services": ("service", "organization"),
    },
    "service": {
        "organization": ("organization", None),
        "program": ("program", None),
        "service_at_locations": ("service_at_location", "service"),
    },
    "service_at_location": {"location": ("location", None), "service": ("service", None)},
}
_LINKS = {
    "organization_id": "organization",
    "service_id": "service",
    "location_id": "location",
    "program_id": "program",
    "taxonomy_id": "taxonomy",
}
_LINKED: dict[str, tuple[str, ...]] = {
    "program": ("organization",),
    "service": ("organization", "program"),
    "location": ("organization",),
    "service_at_location": ("service", "location"),
    "taxonomy_term": ("taxonomy",),
}
KINDS = ("organization", "program", "service", "location", "service_at_location", "taxonomy", "taxonomy_term")
SAYS_SO = {
    "confidential",
    "is_confidential",
    "private",
    "is_private",
    "physicaladdressisprivate",
    "address_is_private",
    "withheld",
}


class Gatherer:
    """Takes records one by one, from outermost to innermost, and hands over the whole feed."""

    def __init__(self, line_of: Callable[[str], int] = lambda key: 0) -> None:
        self.feed, self.secrets, self.line_of = Feed(), Secrets(), line_of
        self.documents: dict[tuple[str, str], Document] = {}
        self.cities: dict[str, str] = {}

    def take(
        self, kind: str, raw: Record, *, line: int = 0, depth: int = 0, links: dict[str, str] | None = None
    ) -> str:
        """Take one record and every record within it, linked to those `links` names; return its key."""
        key = str(raw.get("id") or "") or made_id(
            "without id", kind, repr(sorted(raw.items(), key=str))[:2000]
        )
        line = line or self.line_of(key)
        inner = {
            name: raw[name]
            for name in _INNER.get(kind, {})
            if isinstance(raw.get(name), (dict, list)) and depth < 8
        }
        own = {name: value for name, value in raw.items() if name not in inner}
        if not is_uuid(key):
            own["original_id"], key = key, uuid_of(kind, key)
        own["id"] = key
        disclosure = self._guard(own, line) if kind == "location" else "public"
        data = (
            shaped(kind, own, lambda field, code: self.feed.note(line, field, code)) if kind in KINDS else own
        )
        document = self._keep(Document(kind, key, data, line=line, disclosure=disclosure))
        for field, link in _LINKS.items():
            if isinstance(raw.get(field), (str, int)) and raw[field] != "":
                setattr(document, link, getattr(document, link) or uuid_of(link, raw[field]))
        for link, value in (links or {}).items():
            setattr(document, link, value)
        self._take_inner(document, inner, line, depth)
        return key

    def _take_inner(self, document: Document, inner: Record, line: int, depth: int) -> None:
        for name, value in inner.items():
            kind, back = _INNER[document.kind][name]
            links = {back: document.key} if back else {}
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    key = self.take(kind, each, depth=depth + 1, links=links)
                    if not back:
                        setattr(document, kind, key)

    def _keep(self, document: Document) -> Document:
        """Keep a record once, however often it is repeated; the fullest telling counts."""
        before = self.documents.get((document.kind, document.key))
        if before is None:
            self.documents[document.kind, document.key] = document
            return document
        before.data = {
            **document.data,
            **{
                name: value
                for name, value in before.data.items()
                if value not in ("", [], {}) or name not in document.data
            },
        }
        if document.disclosure != "public":
            before.disclosure = document.disclosure
        if before.disclosure != "public":
            for name in WHERE:
                before.data.pop(name, None)
        return before

    def _guard(self, location: Record, line: int) -> str:
        """Leave at the door what a confidential location says about where it is.

        Return how much may be known.
        """
        addresses = (
            [each for each in location.get("addresses") or () if isinstance(each, dict)]
            if isinstance(location.get("addresses"), list)
            else []
        )
        hidden = hides(location) or next((said for said in map(hides, addresses) if said), "")
        if location.get("location_type") == "redacted":
            hidden, location["location_type"] = hidden or "withheld", "virtual"
        location.setdefault("location_type", "physical" if addresses else "virtual")
        if not hidden:
            return "public"
        self.secrets.scope = location["id"]
        for address in addresses:
            if hidden == "area_only" and address.get("city"):
                self.cities[location["id"]] = str(address["city"])
        hide_location(location, hidden, self.secrets)
        self.feed.note(line, "addresses", "hidden_address")
        return hidden

    def whole(self) -> Feed:
        """Hand over everything that was taken, linked, with the entries that will be found."""
        for document in self.documents.values():
            for link in _LINKED.get(document.kind, ()):
                if getattr(document, link) and (link, getattr(document, link)) not in self.documents:
                    self.feed.note(document.line, f"{document.kind}.{link}_id", "dangling")
                    setattr(document, link, "")
        self.feed.documents = list(self.documents.values())
        self.feed.rows = len(self.feed.documents)
        self.feed.entries = entries_of(self.feed, self.cities)
        return wipe_feed(self.feed, self.secrets)


def hides(record: Record) -> str:
    """Return `area_only` or `withheld` when a record says that where it is may not be known, else nothing."""
    said = str(record.get("disclosure") or "").strip().casefold()
    if said in ("area_only", "withheld"):
        return said
    if is_withheld(said):
        return "area_only"
    for name, value in record.items():
        plain = name.casefold().replace(" ", "_")
        if plain in SAYS_SO and is_withheld(value):
            return "area_only"
        if plain in ("reasonwithheld", "reason_withheld") and value:
            return "area_only"
    return ""
