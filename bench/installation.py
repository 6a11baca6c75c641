"""A throw-away installation.

A state folder and cluster of its own, made and served as `make run` does, with a network in it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.client import Client
from config import postgres, serving
from config.state import ROOT

CSRF = "b" * 32


@dataclass
class Installation:
    """One running installation and what is in it."""

    files: int
    state: Path
    cluster: postgres.Cluster
    port: int
    scene: dict[str, Any]
    filled_in: float
    offerings: int = 0

    def client(self, agency: int = 0) -> Client:
        """A browser's connection in which the first worker of that agency is signed in."""
        return Client("127.0.0.1", self.port, {"s": self.scene["cookies"][agency], "c": CSRF}, CSRF)

    def connect(self, role: str) -> psycopg.Connection[Any]:
        """A connection to the database, in a transaction."""
        return psycopg.connect(**self.cluster.url(role, "alongside"))

    def run(self, *arguments: str) -> str:
        """Run a module of ours in a process of its own on this installation, and return what it printed."""
        return _python(self.state, *arguments)


@contextmanager
def installed(files: int, *, offerings: int = 0, workers: int = 1) -> Iterator[Installation]:
    """Make an installation, fill it, serve it by so many processes; take everything away at the end."""
    os.environ.pop("DATABASE_URL", None)
    state = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    cluster = postgres.ensure(state)
    try:
        _python(state, "alongside", "migrate", "--quiet")
        began = time.perf_counter()
        scene = json.loads(_python(state, "bench.filling", str(files), str(offerings)))
        took = time.perf_counter() - began
        with _served(cluster, state, workers) as port:
            yield Installation(files, state, cluster, port, scene, took, offerings)
    finally:
        cluster.stop()
        (state / "secrets.json").touch()
        postgres.remove(state)
        shutil.rmtree(state, ignore_errors=True)


def _python(state: Path, *arguments: str) -> str:
    environment = {**os.environ, "ALONGSIDE_STATE": str(state), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


@contextmanager
def _served(cluster: postgres.Cluster, state: Path, workers: int) -> Iterator[int]:
    """The pages, served by processes with the threads and the pool of `make run`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**serving.environment(cluster, "pages"), "ALONGSIDE_STATE": str(state)}
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--http",
        "1",
        "--no-ws",
    ]
    command += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(serving.THREADS),
        "--log-level",
        "warning",
        "config.wsgi:application",
    ]
    pages = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(port, pages)
        yield port
    finally:
        pages.terminate()
        try:
            pages.wait(15)
        except subprocess.TimeoutExpired:
            pages.kill()
            pages.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], patience: float = 60) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("The pages did not come up; what was said stands above.")
