"""Why somebody could come, as a worker reads it."""

from datetime import UTC, datetime

import pytest
import time_machine

from alongside.accompaniment.matching import words
from alongside.accompaniment.matching.program import Proof
from alongside.accompaniment.matching.reasons import Code, Reason

MORNING = datetime(2026, 11, 2, 14, tzinfo=UTC)
SAID = [
    (Reason(Code.KNOWS, 1), "knows them: came along once"),
    (Reason(Code.KNOWS, 4), "knows them: came along 4 times"),
    (Reason(Code.SPEAKS, "fr"), "speaks French"),
    (Reason(Code.SPEAKS_NOT, "ase"), "does not know American Sign Language"),
    (Reason(Code.SAME_FACE, 2), "comes to 2 more appointments of theirs"),
    (Reason(Code.FREE_UNTIL, datetime(2026, 11, 2, 20, tzinfo=UTC)), "free until 3:00 p.m."),
    (Reason(Code.FREE_UNTIL, datetime(2026, 11, 4, 20, tzinfo=UTC)), "free until Wednesday 3:00 p.m."),
    (Reason(Code.WAY_ASSUMED, 30), "a way that is not in your table: 30 minutes assumed"),
]
VALUES = {Code.SPEAKS: "fr", Code.SPEAKS_NOT: "fr", Code.FREE_UNTIL: MORNING}


@pytest.mark.parametrize(("reason", "sentence"), SAID)
@time_machine.travel(MORNING, tick=False)
def test_a_reason_is_said_in_words(reason, sentence):
    assert words.reasons([reason]) == sentence


@pytest.mark.parametrize("code", Code)
def test_every_code_has_words(code):
    assert words.reasons([Reason(code, VALUES.get(code, 2))])


@time_machine.travel(MORNING, tick=False)
def test_reasons_stand_side_by_side():
    said = [Reason(Code.CHOSEN), Reason(Code.SPEAKS, "fr"), Reason(Code.FREE_UNTIL, MORNING)]

    assert words.reasons(said) == "the person chose them; speaks French; free until 9:00 a.m."


@pytest.mark.parametrize(
    ("proof", "sentence"),
    [
        (Proof(2, 2, 40, 40), "There is no better suggestion."),
        (Proof(2, 1, 40, 30), "somebody might be found for one more at most"),
        (Proof(3, 1, 40, 40), "somebody might be found for 2 more at most"),
        (Proof(2, 2, 1000, 950), "up to 5 % from the best"),
        (Proof(2, 2, 1000, 999), "up to 1 % from the best"),
    ],
)
def test_how_far_it_may_be_from_the_best_is_said(proof, sentence):
    assert sentence in words.proof(proof)


def test_why_nobody_comes_is_one_sentence():
    assert words.nobody().startswith("Nobody was found for this time.")
