"""J18: who could come, for invented weeks: processor seconds, and how far from the best at most."""

from __future__ import annotations

import time

from alongside.accompaniment.matching.problem import Problem
from alongside.accompaniment.matching.program import Proof
from alongside.accompaniment.matching.suggestion import suggest
from bench.companions import alike, week
from bench.figures import Bench, Figure, at_most, plain

SIZES = {(8, 40): 1.0, (15, 100): 10.0}  # companions and appointments: seconds of CPU
SEEDS = range(1, 6)


def run(bench: Bench) -> list[Figure]:
    """Plan five weeks of each size, drawn as agencies are, and with companions who are all alike."""
    if not bench.wants("J18"):
        return []
    return [figure for size, most in SIZES.items() for figure in _figures(*size, most)]


def _figures(companions: int, appointments: int, most: float) -> list[Figure]:
    weeks = {seed: week(companions, appointments, seed) for seed in SEEDS}
    kinds = {"": weeks, ", all alike and free": {seed: alike(problem) for seed, problem in weeks.items()}}
    found: list[Figure] = []
    for kind, problems in kinds.items():
        came = f"{companions} companions, {appointments} appointments{kind}"
        done = [_planned(problem) for problem in problems.values()]
        seconds, proofs = [took for took, _proof in done], [proof for _took, proof in done]
        distance = 100 * max(proof.distance for proof in proofs)
        more = max(proof.unfilled - proof.unfilled_at_least for proof in proofs)
        nobody = sum(proof.unfilled for proof in proofs) / len(proofs)
        found += [
            at_most(
                "J18", appointments, f"{came}: the longest of five weeks", max(seconds), most, "s of CPU"
            ),
            plain("J18", appointments, f"{came}: farthest from the best, proved", distance, "%"),
            plain("J18", appointments, f"{came}: more that could have somebody, proved", more, "at most"),
            plain("J18", appointments, f"{came}: with nobody, on average", nobody, "appointments"),
        ]
    return found


def _planned(problem: Problem) -> tuple[float, Proof]:
    began = time.process_time()
    proof = suggest(problem).proof
    return time.process_time() - began, proof
