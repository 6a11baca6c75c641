"""J3: searching a part of a name.

Half of the names belong to nobody; each of the others to one file that the searcher may not see.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import median

from bench.figures import Bench, Figure, at_least, at_most, plain
from bench.installation import Installation
from bench.timing import in_turns, kolmogorov_smirnov, mann_whitney

TIMES_MORE = 4  # rounds for each round of the other jobs: telling two distributions apart takes many


def run(bench: Bench) -> list[Figure]:
    """Search in turns for what nobody is called and for what somebody hidden is called."""
    if not bench.wants("J3"):
        return []
    works: dict[str, Callable[[int], float]] = {}
    for installation in bench.installations:
        works |= {
            f"{kind} {installation.files}": _search(installation, kind) for kind in ("nobody", "hidden")
        }
    times = in_turns(works, bench.rounds * TIMES_MORE)
    found: list[Figure] = []
    for installation in bench.installations:
        nobody, hidden = times[f"nobody {installation.files}"], times[f"hidden {installation.files}"]
        p, effect = mann_whitney(hidden, nobody)
        found += [
            plain("J3", installation.files, "searching a part of a name, p50", 1000 * median(nobody), "ms"),
            at_least(
                "J3",
                installation.files,
                "none or one hidden: chance of one distribution (Mann-Whitney)",
                p,
                0.01,
                "p",
            ),
            at_least(
                "J3",
                installation.files,
                "none or one hidden: chance of one distribution (Kolmogorov-Smirnov)",
                kolmogorov_smirnov(hidden, nobody),
                0.01,
                "p",
            ),
            plain(
                "J3",
                installation.files,
                "chance that the hidden one took longer (0.5: no difference)",
                effect,
                "",
            ),
            plain(
                "J3",
                installation.files,
                "difference of the medians",
                1e6 * (median(hidden) - median(nobody)),
                "µs",
            ),
        ]
    for installation in bench.installations[1:]:
        grown = median(times[f"nobody {installation.files}"]) / median(
            times[f"nobody {bench.smallest.files}"]
        )
        found.append(
            at_most(
                "J3",
                installation.files,
                f"searching: p50 beside p50 at {bench.smallest.files} files",
                grown,
                1.3,
            )
        )
    return found


def _search(installation: Installation, kind: str) -> Callable[[int], float]:
    client, draw = installation.client(), random.Random(kind)
    words = draw.sample(installation.scene[kind], len(installation.scene[kind]))

    def work(turn: int) -> float:
        answer = client.post("/files/search", {"words": words[turn % len(words)][:6]})
        if answer.status != 200 or words[turn % len(words)] in answer.body:
            raise RuntimeError("The search showed what was hidden, or failed.")
        return answer.took

    return work
