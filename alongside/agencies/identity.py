"""How an agency is told from every other: names that none can take, and a mark that none can choose."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from alongside.kernel import ids, installation_key
from alongside.kernel.transliteration import folded

# Letters of other alphabets that look like these, as they look and not as they sound (Unicode TS 39).
LOOKS_LIKE: Final = {
    "АВЕЅІЈКМНОРСТУХԚԜ": "abesijkmhopctyxqw",
    "авеѕіјкмнорстухԛԝһԁѵӏ": "abesijkmhopctyxqwhdvl",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "abezhikmnoptyx",
    "αβγεηικνορτυχω": "abyenikvoptuxw",
    "օսհոցզյ": "ouhngqj",
}
# Where alphabets lie whose letters can be spelt with, or stand in for, Latin ones.
ALPHABETS: Final = ((0x80, 0x600), (0x13A0, 0x1400), (0x1D00, 0x2000), (0x2C60, 0x2E00), (0xA640, 0xA800))


def mark(agency_id: UUID) -> str:
    """Return six digits that stand for an agency: the installation's own, of its id; nobody chooses them."""
    number = int.from_bytes(installation_key.fingerprint(str(agency_id), purpose="agency mark")[:8], "big")
    digits = f"{number % 1_000_000:06}"
    return f"{digits[:3]}\N{NO-BREAK SPACE}{digits[3:]}"


def since(agency_id: UUID) -> datetime:
    """Return since when an agency is here: its id tells, which nobody chooses."""
    return ids.made_at(agency_id)


def in_sql() -> str:
    """Return `sql/identity.sql` with the folding of names made from the one in Python.

    A name has two keys, one as it sounds and one as it looks; the same key is the same name.
    """
    words = (Path(__file__).parent / "sql" / "identity.sql").read_text()
    latin = json.dumps(dict(_letters()), ensure_ascii=False, separators=(",", ":")).replace("'", "''")
    for place, said in {
        "{latin}": latin,
        "{looks}": "".join(LOOKS_LIKE),
        "{like}": "".join(LOOKS_LIKE.values()),
    }.items():
        words = words.replace(place, said)
    return words


def _letters() -> Iterator[tuple[str, str]]:
    for start, end in ALPHABETS:
        for letter in map(chr, range(start, end)):
            whole = len(unicodedata.normalize("NFKD", letter)) == 1
            if whole and unicodedata.category(letter).startswith("L") and folded(letter).isalnum():
                yield letter, folded(letter)
