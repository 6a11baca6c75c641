"""J1 the caseload page, J2 the same as JSON, J4 a new file, J5 one file.

Beside a bare page and a bare POST, and as the network grows.

The bare page is "a second step" of one's own account: a session, the signature, the seat, one short
statement, the frame of every page and two sentences in it. The bare POST keeps an unsent draft: the same
door, one sealed row written and committed.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from bench.client import Answer
from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation
from bench.timing import in_turns, ratio

BARE = "/account/me/second-step"
STATEMENTS = 8
NAMES = {
    "J1": "the caseload page (25 rows)",
    "J2": "the caseload as JSON",
    "J4": "a new file, nothing filled in",
    "J5": "one file",
}
REACH = {"J1": 4.0, "J5": 6.0, "J4": 3.0}


def run(bench: Bench) -> list[Figure]:
    """Ask every installation for every page in turns."""
    works: dict[str, Callable[[int], float]] = {}
    for installation in bench.installations:
        works |= {
            f"{name} {installation.files}": work
            for name, work in _works(installation).items()
            if name.startswith("bare") or bench.wants(name)
        }
    times = in_turns(works, bench.rounds)
    found: list[Figure] = []
    for installation in bench.installations:
        found += _beside_bare(times, installation.files)
        if bench.wants("J1", "J5"):
            found += _statements(installation)
    for installation in bench.installations[1:]:
        grown = [job for job in ("J1", "J2", "J5") if f"{job} {installation.files}" in times]
        first = bench.smallest.files
        found += [
            at_most(
                job,
                installation.files,
                f"{NAMES[job]}: p50 beside p50 at {first} files",
                ratio(times, f"{job} {installation.files}", f"{job} {first}"),
                1.3,
            )
            for job in grown
        ]
    return found


def _works(installation: Installation) -> dict[str, Callable[[int], float]]:
    client = installation.client()
    files = [file["id"] for file in installation.scene["files"]]
    return {
        "bare": lambda turn: took(client.get(BARE), 200),
        "bare POST": lambda turn: took(
            client.post("/drafts", {"words": f"word {turn}", "draft_of": "/files/"}), 204
        ),
        "J1": lambda turn: took(client.get("/files/"), 200),
        "J2": lambda turn: took(client.get("/files/list.json"), 200),
        "J4": lambda turn: took(client.post("/files/"), 302),
        "J5": lambda turn: took(client.get(f"/files/{files[turn % len(files)]}"), 200),
    }


def took(answer: Answer, status: int) -> float:
    """How long an answer took, if it is the one that was to come."""
    if answer.status != status:
        raise RuntimeError(f"A page answered {answer.status} instead of {status}.")
    return answer.took


def _beside_bare(times: dict[str, list[float]], size: int) -> list[Figure]:
    found = [plain("", size, "the bare page, p50", 1000 * median(times[f"bare {size}"]), "ms")]
    found.append(plain("", size, "the bare POST, p50", 1000 * median(times[f"bare POST {size}"]), "ms"))
    for job in [job for job in NAMES if f"{job} {size}" in times]:
        bare = "bare POST" if job == "J4" else "bare"
        found.append(plain(job, size, f"{NAMES[job]}, p50", 1000 * median(times[f"{job} {size}"]), "ms"))
        if job in REACH:
            found.append(
                at_most(
                    job,
                    size,
                    f"{NAMES[job]} beside the {bare if job == 'J4' else 'bare page'}",
                    ratio(times, f"{job} {size}", f"{bare} {size}"),
                    REACH[job],
                )
            )
        elif f"J1 {size}" in times:
            found.append(
                at_most(
                    job,
                    size,
                    "the caseload as JSON beside the caseload page",
                    ratio(times, f"J2 {size}", f"J1 {size}"),
                    1,
                )
            )
    if f"J4 {size}" in times:
        found.append(
            at_most("J4", size, "fields that have to be filled in", 0, 0, "fields")
        )  # the request above sent none
    return found


def _statements(installation: Installation) -> list[Figure]:
    """SQL statements of both pages, counted in a process of its own."""
    pages = {"J1": "/files/", "J5": f"/files/{installation.scene['files'][-1]['id']}"}
    said = installation.run("bench.counting", installation.scene["cookies"][0], *pages.values()).splitlines()
    counts = {job: int(line.split()[1]) for job, line in zip(pages, said, strict=True)}
    return [
        at_most(
            "J1",
            installation.files,
            "SQL statements of the caseload page",
            counts["J1"],
            STATEMENTS,
            "statements",
        ),
        plain("J5", installation.files, "SQL statements of one file", counts["J5"], "statements"),
    ]
