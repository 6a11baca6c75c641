"""The quick lane and the thorough one are everything.

What left the quick lane is listed with its reason, and the thorough lane is what CI runs.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import budget, lanes

ROOT = Path(__file__).resolve().parent.parent


def test_the_two_lanes_together_are_everything(request):
    collected = request.config.stash[lanes.COLLECTED]
    quick, left_out = lanes.split(collected)
    runs = {item.nodeid for item in request.session.items}

    assert {item.nodeid for item in quick} | {item.nodeid for item in left_out} == {
        item.nodeid for item in collected
    }
    assert not {item.nodeid for item in quick} & {item.nodeid for item in left_out}
    assert runs <= {
        item.nodeid for item in (collected if lanes.THOROUGH or "::" in str(request.config.args) else quick)
    }


def test_what_left_the_quick_lane_is_listed_with_its_reason(request):
    if any("::" in argument for argument in request.config.args):
        pytest.skip("only some tests were asked for by name")
    _quick, left_out = lanes.split(request.config.stash[lanes.COLLECTED])
    files = {item.nodeid.partition("::")[0] for item in request.config.stash[lanes.COLLECTED]}
    kept = {line for path in lanes.lists() for line in path.read_text(encoding="utf-8").splitlines()}

    now = {lanes.listed(item) for item in left_out}
    assert now == {line for line in kept if line.partition("::")[0] in files}, (
        "make lanes writes the list anew"
    )
    assert not [line for line in kept if not line.partition(": ")[2].strip()]


def test_ci_runs_the_thorough_lane_whole_and_asks_for_every_budget():
    ci = (ROOT / ".ci" / "run").read_text()

    assert re.search(r"^  ALONGSIDE_POSTGRES=machine make test LANE=thorough$", ci, re.MULTILINE)
    assert "export ALONGSIDE_BUDGET=required" in ci
    assert "export ALONGSIDE_BROWSER=required" in ci


def test_what_costs_over_three_seconds_says_why(request):
    costly = [item for item in request.session.items if item.get_closest_marker("costly")]

    assert not [item.nodeid for item in costly if not item.get_closest_marker("costly").args]


def test_what_a_process_uses_is_counted_also_after_it_ended():
    before = budget.used()
    sum(number * number for number in range(1_500_000))

    assert budget.used() - before > 0.03
