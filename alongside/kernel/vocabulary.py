"""The words every capability shares: needs, kinds of service, barriers, waits.

Each a code with its English and French and what it maps to.

The data lies in `kernel/data/*.json` as `code: [English, French, {mapping}]`. Codes are ours and stable: they
are stored, never the words. Needs and kinds of service carry the ids of Open Eligibility 2.0 they are closest
to (`open_eligibility`, `situation`); barriers carry their nature (practice.md §5).
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language

from alongside.kernel.transliteration import folded

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary: its code, its English, its French, and what it maps to."""

    code: str
    en: str
    fr: str
    mapping: dict[str, Any]

    def __str__(self) -> str:
        return self.fr if (get_language() or "en").startswith("fr") else self.en


def _read(name: str) -> dict[str, Term]:
    words = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return {code: Term(code, en, fr, mapping) for code, (en, fr, mapping) in words.items()}


NEEDS = _read("needs")
SERVICE_TYPES = _read("service_types")
BARRIERS = _read("barriers")
NATURES = _read("natures")
WAIT_BANDS = _read("wait_bands")
WORKAROUNDS = _read("workarounds")
HOURS_BANDS = _read("hours_bands")
COST_BANDS = _read("cost_bands")
PURCHASES = _read("purchases")  # what a flexible fund pays for
RECOMMENDATIONS = _read("recommendations")
SECTORS = _read("sectors")
LANGUAGES = _read("languages")
SIGN_LANGUAGES = ("ase", "fcs")
FLAGS = _read("flags")  # what makes a service easier to come to (practice.md §7)
CIRCUMSTANCES = _read(
    "circumstances"
)  # the barriers of practice.md §5, said from the side of who looks for a bed
GENDERS = _read("genders")
HOUSEHOLDS = _read("households")
ROOM_TYPES = _read("room_types")
DECIDERS = _read("deciders")  # who decided a rule (practice.md §5)
BENEFITS = _read("benefits")  # what may pay for a place

VOCABULARIES = {
    "needs": NEEDS,
    "service_types": SERVICE_TYPES,
    "barriers": BARRIERS,
    "natures": NATURES,
    "wait_bands": WAIT_BANDS,
    "workarounds": WORKAROUNDS,
    "hours_bands": HOURS_BANDS,
    "cost_bands": COST_BANDS,
    "purchases": PURCHASES,
    "recommendations": RECOMMENDATIONS,
    "sectors": SECTORS,
    "languages": LANGUAGES,
    "flags": FLAGS,
    "circumstances": CIRCUMSTANCES,
    "genders": GENDERS,
    "households": HOUSEHOLDS,
    "room_types": ROOM_TYPES,
    "deciders": DECIDERS,
    "benefits": BENEFITS,
}


@cache
def _labels(name: str) -> list[tuple[str, Any]]:
    """The choices of a vocabulary, made once.

    Each lazy label is a class of its own, and a page has a hundred of them.
    """
    return [(code, lazystr(term)) for code, term in VOCABULARIES[name].items()]


def choices(name: str) -> list[tuple[str, Any]]:
    """Return `(code, label)` pairs of a vocabulary for a form or a model.

    Labels follow the language of the page when shown.
    """
    return list(_labels(name))


def languages_in_order() -> list[tuple[str, Any]]:
    """Return the languages for a form: signed first, then spoken, in the order of the page’s language."""
    ordered = sorted(_labels("languages"), key=lambda pair: folded(str(pair[1])))
    signed = [pair for pair in ordered if pair[0] in SIGN_LANGUAGES]
    return [*signed, *(pair for pair in ordered if pair[0] not in SIGN_LANGUAGES)]


def label(name: str, code: str) -> str:
    """Return the words for a code in the language of the page; a code nobody knows is shown as it is."""
    term = VOCABULARIES[name].get(code)
    return str(term) if term else str(code)


def needs_of(service_type: str) -> list[str]:
    """Return the needs that a kind of service answers, most fitting first."""
    term = SERVICE_TYPES.get(service_type)
    return list(term.mapping["needs"]) if term else []


def flags_of(service_type: str) -> list[str]:
    """Return what is true of every service of this kind: nobody has to go to the police to be cared for."""
    term = SERVICE_TYPES.get(service_type)
    return ["no_police_needed"] if term and term.mapping["sector"] == "healthcare" else []


def barriers_by_nature() -> list[tuple[Term, list[Term]]]:
    """Return `[(nature, [barrier, ...]), ...]` for a form that shows barriers in groups."""
    return [
        (nature, [b for b in BARRIERS.values() if b.mapping["nature"] == code])
        for code, nature in NATURES.items()
    ]


@lru_cache(maxsize=2)
def _said(name: str) -> list[tuple[str, re.Pattern[str]]]:
    phrases = json.loads((_DATA / "said.json").read_text(encoding="utf-8"))[name]
    return [
        (code, re.compile(r"\b(?:" + "|".join(map(re.escape, each)) + r")\b"))
        for code, each in phrases.items()
    ]


def _codes_said(name: str, text: str, codes: set[str]) -> list[str]:
    plain = folded(text)
    by_words = [code for code, pattern in _said(name) if pattern.search(plain)]
    by_codes = (
        [
            code
            for code, term in VOCABULARIES[name].items()
            if codes & set(term.mapping.get("open_eligibility", ()))
        ]
        if codes
        else []
    )
    return list(dict.fromkeys([*by_words, *by_codes]))


def needs_said(text: str, codes: Iterable[str] = frozenset()) -> list[str]:
    """Return the needs that a text names or these Open Eligibility ids stand for.

    The text is English or French.
    """
    return _codes_said("needs", text, set(codes))


def kinds_said(text: str, codes: Iterable[str] = frozenset()) -> list[str]:
    """Return the kinds of service that a text names or these Open Eligibility ids stand for.

    The text is English or French.
    """
    return _codes_said("service_types", text, set(codes))
