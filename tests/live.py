"""The real web server against the test database, as `app`, in processes of its own.

Every request has its own connection.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from config import postgres, serving
from config.state import ROOT, default_state, locked

OF_THE_TESTS = {
    "ALONGSIDE_DATABASE": os.environ["ALONGSIDE_DATABASE"],
    "DJANGO_SETTINGS_MODULE": "tests.settings",
}


def environment(child: str) -> dict[str, str]:
    """What a serving process of the tests is given: this worker's database, and no role but its own."""
    return {**serving.environment(postgres.at(default_state()), child), **OF_THE_TESTS}


@contextmanager
def serving_pages(**more: str) -> Iterator[str]:
    """Serve the pages on a free port of this machine while the block runs; gives the address."""
    env = {**environment("pages"), **more}
    _collect_static(env)
    port = _free_port()
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--http",
        "1",
        "--no-ws",
        "--log-level",
        "warning",
        "config.wsgi:application",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _collect_static(env: dict[str, str]) -> None:
    """The hashed static files that the pages name, collected once for all workers, anew after a change."""
    manifest = default_state() / "static/staticfiles.json"
    changed = max(path.stat().st_mtime for path in ROOT.glob("alongside/*/static/**/*"))
    with locked(default_state(), "static"):
        if not manifest.exists() or manifest.stat().st_mtime < changed:
            command = [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "django",
                "collectstatic",
                "--no-input",
                "--verbosity",
                "0",
            ]
            subprocess.run(command, cwd=ROOT, env=env, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The web server of the tests did not come up; what it said stands above.")
