"""Identifiers sort in the order of making, so that the newest stands first."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import time_machine

from alongside.kernel.ids import uuid7


def test_an_id_is_a_uuid_like_any_other():
    made = uuid7()

    assert type(made) is uuid.UUID
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_the_later_sorts_after_the_earlier_within_a_millisecond():
    made = [uuid7() for _ in range(5000)]

    assert len({each.int >> 80 for each in made}) < len(made)
    assert made == sorted(set(made))


def test_the_later_sorts_after_the_earlier_whichever_thread_makes_it():
    made, one_at_a_time = [], Lock()

    def make(_number):
        with one_at_a_time:
            made.append(uuid7())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(make, range(2000)))

    assert made == sorted(set(made))


def test_the_later_sorts_after_the_earlier_while_a_test_moves_the_clock():
    before = uuid7()

    with time_machine.travel("2020-01-01"):
        assert uuid7() > before
