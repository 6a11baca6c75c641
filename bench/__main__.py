"""`make bench`: measure what measures are set for, print it, and write it to bench/results."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from contextlib import ExitStack
from types import ModuleType
from typing import Any

from bench import report
from bench.figures import Bench, Figure
from bench.installation import installed
from bench.jobs import (
    backup,
    beds,
    brief,
    companions,
    connections,
    day,
    demonstration,
    directory,
    pages,
    policies,
    referral,
    search,
    start,
    withdrawal,
)

SIZES = (5_000, 50_000)
BY_THEMSELVES = ("J6", "J12", "J14", "J15", "J18")  # make what they measure on
JOBS = {
    "J1": pages,
    "J2": pages,
    "J4": pages,
    "J5": pages,
    "J3": search,
    "J6": beds,
    "J9": policies,
    "J7": referral,
    "J8": withdrawal,
    "J11": directory,
    "J12": brief,
    "J14": start,
    "J15": demonstration,
    "J16": connections,
    "J18": companions,
    "J19": day,
    "J20": backup,
}


def main() -> int:
    """Measure, and return 0 if everything reached what it was to reach."""
    options = _options()
    load = os.getloadavg()[0]
    figures: list[Figure] = []
    about: dict[str, Any] = {}
    with ExitStack() as stack:
        bench = Bench([], options.rounds, set(options.jobs.upper().split()))
        if bench.wants(*(job for job in JOBS if job not in BY_THEMSELVES)):
            for files in options.sizes:
                print(f"· Making a network of {files:,} files …", flush=True)
                bench.installations.append(stack.enter_context(installed(files)))
        for module in dict.fromkeys(JOBS.values()):
            if bench.wants(*(job for job, its in JOBS.items() if its is module)):
                print(f"· {(module.__doc__ or '').splitlines()[0]}", flush=True)
                figures += _measured(module, bench)
                about = report.circumstances(bench, load)
                figures.sort(key=lambda figure: (int(figure.job[1:] or 0), figure.size))
                if options.keep:
                    report.write(about, figures)
    print(report.table(about, figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


def _measured(module: ModuleType, bench: Bench) -> list[Figure]:
    """The figures of some jobs; where they break off, that, so that the others' are not lost with them."""
    try:
        found: list[Figure] = module.run(bench)
    except Exception:
        traceback.print_exc()
        return [
            Figure(job, 0, "broke off", 0, "", "", False)
            for job, its in JOBS.items()
            if its is module and bench.wants(job)
        ]
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--jobs", default="", help=f"which, of {' '.join(JOBS)} (all)")
    parser.add_argument(
        "--files",
        type=int,
        help="how many files the larger network has (50000; 1000000 takes a quarter of an hour to make)",
    )
    parser.add_argument("--rounds", type=int, default=150, help="how often each page is asked for (150)")
    parser.add_argument(
        "--keep",
        action="store_true",
        default=None,
        help="write bench/results even if only some jobs were measured",
    )
    options = parser.parse_args()
    unknown = set(options.jobs.upper().split()) - set(JOBS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there is {' '.join(JOBS)}")
    options.sizes = (
        SIZES if options.files is None else tuple(sorted({min(SIZES[0], options.files), options.files}))
    )
    options.keep = options.keep if options.keep is not None else not options.jobs
    return options


if __name__ == "__main__":
    sys.exit(main())
