"""J8: after one tap on "End it now", does any later request of the other agency see anything?

Pages, JSON, search, fragments, and the addresses of open tabs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.client import Answer, Client
from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation

REQUESTS = 10_000
OPEN = ("requested", "accepted")


def run(bench: Bench) -> list[Figure]:
    """End agreement after agreement, and let each other agency try everything it could see before."""
    if not bench.wants("J8"):
        return []
    ended, before, asked, leaks = withdrawn(bench.smallest, REQUESTS)
    size = bench.smallest.files
    return [
        plain("J8", size, "agreements ended", ended, "agreements"),
        plain("J8", size, "of them seen by the other agency before they ended", before, "agreements"),
        plain("J8", size, "requests of the other agencies afterwards", asked, "requests"),
        at_most("J8", size, "of these, requests that saw anything", leaks, 0, "requests"),
    ]


def withdrawn(installation: Installation, most: int) -> tuple[int, int, int, int]:
    """Return how many agreements were ended, and what was seen of them.

    How many of them were visible before, how many requests followed, and how many saw anything.
    """
    custodian = installation.client(0)
    others: dict[int, Client] = {}
    shared = [(file, share) for file in installation.scene["files"] for share in file["shares"]]
    shared.sort(
        key=lambda pair: pair[1]["state"] not in OPEN
    )  # first those that stand in the other agency's queue
    rounds = max(
        1,
        -(
            -most
            // len(shared)
            // len(
                list(
                    _everything({"id": "", "called": "", "priorities": [""]}, {"referral": "", "release": ""})
                )
            )
        ),
    )
    ended = before = asked = leaks = 0
    for file, share in shared:
        if asked >= most:
            break
        other = others.setdefault(share["to"], installation.client(share["to"]))
        before += _sees(other.get(f"/requests/{share['referral']}"), file, share)
        answer = custodian.post(f"/requests/of/{file['id']}/agreements/{share['release']}/end")
        if answer.status != 302:
            raise RuntimeError(f"Ending an agreement answered {answer.status}.")
        ended += 1
        for _ in range(rounds):
            for answer in _tries(other, file, share):
                asked += 1
                if answer.status >= 500:
                    raise RuntimeError(f"A page answered {answer.status}.")
                leaks += _sees(answer, file, share)
    return ended, before, asked, leaks


def _tries(other: Client, file: dict[str, Any], share: dict[str, Any]) -> Iterator[Answer]:
    for method, path, fields, headers in _everything(file, share):
        yield other.get(path, **headers) if method == "GET" else other.post(path, fields, **headers)


def _everything(
    file: dict[str, Any], share: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, str | list[str]], dict[str, str]]]:
    """Whatever the other agency had open, remembers, or guesses."""
    request, home = f"/requests/{share['referral']}", f"/files/{file['id']}"
    fragment = {"HX-Request": "true"}
    for path in (
        request,
        f"{request}/refusal",
        f"{request}/introduction",
        f"{request}/agreement",
        f"{request}/check",
        home,
        f"{home}/looks",
        f"{home}/called",
    ):
        yield "GET", path, {}, {}
    for path in (
        f"{home}/lead",
        f"{home}/priorities/{file['priorities'][0]}",
        f"/requests/of/{file['id']}/blocks",
        "/requests/",
        "/day",
        "/files/",
        "/files/list.json",
    ):
        yield "GET", path, {}, {}
    yield "GET", request, {}, fragment
    yield "GET", home, {}, fragment
    yield "POST", f"{request}/acceptance", {}, {}
    yield "POST", f"{request}/progress", {"to": "in-progress"}, {}
    yield "POST", f"{request}/refusal", {"reason": "no-capacity"}, {}
    yield "POST", f"/requests/of/{file['id']}/agreements/{share['release']}/end", {}, {}
    yield "POST", "/files/search", {"words": file["called"]}, {}
    yield "POST", "/files/search", {"words": file.get("handle", "")}, fragment


def _sees(answer: Answer, file: dict[str, Any], share: dict[str, Any]) -> bool:
    """Whether an answer shows the request, the file, or a word of it.

    (Its name is no mark: others are called the same.)
    """
    marks = (share["mark"], file["id"], share["referral"], f"{file['called']} needs a room")
    return answer.status < 400 and any(mark in answer.body or mark in answer.location for mark in marks)
