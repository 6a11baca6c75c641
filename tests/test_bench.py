"""Every measurement runs: what it fills in by hand and what it presses is the product's as it is now."""

import subprocess
import sys

import pytest

from config.state import ROOT
from tests.test_serving import environment

BY_THE_DOOR = ("J1", "J2", "J3", "J4", "J5", "J7", "J19")  # the network that is filled in, and its pages


@pytest.mark.thorough("makes an installation and serves it, which takes a quarter of a minute")
@pytest.mark.database
def test_what_is_measured_can_still_be_asked_for(tmp_path):
    asked = [
        sys.executable,
        "-m",
        "bench",
        "--jobs",
        " ".join(BY_THE_DOOR),
        "--files",
        "200",
        "--rounds",
        "1",
    ]
    done = subprocess.run(
        asked, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False
    )

    assert "broke off" not in done.stdout, done.stderr
    assert not [job for job in BY_THE_DOOR if f"| {job} | 200 |" not in done.stdout], done.stderr
