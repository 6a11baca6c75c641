"""What somebody is looking for, as it stands in the address of the page: nothing in it is about a person."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode


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

    def __bool__(self):
        return any(getattr(self, each.name) for each in fields(self) if each.name != "page")

    def query(self, **changes):
        """Return the address's query for this search with some parts changed; a part set to nothing is dropped."""
        changed = replace(self, **{"page": 1, **changes})
        said = {each.name: getattr(changed, each.name) for each in fields(changed)}
        return "?" + urlencode(
            {name: int(value) if value is True else value for name, value in said.items() if value and not (name == "page" and value == 1)}
        )
