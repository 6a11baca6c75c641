"""What of a short note tells who somebody is, or where a place is."""

import pytest

from alongside.text.short_notes import places_in, telling


@pytest.mark.parametrize(
    "words",
    [
        "12 Elm",
        "Rosa at 12 Elm",
        "12\u200b Elm\u200b Street",
        "12\u2800Elm",
        "come to 12 elm street",
        "3 rue des Pins",
        "46.3091, -79.4608",
        "46,3091 -79,4608",
        "46°18'32\"N",
        "https://maps.app.goo.gl/abc",
        "maps.app.goo.gl/abc",
        "goo.gl",
        "geo://46.3,-79.4",
        "///filled.count.soap",
        "87PX+2RQ",
    ],
)
def test_what_says_where_a_place_is_is_found(words):
    assert places_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "Rosa",
        "2 photos",
        "2 ID",
        "at 10 h on 4 December",
        "le 4 décembre, 14 h 30",
        "from 9 Monday",
        "side door",
        "705-555-0142",
        "705.555.0142",
        "2 bags; 3 is too many",
        "$12.50 or $13.75",
    ],
)
def test_what_says_nothing_of_a_place_is_left_alone(words):
    assert not places_in(words)


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u200d", "\ufe0f", "\U000e0041"])
def test_a_number_is_found_whatever_unseen_stands_in_it(unseen):
    parted = unseen.join("705-555-0142")

    assert telling(f"Call {parted}, please").sure == [parted]
