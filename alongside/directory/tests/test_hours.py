"""Hours are understood whole, or not at all.

No word inside a sentence is taken for what the sentence says.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.directory.formats import feeds
from alongside.directory.formats.hours import clock, day, weekday, weekly_hours
from tests.cases import case

WEEK = "Mo Tu We Th Fr Sa Su".split()


def said(text):
    """The stretches as `Mo 09:00-17:00`, one a line."""
    return "; ".join(
        f"{WEEK[number]} {opens[:5]}-{closes[:5]}" for number, opens, closes, *_ in weekly_hours(text)
    )


def each(days, *spans):
    return "; ".join(f"{name} {span}" for name in days.split() for span in spans)


@pytest.mark.parametrize("line", case("01-hours-24-hours-notice/hours.txt").read_text().splitlines())
def test_a_notice_period_or_a_no_is_no_opening_time(line):
    assert said(line) == ""


@pytest.mark.parametrize(
    ("line", "week"),
    list(
        zip(
            case("02-hours-half-understood/hours.txt").read_text().splitlines(),
            [
                each("Mo We Fr", "12:30-14:00"),
                each("Tu Th", "10:30-11:30"),
                each("Mo Tu We Th Fr", "09:00-17:00"),
                each("Sa Su", "10:00-14:00"),
                "",
                each("Mo Tu We Th Fr", "09:00-17:00"),
                each("Mo Tu We Th Fr", "08:30-12:00", "13:00-16:30"),
                each("Mo We Fr", "09:00-17:00"),
            ],
            strict=True,
        )
    ),
)
def test_lists_ranges_and_two_stretches_a_day(line, week):
    assert said(line) == week


@pytest.mark.parametrize(
    ("line", "week"),
    [
        ("24/7", each("Mo Tu We Th Fr Sa Su", "00:00-00:00")),
        ("Open 24 hours a day, 7 days a week", each("Mo Tu We Th Fr Sa Su", "00:00-00:00")),
        ("Lundi au vendredi : 8 h 30 à 16 h 30", each("Mo Tu We Th Fr", "08:30-16:30")),
        ("du lundi au jeudi de 9 h à midi", each("Mo Tu We Th", "09:00-12:00")),
        ("Mon.–Wed. 9:00 a.m. to 4:30 p.m.", each("Mo Tu We", "09:00-16:30")),
        ("Fri 1pm-midnight; Sat 10-2pm; Sunday closed", "Fr 13:00-00:00; Sa 10:00-14:00"),
        ("Mon-Sun 20:00-08:00", each("Mo Tu We Th Fr Sa Su", "20:00-08:00")),
        ("Fri to Mon 22-6", each("Fr Sa Su Mo", "22:00-06:00")),
        ("Sat 6-8 pm", "Sa 18:00-20:00"),
    ],
)
def test_what_people_write_is_read(line, week):
    assert said(line) == week


@pytest.mark.parametrize(
    "line",
    [
        "9-5",
        "Mon-Fri 9-5",
        "Mon-Fri 9am-5",
        "Mon-Fri 13pm-15pm",
        "Mon-Fri 9:00-17:00 except holidays",
        "Mon-Fri 9:00-17:00 (by appointment)",
        "Monday if you ring first 9:00-17:00",
        "call for hours",
        "Mon",
        "9:00-17:00",
        "Mon-Fri 9:00-25:00",
        "Monthly 9:00-17:00",
        "Tu es là 9:00-17:00",
        "Satin 9:00-17:00",
        "2nd Mon 9:00-17:00",
        "every other Tuesday 9:00-17:00",
    ],
)
def test_what_is_not_understood_whole_says_nothing(line):
    assert said(line) == ""


@given(
    st.text(st.sampled_from("Mondayfri24/7 h:-,;.àpm0123\n"), max_size=60),
    st.sampled_from(["", "x", " only", " ?"]),
)
def test_a_word_more_makes_it_unknown_and_nothing_breaks_it(text, more):
    weekly_hours(text)
    assert not more or weekly_hours(f"{text} zz{more}") == ()


def test_reading_takes_time_in_proportion_to_the_text():
    assert (
        weekly_hours("mon " * 50_000)
        == weekly_hours("9" * 200_000)
        == weekly_hours(" " * 200_000 + "x")
        == ()
    )


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:00 AM", "09:00:00"),
        ("5:00 PM", "17:00:00"),
        ("5:00 p.m.", "17:00:00"),
        ("12:00 AM", "00:00:00"),
        ("12:30 PM", "12:30:00"),
        ("24:00:00", "24:00:00"),
        ("09:00-05:00", "09:00:00"),
        ("09:00Z", None),
        ("09:00+09:00", None),
        ("17:30ish", None),
        ("24:30", None),
        ("13:00 PM", None),
        ("0:00 AM", None),
        ("9", None),
        (None, None),
    ],
)
def test_a_time_is_read_to_its_end(text, time):
    assert clock(text) == time


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-29", "2026-11-29"),
        ("2026-11-29T10:00:00Z", "2026-11-29"),
        ("2026-11-295", None),
        ("2026-13-01", None),
    ],
)
def test_a_day_is_read_to_its_end(text, found):
    assert day(text) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [("MO", 0), ("Thursday", 3), ("jeudi", 3), ("1TU", None), ("Third", None), ("Weekly", None), ("", None)],
)
def test_a_weekday_is_its_name(text, number):
    assert weekday(text) == number


@pytest.mark.parametrize(
    ("file", "kind", "openings"),
    [
        ("03-pm-is-forgotten/hsds.json", "hsds-json", [(0, "09:00", "17:00"), (1, "00:00", "06:00")]),
        ("03-pm-is-forgotten/airs.xml", "airs", [(0, "09:00", "17:00")]),
        (
            "04-airs-afternoon-lost/airs.xml",
            "airs",
            [(0, "09:00", "12:00"), (0, "13:00", "17:00"), (1, "00:00", "00:00")],
        ),
    ],
)
def test_afternoons_and_the_second_half_of_a_day_are_kept(file, kind, openings):
    [entry] = feeds.read(case(file).read_bytes(), kind).entries

    assert [(number, opens[:5], closes[:5]) for number, opens, closes, *_ in entry.openings] == openings


def test_half_of_a_week_is_no_week_and_the_report_says_so():
    text = case("03-pm-is-forgotten/hsds.json").read_text().replace('"6:00 AM"', '"six in the morning"')

    feed = feeds.read(text.encode(), "hsds-json")

    [entry] = feed.entries
    assert entry.openings == ()
    assert "six in the morning" in entry.details["hours"]
    assert "hours_in_words" in {note.code for note in feed.notes}
