"""The method box says of how many the agreement is, and in words when there is none to state."""

import pytest
from django.utils import translation

from alongside.briefs.queries import method
from alongside.evidence.queries import Method

EMPTY = {
    "interviews": 1,
    "feedback": 0,
    "roles": [],
    "first": None,
    "last": None,
    "languages": [],
    "questions": 0,
    "ethics": "",
    "version": 1,
}

SAID = [
    ((0, 0, None), "", ""),
    (
        (1, 0, None),
        "1 person; with one there is no agreement to state",
        "1 personne ; avec une seule, il n’y a pas d’accord à indiquer",
    ),
    (
        (3, 0, None),
        "3 people, none of them apart; so no agreement is stated",
        "3 personnes, aucune séparément ; aucun accord n’est donc indiqué",
    ),
    ((2, 2, None), "2 people, 2 of them apart first; nothing varied, so agreement can’t be stated", None),
    (
        (2, 2, 0.5),
        "2 people, apart first; agreement (Krippendorff’s alpha) 0.50, a reason to talk and no score",
        None,
    ),
    (
        (2, 2, 0.0),
        "2 people, apart first; agreement (Krippendorff’s alpha) 0.00, a reason to talk and no score",
        None,
    ),
    (
        (4, 3, 0.5),
        "4 people, 3 of them apart first; agreement of those (Krippendorff’s alpha) 0.50, a reason to talk "
        "and no score",
        None,
    ),
]


@pytest.mark.parametrize(("found", "english", "french"), SAID)
def test_who_read_and_how_far_those_agreed(found, english, french):
    coders, apart, alpha = found
    told = Method(**EMPTY, coders=coders, apart=apart, alpha=alpha)

    assert method._read_by(told) == english
    with translation.override("fr"):
        assert french is None or method._read_by(told).replace("\xa0", " ") == french
