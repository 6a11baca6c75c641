"""The parts of an AIRS element (telephones, addresses, hours, languages, fees), as HSDS names them."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from alongside.directory.formats.hours import clock, day
from alongside.directory.formats.marks import is_withheld
from alongside.directory.formats.records import Record, made_id

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from alongside.directory.formats.collection import Gatherer


_TRUE = ("true", "1", "yes")
_DAYS = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
_ADDRESSES = {"PhysicalAddress": "physical", "MailingAddress": "postal", "OtherAddress": "physical"}
_ABOUT_PLACE = ("CrossStreet", "Directions", "PhysicalLocationDescription", "BusServiceAccess")
_LINES = ("PreAddressLine", "Line1", "Line2")


def name_of(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def inside(element: Element, name: str) -> list[Element]:
    """Return the elements of this name right inside another."""
    return [each for each in element if name_of(each) == name]


def text(element: Element, *path: str) -> str:
    """Return the words at the end of a path of names, or nothing."""
    for name in path:
        found = inside(element, name)
        if not found:
            return ""
        element = found[0]
    return re.sub(r"\s+", " ", element.text or "").strip()


def texts(element: Element, name: str) -> list[str]:
    """Return the words of every element of this name right inside another."""
    return [re.sub(r"\s+", " ", each.text or "").strip() for each in inside(element, name)]


def flag(element: Element, name: str) -> bool:
    """Say whether a yes-or-no element, or attribute, says yes."""
    return (text(element, name) or element.get(name, "")).casefold() in _TRUE


def confidential(element: Element) -> bool:
    """Say whether an element is marked as not to be known.

    A reason alone is not enough where the mark itself says no.
    """
    said = text(element, "Confidential") or element.get("Confidential", "")
    return is_withheld(said) or (not said and bool(text(element, "ReasonWithheld")))


def _full(record: Record) -> Record:
    return {name: value for name, value in record.items() if value not in ("", [], None)}


class Parts:
    """Reads parts; what is confidential goes to the secrets of the file and nowhere else."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.gatherer, self.secrets = gatherer, gatherer.secrets

    def _hidden(self, element: Element, code: str, *values: str) -> None:
        self.secrets.add(*values)
        self.gatherer.feed.note(element.sourceline or 0, name_of(element), code)

    def forget(self, element: Element) -> None:
        """Remember what is confidential inside an element left out: it appears nowhere else either."""
        for each in element.iter():
            if confidential(each):
                self.secrets.add(
                    *(
                        part.text
                        for part in each.iter()
                        if part is not each
                        and name_of(part)
                        not in ("Confidential", "City", "County", "State", "Country", "Type")
                    )
                )

    def common(self, element: Element, key: str, link: str) -> Record:
        """Return what agencies, sites and services share.

        Other names, telephones, contacts, web and mail, hours, languages.
        """
        phones = [phone for each in inside(element, "Phone") if (phone := self._phone(each, key))]
        contacts = [contact for each in inside(element, "Contact") if (contact := self._contact(each, key))]
        names = [
            name
            for each in [*inside(element, "AKA"), *inside(element, "AlternateName")]
            if (name := self._other_name(each))
        ]
        record = {
            "alternate_name": "; ".join(names),
            "phones": [{**phone, link: key} for phone in phones],
            "contacts": [{**contact, link: key} for contact in contacts],
            "email": text(element, "Email", "Address") or text(element, "Email"),
            "url": text(element, "URL", "Address"),
            "schedules": self._schedules(element, key) if link != "organization_id" else [],
            "languages": self._languages(element, key) if link != "organization_id" else [],
        }
        return _full(record)

    def _other_name(self, element: Element) -> str:
        name = text(element, "Name") or text(element, "AlternateName") or text(element)
        if confidential(element):
            self._hidden(element, "hidden_contact", name)
            return ""
        return name

    def _phone(self, element: Element, key: str) -> Record | None:
        number = text(element, "PhoneNumber") or text(element, "Phone")
        if confidential(element):
            self._hidden(
                element, "hidden_phone", number, text(element, "Description"), text(element, "ReasonWithheld")
            )
            return None
        extension = text(element, "Extension") or text(element, "PhoneExtension")
        said = text(element, "Type") or text(element, "Function")
        record = {
            "id": made_id("airs", "phone", key, number, said),
            "number": number,
            "extension": extension,
            "type": said,
            "description": text(element, "Function"),
        }
        return _full(record) if number else None

    def _contact(self, element: Element, key: str) -> Record | None:
        name, email = (
            text(element, "Name"),
            text(element, "ContactEmail") or text(element, "Email", "Address") or text(element, "Email"),
        )
        found = [*inside(element, "ContactPhone"), *inside(element, "Phone")]
        if confidential(element):
            self._hidden(
                element,
                "hidden_contact",
                name,
                email,
                *(text(each, "PhoneNumber") or text(each, "Phone") for each in found),
            )
            return None
        phones = [phone for each in found if (phone := self._phone(each, key))]
        identity = made_id("airs", "contact", key, name, text(element, "Title"))
        return _full(
            {
                "id": identity,
                "name": name,
                "title": text(element, "Title"),
                "department": text(element, "Department"),
                "email": email,
                "phones": phones,
            }
        )

    def place(self, element: Element, key: str) -> Record:
        """Return where a site is.

        When any of its street addresses is confidential, so is everything that leads there.
        """
        addresses, hidden = [], False
        for each in element:
            kind = _ADDRESSES.get(name_of(each))
            if kind and confidential(each):
                hidden = hidden or kind == "physical"
                self.secrets.add(
                    *(
                        text(each, line)
                        for line in (*_LINES, "PostalCode", "ZipCode", "Description", "ReasonWithheld")
                    )
                )
                if kind == "physical" and text(each, "City"):
                    self.gatherer.cities.setdefault(key, text(each, "City"))
                self.gatherer.feed.note(each.sourceline or 0, name_of(each), "hidden_address")
            elif kind:
                addresses.append(self._address(each, kind, key))
        spatial = next(iter(inside(element, "SpatialLocation")), None)
        point = (
            {name.lower(): text(spatial, name).lstrip("+") for name in ("Latitude", "Longitude")}
            if spatial is not None
            else {}
        )
        leads = {
            "transportation": text(element, "BusServiceAccess"),
            "directions": "; ".join(filter(None, (text(element, name) for name in _ABOUT_PLACE[:3]))),
        }
        access = text(element, "DisabilitiesAccess")
        record = {
            "location_type": "physical" if addresses else "virtual",
            "addresses": [each for each in addresses if not hidden or each["address_type"] == "postal"],
        }
        if hidden:
            self.secrets.add(
                *(text(element, name) for name in _ABOUT_PLACE),
                *point.values(),
                text(spatial, "Description") if spatial is not None else "",
            )
            return _full({**record, "addresses": [], "location_type": "virtual", "disclosure": "area_only"})
        accessibility = [{"id": made_id("airs", "access", key), "description": access}] if access else []
        return _full({**record, **point, **leads, "accessibility": accessibility})

    def _address(self, element: Element, kind: str, key: str) -> Record:
        lines = [line for line in (text(element, name) for name in _LINES) if line]
        parts = {
            "city": "City",
            "region": "County",
            "state_province": "State",
            "postal_code": "PostalCode",
            "country": "Country",
        }
        record = {ours: text(element, theirs) for ours, theirs in parts.items()}
        record["postal_code"] = record["postal_code"] or text(element, "ZipCode")
        return _full(
            {
                "id": made_id("airs", "address", key, kind, *lines),
                "address_type": kind,
                "address_1": lines[0] if lines else "",
                "address_2": ", ".join(lines[1:]),
                **record,
            }
        )

    def _schedules(self, element: Element, key: str) -> list[Record]:
        found = []
        for number, each in enumerate([*inside(element, "OpenHours"), *inside(element, "TimeOpen")]):
            name = text(each, "dayOpen") or text(each, "DayOpen")
            code = _DAYS.get(name.casefold(), "")
            pairs = zip_longest(texts(each, "TimeOpens"), texts(each, "TimeCloses"), fillvalue="")
            for pair, (opens, closes) in enumerate(pairs):
                record = {
                    "id": made_id("airs", "hours", key, str(number), *([str(pair)] if pair else [])),
                    "byday": code,
                    "opens_at": clock(opens) or opens,
                    "closes_at": clock(closes) or closes,
                    "freq": "WEEKLY" if code and clock(opens) and clock(closes) else "",
                }
                said = "" if code else text(each, "Description") or name
                found.append(_full({**record, "description": said}))
        for number, each in enumerate(inside(element, "SpecialHours")):
            begins, ends = day(text(each, "SpecialHoursStartDate")), day(text(each, "SpecialHoursEndDate"))
            found.append(
                _full(
                    {
                        "id": made_id("airs", "special", key, str(number)),
                        "valid_from": begins,
                        "valid_to": ends,
                        "notes": "special hours",
                        "opens_at": text(each, "SpecialOpenTime"),
                        "closes_at": text(each, "SpecialCloseTime"),
                    }
                )
            )
        return found

    def _languages(self, element: Element, key: str) -> list[Record]:
        names = [
            (name.strip(), text(each, "Notes"))
            for each in inside(element, "Languages")
            for said in inside(each, "LanguageName") or inside(each, "Language")
            for name in re.split(r"[,;]", said.text or "")
        ]
        return [
            _full({"id": made_id("airs", "language", key, name), "name": name, "note": note})
            for name, note in dict.fromkeys(names)
            if name
        ]

    def service(self, element: Element, key: str) -> Record:
        """Return what only a service has: how to apply, fees, who may come, papers, area, terms."""
        ages = next(iter(inside(element, "AgeRequirement") or inside(element, "AgeRequirements")), None)
        who = (
            "GeneralEligibility",
            "OtherRequirements",
            "FamilyRequirements",
            "IncomeRequirements",
            "ResidencyRequirements",
        )
        record = {
            "status": "active"
            if (text(element, "Status") or "active").casefold() in ("active", "true")
            else "inactive",
            "application_process": " ".join(
                filter(
                    None,
                    (
                        text(each, "Description") or text(each)
                        for each in inside(element, "ApplicationProcess")
                    ),
                )
            ),
            "fees_description": text(element, "FeeStructure") or text(element, "FeeDescription"),
            "wait_time": text(element, "WaitTime"),
            "interpretation_services": text(element, "TranslationService"),
            "eligibility_description": "; ".join(
                filter(
                    None,
                    [*(text(element, name) for name in who), text(element, "GenderRequirement", "Gender")],
                )
            ),
            "minimum_age": text(ages, "MinimumAge") if ages is not None else "",
            "maximum_age": text(ages, "MaximumAge") if ages is not None else "",
            "assured_date": text(element, "ResourceInfo", "DateLastVerified")
            or text(element, "ResourceInfo", "DateOfLastAction"),
            "required_documents": [
                _full(
                    {
                        "id": made_id("airs", "paper", key, str(n)),
                        "document": text(each, "Description") or text(each, "Title") or text(each),
                    }
                )
                for n, each in enumerate(inside(element, "DocumentsRequired"))
            ],
            "service_areas": [
                self._area(each, key, n)
                for n, each in enumerate(
                    [*inside(element, "ServiceArea"), *inside(element, "GeographicAreaServed")]
                )
            ],
            "attributes": [self._term(each, key) for each in inside(element, "Taxonomy")],
        }
        return _full(record)

    def _area(self, element: Element, key: str, number: int) -> Record:
        name = (
            text(element, "CustomAreaLabel")
            or text(element, "City")
            or text(element, "County")
            or text(element, "Name")
            or text(element, "State")
        )
        return _full(
            {
                "id": made_id("airs", "area", key, str(number)),
                "name": name,
                "description": text(element, "Description"),
            }
        )

    def _term(self, element: Element, key: str) -> Record:
        code, said = (
            text(element, "TaxonomyCode") or text(element, "Code"),
            text(element, "TaxonomyTerm") or text(element, "Term"),
        )
        term = {
            "id": made_id("airs", "term", code or said),
            "code": code,
            "name": said or code,
            "description": said or code,
        }
        return {
            "id": made_id("airs", "attribute", key, code or said),
            "link_id": key,
            "link_entity": "service",
            "taxonomy_term_id": term["id"],
            "taxonomy_term": _full(term),
        }
