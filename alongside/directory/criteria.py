"""What somebody is looking for, as it stands in the address of the page: nothing in it is about a person."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from alongside.kernel.sent import as_number
from alongside.kernel.vocabulary import LANGUAGES, NEEDS

if TYPE_CHECKING:
    from django.http import QueryDict


@dataclass(frozen=True)
class Asked:
    """A search. Every part of it may be missing."""

    words: str = ""
    need: str = ""
    place: str = ""
    language: str = ""
    age: int | None = None
    open_now: bool = False
    no_police: bool = False
    page: int = 1

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self) if each.name != "page")

    def query(self, **changes: Any) -> str:
        """Return the address's query for this search with some parts changed.

        A part set to nothing is dropped.
        """
        changed = replace(self, **{"page": 1, **changes})
        said = {each.name: getattr(changed, each.name) for each in fields(changed)}
        return "?" + urlencode(
            {
                name: int(value) if value is True else value
                for name, value in said.items()
                if value and not (name == "page" and value == 1)
            }
        )


def asked_in(query: QueryDict) -> Asked:
    """Return what is looked for in the query of an address.

    Nothing there is ever wrong: what can't be used is left out.

    Not a form: copying the choices of one would take longer than finding the service.
    """
    age, page = _number(query.get("age", ""), 130), _number(query.get("page", ""), 100_000)
    return Asked(
        words=_text(query.get("words", "")),
        need=str(query["need"]) if query.get("need") in NEEDS else "",
        place=_text(query.get("place", "")),
        language=str(query["language"]) if query.get("language") in LANGUAGES else "",
        age=age,
        open_now=query.get("open_now", "") in _YES,
        no_police=query.get("no_police", "") in _YES,
        page=page or 1,
    )


_YES = ("1", "on", "true", "True")


def _text(said: str) -> str:
    return " ".join(said.replace("\x00", "").split())[:100]


def _number(said: str, most: int) -> int | None:
    number = as_number(said.strip(), None)
    return None if number is None else min(number, most)
