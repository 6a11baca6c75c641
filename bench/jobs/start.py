"""J14: `make run` from nothing to the first page, without what set-up downloads.

Cluster, migrations, static files, demonstration district, pages.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Bench, Figure, at_most, plain
from config import postgres
from config.state import ROOT

MOST = 15.0


def run(bench: Bench) -> list[Figure]:
    """Start in an empty state folder, and again in the same; set-up itself found everything there."""
    if not bench.wants("J14"):
        return []
    state = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    try:
        first, again = _until_first_page(state), _until_first_page(state)
    finally:
        postgres.remove(state)
        shutil.rmtree(state, ignore_errors=True)
    return [
        at_most("J14", 0, "from an empty folder to the first page (downloads apart)", first, MOST, "s"),
        plain("J14", 0, "the second time", again, "s"),
    ]


def _until_first_page(state: Path) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "ALONGSIDE_STATE": str(state), "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    serving = subprocess.Popen(
        [sys.executable, "-m", "alongside", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while serving.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/")
                status = connection.getresponse().status
                if status != 200:
                    raise RuntimeError(f"The first page answered {status}; what was said stands above.")
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("It did not start; what was said stands above.")
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
