"""What fits somebody, what could be talked over, and why each other place does not.

Published rules against a need profile, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.kernel import vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Agency
    from alongside.beds.models import Offering, Rule
    from alongside.beds.queries import Outlook

SOONEST = {"likely": 0, "unlikely": 1, "unknown": 2, "none": 3}


@dataclass(frozen=True)
class Need:
    """What somebody needs of a place, as far as anybody said."""

    stay: str = "tonight"
    region: str = ""
    age: int | None = None
    gender: str = ""
    household: str = ""
    children: tuple[int, ...] = ()
    circumstances: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def who(self) -> list[str]:
        """Who comes, in words, as far as anybody said."""
        said = [vocabulary.label("households", self.household), vocabulary.label("genders", self.gender)]
        ages = [str(age) for age in (self.age, *self.children) if age is not None]
        return [word for word in [*said, *ages] if word]


@dataclass(frozen=True)
class Fit:
    """One place beside one need.

    What stands in the way for good, what can be talked over, what nobody has said.
    """

    offering: Offering
    agency: Agency
    outlook: Outlook
    stops: list[str]
    talks: list[str]
    unsaid: list[str]
    rules: dict[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gives back: what fits, what is negotiable, what does not fit and why.

    And how many of each there are.
    """

    fits: list[Fit]
    talks: list[Fit]
    stops: list[Fit]
    many: tuple[int, int, int]

    @property
    def as_of(self) -> datetime | None:
        """As of when the outlooks stand: the same half hour for all that were counted."""
        return next((fit.outlook.as_of for fit in [*self.fits, *self.talks] if fit.outlook.as_of), None)

    @property
    def in_the_way(self) -> list[str]:
        """What stood in the way over all that was found, for the gap.

        "full" where something fitted and had no space.
        """
        met = {code for fit in [*self.talks, *self.stops] for code in [*fit.stops, *fit.talks]}
        return sorted(met | ({"full"} if self.fits else set()))


def beside(offering: Offering, need: Need, agency: Agency, outlook: Outlook, said: dict[str, Rule]) -> Fit:
    """Set one place beside one need."""
    stops = [code for code, hit in _people(offering, need).items() if hit] + [
        c for c in need.circumstances if c in offering.stops
    ]
    talks = [c for c in need.circumstances if c in offering.talks]
    unsaid = [c for c in need.circumstances if c not in {*offering.stops, *offering.talks, *offering.clears}]
    mine = {code: rule for code, rule in said.items() if code in need.circumstances or code in stops}
    return Fit(offering, agency, outlook, stops, talks, unsaid, mine)


def _people(offering: Offering, need: Need) -> dict[str, bool]:
    young, old = offering.minimum_age, offering.maximum_age
    household = need.household or ("children" if need.children else "")
    return {
        "age": need.age is not None
        and ((young is not None and need.age < young) or (old is not None and need.age > old)),
        "gender": bool(need.gender and offering.genders and need.gender not in offering.genders),
        "children": bool(household and offering.households and household not in offering.households),
        "language": bool(
            need.languages and offering.languages and not set(need.languages) & set(offering.languages)
        ),
    }
