"""J6, the last bed: sixteen clients ask at the same moment to have it held, round after round.

And what one hold costs beside a bare POST.
"""

from __future__ import annotations

import re
import threading
from statistics import median

from bench.client import Answer, Client
from bench.figures import Bench, Figure, at_most, exactly, plain
from bench.installation import Installation
from bench.timing import in_turns

ROUNDS, CLIENTS = 1_000, 16
HELD, TOO_LATE = 302, 409
# A moment at which more was held than was free: every hold is looked at as of when it began, beside what was
# counted last before.
TOO_MANY = """
    select count(*) from beds_hold h
    cross join lateral (select * from beds_count x where x.offering_id = h.offering_id
        and x.counted_at <= h.held_at order by x.number desc limit 1) c
    where h.offering_id = %(bed)s and c.actual - c.occupied < (select count(*) from beds_hold o
        where o.offering_id = h.offering_id
        and o.held_at <= h.held_at and coalesce(o.ended_at, o.until) > h.held_at)
"""
ON_ONE_SLOT = """
    select count(*) from beds_hold a join beds_hold b on b.offering_id = a.offering_id and b.slot = a.slot
        and b.id > a.id
        and tstzrange(a.held_at, coalesce(a.ended_at, a.until)) && tstzrange(b.held_at,
            coalesce(b.ended_at, b.until))
"""


def figures(bench: Bench, installation: Installation, rounds: int = ROUNDS) -> list[Figure]:
    """Contend for the bed, count as superuser what came of it, and time a hold by itself."""
    winners, times = contended(installation, rounds)
    with installation.connect("postgres") as superuser:
        twice = [
            superuser.execute(asked, {"bed": installation.scene["last_bed"]}).fetchone()
            for asked in (TOO_MANY, ON_ONE_SLOT)
        ]
    size = installation.offerings
    return [
        plain("J6", size, "rounds of sixteen clients on the last bed", len(winners), "rounds"),
        exactly("J6", size, "the last bed: fewest winners of a round", min(winners), 1, "winners"),
        exactly("J6", size, "the last bed: most winners of a round", max(winners), 1, "winners"),
        at_most(
            "J6",
            size,
            "the last bed: double holds, counted as superuser",
            sum(row[0] for row in twice if row),
            0,
            "holds",
        ),
        plain("J6", size, "the last bed: an answer to one of the sixteen, p50", 1000 * median(times), "ms"),
        *_alone(bench, installation),
    ]


def contended(installation: Installation, rounds: int) -> tuple[list[int], list[float]]:
    """Return how many of the clients had the bed held in each round, and how long each answer took.

    Whoever did lets it go before the next.
    """
    clients = [installation.client(agency) for agency in range(1, CLIENTS + 1)]
    drafts = [begun(client, installation.scene["last_bed"]) for client in clients]
    winners, times = [], []
    for _ in range(rounds):
        answers = _at_once(clients, drafts)
        if odd := [answer.status for answer in answers if answer.status not in (HELD, TOO_LATE)]:
            raise RuntimeError(f"Asking for the last bed answered {odd[0]}.")
        won = [nth for nth, answer in enumerate(answers) if answer.status == HELD]
        winners.append(len(won))
        times += [answer.took for answer in answers]
        for nth in won:
            let_go(clients[nth], drafts[nth])
            drafts[nth] = begun(clients[nth], installation.scene["last_bed"])
    for client in clients:
        client.close()
    return winners, times


def _at_once(clients: list[Client], drafts: list[str]) -> list[Answer]:
    """Have all of them ask at the same moment."""
    start, answers = threading.Barrier(len(clients)), dict[int, Answer]()

    def ask(nth: int) -> None:
        start.wait()
        answers[nth] = held(clients[nth], drafts[nth])

    threads = [threading.Thread(target=ask, args=(nth,)) for nth in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[nth] for nth in range(len(clients))]


def begun(client: Client, offering: str) -> str:
    """Begin to ask; return the request's id."""
    answer = client.post("/beds/new", {"offering": offering, "stay": "tonight"})
    found = re.search(r"/beds/requests/([0-9a-f-]{36})/check", answer.location)
    if not found:
        raise RuntimeError(f"Beginning to ask answered {answer.status}.")
    return found[1]


def held(client: Client, request: str) -> Answer:
    """Ask to have a bed held at once."""
    return client.post(f"/beds/requests/{request}/check", {"how": "hold"})


def let_go(client: Client, request: str) -> None:
    """They chose otherwise: the bed is free again."""
    answer = client.post(f"/beds/requests/{request}/otherwise")
    if answer.status != HELD:
        raise RuntimeError(f"Letting the bed go answered {answer.status}.")


def _alone(bench: Bench, installation: Installation) -> list[Figure]:
    client = installation.client(CLIENTS + 1)

    def hold(turn: int) -> float:
        request = begun(client, installation.scene["last_bed"])
        answer = held(client, request)
        if answer.status != HELD:
            raise RuntimeError(f"Asking for a bed that is free answered {answer.status}.")
        let_go(client, request)
        return answer.took

    times = in_turns(
        {
            "bare": lambda turn: (
                client.post("/drafts", {"words": f"word {turn}", "draft_of": "/files/"}).took
            ),
            "hold": hold,
        },
        bench.rounds,
    )
    return [
        plain("J6", installation.offerings, "a hold by itself, p50", 1000 * median(times["hold"]), "ms"),
        plain(
            "J6",
            installation.offerings,
            "a hold by itself beside a bare POST",
            median(times["hold"]) / median(times["bare"]),
            "×",
        ),
    ]
