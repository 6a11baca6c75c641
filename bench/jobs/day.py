"""J19 my day, with forty things that wait: beside a bare page, and its statements."""

from __future__ import annotations

from statistics import median

from bench.client import Client
from bench.figures import Bench, Figure, at_most, exactly, plain
from bench.installation import CSRF
from bench.jobs.pages import BARE, took
from bench.timing import in_turns, ratio

DAY = "/day"
THINGS, STATEMENTS, REACH = 40, 10, 4.0


def run(bench: Bench) -> list[Figure]:
    """Let forty things wait for a worker of the smallest network, and ask for their day in turns."""
    if not bench.wants("J19"):
        return []
    there = bench.smallest
    cookie = there.run("bench.days").strip()
    client = Client("127.0.0.1", there.port, {"s": cookie, "c": CSRF}, CSRF)
    waits = client.get(DAY).body.count('<p class="when">')
    times = in_turns(
        {"bare": lambda _turn: took(client.get(BARE), 200), "day": lambda _turn: took(client.get(DAY), 200)},
        bench.rounds,
    )
    [said] = there.run("bench.counting", cookie, DAY).splitlines()
    many = int(said.split()[1])
    return [
        exactly("J19", there.files, "things that wait on the day", waits, THINGS, "things"),
        plain("J19", there.files, "my day, p50", 1000 * median(times["day"]), "ms"),
        at_most("J19", there.files, "my day beside the bare page", ratio(times, "day", "bare"), REACH),
        at_most("J19", there.files, "SQL statements of my day", many, STATEMENTS, "statements"),
    ]
