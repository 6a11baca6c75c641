"""What could not be had in Two Rivers: about three hundred requests that came to nothing, over five quarters.

Nobody is in them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.gaps import commands as gaps
from alongside.kernel import ctx

if TYPE_CHECKING:
    from alongside.desk.demo.scenario import District

ASKED_BY = {
    "priya": 165,
    "felix": 55,
    "tala": 40,
    "nodin": 25,
    "camille": 15,
}  # whoever wrote it down, and how often
# need, how often, the barriers it meets
LACKED = (
    ("shelter_tonight", 24, ("full", "pets", "substance_use", "house_rules")),
    ("shelter_weeks", 20, ("full", "pets", "children", "stay_limit", "shared_room")),
    ("housing", 15, ("cost", "full", "criminal_record")),
    ("counselling", 12, ("language", "french", "full", "far")),
    ("identification", 6, ("identification", "cost")),
    ("withdrawal_care", 6, ("full", "far", "work_hours")),
    ("dental", 5, ("cost", "immigration")),
    ("trafficking_support", 4, ("age", "gender", "catchment", "must_report")),
    ("indigenous_led", 4, ("indigenous_led", "far")),
    ("legal_advice", 4, ("full", "language")),
)
WAITS = (
    "days",
    "weeks",
    "weeks",
    "months_1_3",
    "months_1_3",
    "months_1_3",
    "months_3_6",
    "months_6_12",
    "over_year",
    "closed",
    "unknown",
)
INSTEAD = ("none", "none", "waited", "elsewhere", "hotel", "friends", "own_money", "partial")
HOURS = ("", "under_1", "1_4", "1_4", "4_8", "over_8")
REASONS = ("no-capacity", "no-capacity", "waitlist", "not-a-fit", "asked-outside")


def record_all(d: District) -> int:
    """Write down every no, in the quarter it was met; return how many."""
    kinds = [row for row in LACKED for _ in range(row[1])]
    for name, number in ASKED_BY.items():
        worker = d.workers[name]
        with ctx.as_worker(worker.pk):
            for _ in range(number):
                need, _often, barriers = d.one_of(kinds)
                reason = d.one_of(REASONS)
                gaps.record(
                    by=worker,
                    at=d.midnight - timedelta(days=d.draw.triangular(2, 440, 60)),
                    reason=reason,
                    need=need,
                    barriers=d.draw.sample(barriers, k=min(len(barriers), d.one_of((1, 1, 1, 2)))),
                    wait_band=d.one_of(WAITS) if reason == "waitlist" else "",
                    workaround=d.one_of(INSTEAD),
                    staff_hours_band=d.one_of(HOURS),
                )
    return sum(ASKED_BY.values())
