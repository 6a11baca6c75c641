"""AIRS XML 3.x (and the 4.0 draft).

Agencies, sites and services of 211 databases, with what they mark confidential left at the door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.directory.formats.airs_parts import Parts, flag, name_of, text
from alongside.directory.formats.collection import Gatherer
from alongside.directory.formats.records import Feed, made_id
from alongside.kernel import safe_xml
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import Told

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


MOST_DEPTH = 40


def read(content: bytes, *, told: Told | None = None) -> Feed:
    """Read AIRS XML bytes; entities, document types and anything on the network are never read.

    :raises Broken: if it isn't XML, or not AIRS
    """
    source = safe_xml.parse(content)
    if name_of(source) != "Source":
        raise Broken("not_airs", line=source.sourceline or 1)
    reader = _Reader(Gatherer(), source.get("SourceID") or source.get("SourceEntity") or "")
    agencies = [
        each
        for each in source
        if name_of(each) in ("Agency", "Site", "Service", "SiteService", "ServiceGroup")
    ]
    if not agencies:
        raise Broken("not_airs", line=source.sourceline or 1)
    for number, element in enumerate(agencies):
        reader.take(element)
        if told and number % 200 == 0:
            told(number / len(agencies))
    return reader.gatherer.whole()


class _Reader:
    """Takes the elements of one file.

    In 3.x sites stand inside their agency and services inside their site; in 4.0 they point at each other by
    id.
    """

    def __init__(self, gatherer: Gatherer, source: str) -> None:
        self.gatherer, self.source = gatherer, source
        self.parts = Parts(gatherer)

    def key(self, kind: str, value: str) -> str:
        """Return the identifier we give to one of the file's own."""
        return made_id("airs", self.source, kind, value) if value else ""

    def take(self, element: Element, *, agency: str = "", site: str = "") -> None:
        """Take one element and what stands inside it."""
        if (
            flag(element, "ExcludeFromDirectory")
            or text(element, "ResourceInfo", "AvailableForDirectory").casefold() == "false"
        ):
            self.gatherer.feed.left_out += 1
            self.gatherer.feed.note(element.sourceline or 0, name_of(element), "excluded")
            self.parts.forget(element)
            return
        take = {
            "Agency": self._agency,
            "Site": self._site,
            "Service": self._service,
            "SiteService": self._site_service,
            "ServiceGroup": self._group,
        }
        take[name_of(element)](element, agency, site)

    def _within(self, element: Element, names: tuple[str, ...], **links: str) -> None:
        for each in element:
            if name_of(each) in names and len(each):
                self.take(each, **links)

    def _agency(self, element: Element, _agency: str, _site: str) -> None:
        own = text(element, "Key") or text(element, "AgencyID") or text(element, "ID")
        key = self.key("agency", own or text(element, "Name") or text(element, "AgencyName"))
        self.gatherer.secrets.scope = key
        record = {
            "id": key,
            "airs_id": own,
            "name": text(element, "Name") or text(element, "AgencyName"),
            "description": text(element, "AgencyDescription") or text(element, "Description"),
        }
        record |= self.parts.common(element, key, "organization_id")
        record |= {
            "legal_status": text(element, "LegalStatus"),
            "tax_status": text(element, "TaxStatus"),
            "tax_id": text(element, "FEIN"),
            "year_incorporated": text(element, "YearIncorporated"),
        }
        record["website"] = record.pop("url", "")
        self.gatherer.take("organization", record, line=element.sourceline or 0)
        for location in (each for each in element if name_of(each) == "AgencyLocation"):
            self._site(location, key, "")
        self._within(element, ("Site", "SiteService"), agency=key)

    def _site(self, element: Element, agency: str, _site: str) -> None:
        own = text(element, "Key") or text(element, "ID")
        agency = agency or self.key("agency", text(element, "AgencyID"))
        key = self.key("site", own or f"{agency} {text(element, 'Name') or text(element, 'Title') or 'main'}")
        self.gatherer.secrets.scope = key
        record = {
            "id": key,
            "airs_id": own,
            "name": text(element, "Name") or text(element, "Title"),
            "organization_id": agency,
        }
        record["description"] = text(element, "SiteDescription") or text(element, "Description")
        record |= self.parts.common(element, key, "location_id")
        record |= self.parts.place(element, key)
        self.gatherer.take("location", record, line=element.sourceline or 0)
        self._within(element, ("SiteService",), agency=agency, site=key)

    def _service(self, element: Element, agency: str, _site: str) -> None:
        self._offer(element, text(element, "ID"), agency, self.key("site", text(element, "SiteID")))

    def _site_service(self, element: Element, agency: str, site: str) -> None:
        service = text(element, "ServiceID")
        self._offer(
            element,
            text(element, "Key") or text(element, "ID"),
            agency,
            site or self.key("site", text(element, "SiteID")),
            service,
        )

    def _offer(self, element: Element, own: str, agency: str, site: str, service: str = "") -> None:
        agency = agency or self.key("agency", text(element, "AgencyID"))
        known = ("service", self.key("service", service)) in self.gatherer.documents
        key = self.key(
            "service",
            service if known else own or f"{agency} {site} {text(element, 'Name') or text(element, 'Title')}",
        )
        self.gatherer.secrets.scope = key
        record = {
            "id": key,
            "airs_id": own,
            "name": text(element, "Name") or text(element, "Title"),
            "description": text(element, "Description"),
            "organization_id": agency,
        }
        record |= self.parts.common(element, key, "service_id")
        record |= self.parts.service(element, key)
        record["program_id"] = self._program(text(element, "ServiceGroupID"))
        self.gatherer.take(
            "service", {name: value for name, value in record.items() if value}, line=element.sourceline or 0
        )
        if ("location", site) in self.gatherer.documents:
            sal = {"id": made_id("airs", "at", key, site), "service_id": key, "location_id": site}
            self.gatherer.take("service_at_location", sal, line=element.sourceline or 0)

    def _program(self, own: str) -> str:
        key = self.key("group", own)
        return key if ("program", key) in self.gatherer.documents else ""

    def _group(self, element: Element, _agency: str, _site: str) -> None:
        own = text(element, "ID") or text(element, "Key")
        record = {
            "id": self.key("group", own),
            "airs_id": own,
            "name": text(element, "ProgramName") or text(element, "Name"),
            "description": text(element, "Description"),
        }
        self.gatherer.take("program", record, line=element.sourceline or 0)
