"""A moment as it is shown: its time by the reader's clock, and its day unless that is today."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.utils.translation import override

from alongside.kernel.clock import next_at
from alongside.kernel.forms import TimeOfDayField
from alongside.kernel.templatetags.alongside import clock, span

NOW = datetime(2026, 11, 28, 14, 16, tzinfo=UTC)

SHOWN = [
    ((2026, 11, 28, 18, 5), "1:05 p.m.", "13\u00a0h\u00a005"),
    ((2026, 11, 29, 4, 59), "11:59 p.m.", "23\u00a0h\u00a059"),
    ((2026, 11, 29, 14, 16), "Sunday 9:16 a.m.", "9\u00a0h\u00a016, dimanche"),
    ((2026, 11, 27, 14, 16), "Friday 9:16 a.m.", "9\u00a0h\u00a016, vendredi"),
    ((2026, 12, 5, 14, 16), "5 December, 9:16 a.m.", "9\u00a0h\u00a016, le 5 décembre"),
    ((2027, 1, 1, 14, 16), "1 January 2027, 9:16 a.m.", "9\u00a0h\u00a016, le 1er janvier 2027"),
    (
        (2026, 11, 1, 5, 30),
        "1 November, 1:30 a.m. before the clocks go back",
        "1\u00a0h\u00a030 avant le changement d’heure, le 1er novembre",
    ),
    (
        (2026, 11, 1, 6, 30),
        "1 November, 1:30 a.m. after the clocks go back",
        "1\u00a0h\u00a030 après le changement d’heure, le 1er novembre",
    ),
]


@pytest.mark.parametrize(("moment", "english", "french"), SHOWN)
@time_machine.travel(NOW, tick=False)
def test_a_time_has_its_day_unless_it_is_today(moment, english, french):
    at = datetime(*moment, tzinfo=UTC)

    assert clock(at) == english
    with override("fr"):
        assert clock(at) == french


@time_machine.travel(NOW, tick=False)
def test_from_when_to_when_says_its_day_once_and_not_in_the_middle():
    begins, ends = datetime(2026, 11, 29, 14, 0, tzinfo=UTC), datetime(2026, 11, 29, 15, 30, tzinfo=UTC)

    assert span(begins, ends) == "Sunday 9:00 a.m. to 10:30 a.m."
    with override("fr"):
        assert span(begins, ends) == "9\u00a0h\u00a000 à 10\u00a0h\u00a030, dimanche"


@pytest.mark.parametrize(
    ("at", "hour", "expected"),
    [
        ((2026, 11, 1, 5, 20), time(1, 50), (2026, 11, 1, 5, 50)),
        ((2026, 11, 1, 6, 20), time(1, 50), (2026, 11, 1, 6, 50)),
        ((2026, 11, 1, 5, 55), time(1, 50), (2026, 11, 1, 6, 50)),
        ((2026, 11, 1, 6, 55), time(1, 50), (2026, 11, 2, 6, 50)),
        ((2026, 11, 1, 4, 30), time(2, 30), (2026, 11, 1, 7, 30)),
    ],
)
def test_an_hour_that_comes_twice_is_the_next_of_the_two(at, hour, expected):
    assert next_at(hour, datetime(*at, tzinfo=UTC)) == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("moment", [(2026, 11, 28, 18, 5), (2026, 11, 28, 12, 30), (2026, 11, 28, 17, 0)])
@time_machine.travel(NOW, tick=False)
def test_a_time_is_taken_as_it_is_shown(moment, language):
    at = datetime(*moment, tzinfo=UTC)
    with override(language):
        assert TimeOfDayField().clean(clock(at)) == time(at.hour - 5, at.minute)
