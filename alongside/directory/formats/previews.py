"""What a list looks like before it is imported: its first rows, and what its columns probably mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alongside.directory.formats.marks import is_withheld
from alongside.kernel.geography import plain
from alongside.kernel.imports import delimited, uploads
from alongside.kernel.imports.delimited import Broken

if TYPE_CHECKING:
    from alongside.directory.models import ImportRun


ROWS = 5
_SHORT = ("conf", "confidenti", "confidentiality", "confidentiel", "confidentielle")
_ALSO = {
    "name": ("nom", "servicename", "programname", "agencyname", "organizationname", "englishname", "title"),
    "name_fr": ("frenchname", "nomfrancais", "namefr", "nomfr"),
    "organization_name": ("organization", "organisation", "agency", "organisme"),
    "description": ("servicedescription", "details"),
    "phone": ("telephone", "phonenumber", "phone1", "mainphone"),
    "email": ("emailaddress", "courriel"),
    "url": ("website", "web", "siteweb", "websiteaddress"),
    "address_1": ("address", "address1", "street", "streetaddress", "adresse", "physicaladdress1"),
    "address_2": ("address2", "physicaladdress2"),
    "community": ("city", "town", "municipality", "ville", "physicalcity"),
    "postal_code": ("postalcode", "zip", "zipcode", "codepostal", "physicalpostalcode"),
    "latitude": ("lat", "y"),
    "longitude": ("lon", "lng", "long", "x"),
    "languages": ("language", "langues", "languagesoffered"),
    "hours": ("hoursofoperation", "openinghours", "heures"),
    "key": ("id", "resourceagencynum", "number", "objectid", "recordid"),
    "as_of": ("lastupdated", "lastverifiedon", "updated", "asof"),
    "minimum_age": ("minage", "agemin", "agemini"),
    "maximum_age": ("maxage", "agemax"),
    "fees": ("feestructure", "cost", "couts"),
    "eligibility": ("whomayapply",),
    "application": ("intakeprocedure", "applicationprocess"),
    "service_type": ("type", "category", "servicetype", "categorie"),
    "confidential": ("isprivate", "private", "physicaladdressisprivate", "addressisprivate", *_SHORT),
}
# A column whose name says any of this may mean that a row is confidential, whatever it will be called here.
_HIDES = re.compile("conf|priv|withh|disclos|hidden|secret|restrict|unlist|nondiff|masqu|cache")


def first_rows(run: ImportRun) -> tuple[list[str], list[tuple[int, list[str]]], Broken | None]:
    """Return `(heading, first rows, what is broken or None)` of an uploaded CSV.

    Nothing of the other formats is shown before it is read.

    Where a column may say that a row is confidential, nothing of that row is shown.
    """
    if run.format != "csv":
        return [], [], None
    try:
        content = uploads.content_of(run.upload)
        heading = delimited.heading_of(content)
        rows = []
        for line, row in delimited.rows_of(content):
            rows.append((line, row))
            if len(rows) == ROWS:
                break
        return heading, _without_secrets(heading, rows), None
    except Broken as broken:
        return [], [], broken


def _without_secrets(heading: list[str], rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    marks = [number for number, column in enumerate(heading) if _HIDES.search(plain(column))]
    return [
        (line, ["…"] * len(row) if any(is_withheld(row[number]) for number in marks) else row)
        for line, row in rows
    ]


def guessed(heading: list[str]) -> dict[str, str]:
    """Return what each column probably means, for the form to begin with."""
    guesses, taken = {}, set()
    for number, column in enumerate(heading):
        name = plain(column)
        meaning = next(
            (
                each
                for each, also in _ALSO.items()
                if each not in taken and (name == plain(each) or name in also)
            ),
            "",
        )
        if meaning:
            guesses[f"column_{number}"] = meaning
            taken.add(meaning)
    return guesses
