"""An invented network of agencies and files, drawn from a seed.

The same number of files is the same network every time.

Rows are lines for COPY. Of every file: two details, four priorities, ten steps (they stand for notes until
there are any), a way of reaching them, two live agreements naming three things each, two requests, ten
entries of the trail, and the terms it is found by. Agency 0 is the one that is measured: it keeps 2 %.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from alongside.files import search
from alongside.kernel import handles

AGENCIES, KEEPERS, WORKERS = 60, 54, 6  # the last six are criminal-legal: they are asked, and keep nothing
ROLES = ("caseworker", "caseworker", "caseworker", "intake", "leader", "privacy-officer")
HIDDEN = 40  # files of agency 0 that its first worker may not see, with names that nobody else has
NAMES = 400
DETAIL, PRIORITY, STEP, CONTACT, RELEASE, ITEM, REFERRAL, ENTRY = range(1, 9)
NEEDS = ("shelter_tonight", "housing", "legal_advice", "counselling", "food", "children")
STATES = ("completed",) * 7 + ("accepted",) * 2 + ("requested",)
LETTERS = ("bcdfghjklmnprstvwz", "aeiou")


def made_up_name(draw: random.Random, syllables: int) -> str:
    """Return a name nobody has, of so many syllables."""
    return "".join(draw.choice(kind) for _ in range(syllables) for kind in LETTERS).capitalize()


@dataclass
class Network:
    """So many files over sixty agencies, as of a moment."""

    files: int
    now: datetime
    seed: int = 20261122
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.agencies = [f"00000000-0000-7000-8000-a{n:011d}" for n in range(AGENCIES)]
        self.workers = [
            [f"00000000-0000-7000-8000-b{a:05d}{w:06d}" for w in range(WORKERS)] for a in range(AGENCIES)
        ]
        self.accounts = [
            [f"00000000-0000-7000-8000-c{a:05d}{w:06d}" for w in range(WORKERS)] for a in range(AGENCIES)
        ]
        self.names = [made_up_name(self.draw, self.draw.choice((2, 3))) for _ in range(NAMES)]
        self.hidden = [made_up_name(self.draw, 4) for _ in range(HIDDEN)]
        self.nobody = [made_up_name(self.draw, 4) for _ in range(HIDDEN)]
        self._opened: list[int] = [0] * AGENCIES

    @cached_property
    def first(self) -> int:
        """Milliseconds of the day the first file was opened: two years ago."""
        return int((self.now - timedelta(days=730)).timestamp() * 1000)

    def keeper(self, number: int) -> int:
        """Which agency keeps a file."""
        return 0 if number % 50 == 0 else 1 + number % (KEEPERS - 1)

    def handle(self, agency: int) -> str:
        """The next handle of an agency; with a number when its two words are used up."""
        nth = self._opened[agency]
        self._opened[agency] += 1
        firsts, seconds = len(handles.FIRST), len(handles.SECOND)
        words = f"{handles.FIRST[nth % firsts]} {handles.SECOND[(nth + nth // firsts) % seconds]}"
        return words if nth < firsts * seconds else f"{words} {nth}"

    def make(self, number: int) -> Made:
        """One file and whom it is shared with."""
        agency = self.keeper(number)
        at = self.first + int(number / self.files * 700 * 86_400_000)
        others = self.draw.sample(range(AGENCIES - 1), 2)
        hides = agency == 0 and number // 50 < HIDDEN * 2 and number // 50 % 2 == 1
        called = self.hidden[number // 100] if hides else self.draw.choice(self.names)
        return Made(
            number,
            agency,
            at,
            self.handle(agency),
            called,
            [other + (other >= agency) for other in others],
            hides,
        )


@dataclass
class Made:
    """One file of the network."""

    number: int
    agency: int
    at: int
    handle: str
    called: str
    others: list[int]
    hides: bool

    @cached_property
    def id(self) -> str:
        """The file's id: a UUIDv7 of the moment it was opened."""
        return self.row(0, 0)

    def row(self, kind: int, nth: int) -> str:
        """The id of the file's n-th row of a kind, made in the same moment."""
        return f"{self.at >> 16:08x}-{self.at & 0xFFFF:04x}-7{kind:x}{nth:02x}-8000-{self.number:012x}"

    @cached_property
    def moment(self) -> str:
        """When it was opened, as PostgreSQL reads it."""
        return datetime.fromtimestamp(self.at / 1000, UTC).isoformat()

    @property
    def is_opened(self) -> bool:
        """Whether a measurement may read its words.

        What agency 0 keeps or was agreed to see is really sealed, the rest only looks so.
        """
        return self.agency == 0 or 0 in self.others


class Terms:
    """The blinded terms of names, reckoned once a word and agency."""

    def __init__(self, keys: list[bytes]) -> None:
        self._keys = keys
        self._known: dict[tuple[int, str], list[int]] = {}

    def of(self, agency: int, names: str) -> set[int]:
        """Return the terms by which an agency finds these words."""
        found: set[int] = set()
        for word in names.split():
            terms = self._known.get((agency, word))
            if terms is None:
                terms = self._known[agency, word] = search.blind(search.trigrams(word), self._keys[agency])
            found.update(terms)
        return found
