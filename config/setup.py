"""Set the project up: its Python environment with the locked packages, the command, the French words.

Runs with the machine's Python before anything is installed, so: standard library only, and it must at least
compile on an old Python to be able to say that it is old. `python3 config/setup.py [--dev]`
"""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "Alongside needs Python 3.11 or newer; this is Python {}.{}. Install one (Debian 12: `apt-get "
        "install python3`) or name one you have: make run PYTHON=python3.12".format(*sys.version_info)
    )

import fcntl  # noqa: E402 - after the check above
import hashlib  # noqa: E402
import importlib.util  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
COMMAND = """#!{python}
import sys
from alongside.__main__ import main
sys.exit(main())
"""


class Trouble(Exception):
    """Something outside the project stands in the way; the message says what to do."""


def set_up(kind: str) -> None:
    """Bring the environment to what the locks say. Done already, it costs a few milliseconds.

    :raises Trouble: with what to do
    """
    if _stands(kind):
        compile_words()
        return
    with _alone():
        if not _stands(kind):
            _make_environment()
            _install(kind)
            _add_project()
            _stamp(kind).write_text(_wanted(kind))
    compile_words()


def _stands(kind: str) -> bool:
    """Whether what the locks ask for is there already; the development set holds the other one."""
    return any(_read(_stamp(which)) == _wanted(which) for which in (kind, "dev")) and PYTHON.exists()


def _stamp(kind: str) -> Path:
    return VENV / f"set-up-{kind}"


def _wanted(kind: str) -> str:
    """What the stamp says when the environment is up to date.

    The locks, the Python, and the place it was made in.
    """
    parts = [(ROOT / name).read_bytes() for name in LOCKS[kind]]
    parts += [COMMAND.encode(), str(VENV).encode(), "{}.{}".format(*_python_inside()).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _python_inside() -> tuple[int, ...]:
    """The version of the Python in the environment, from the file venv leaves there."""
    for line in _read(VENV / "pyvenv.cfg").splitlines():
        name, _, value = line.partition("=")
        if name.strip() in ("version", "version_info"):
            return tuple(int(part) for part in value.strip().split(".")[:2])
    return (0, 0)


@contextmanager
def _alone():
    """One set-up at a time: a second one waits for the first.

    The lock is on the project's folder, so it leaves no file.
    """
    try:
        VENV.mkdir(exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"This user may not write in {ROOT} ({error.strerror.lower()}). Change the owner of the folder, "
            "or copy it to a place of your own."
        ) from error
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _make_environment() -> None:
    if (
        PYTHON.exists()
        and _python_inside() >= OLDEST
        and _quiet([PYTHON, "-m", "pip", "--version"]).returncode == 0
    ):
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Trouble(
                f"This Python lacks its own `{module}` module. Install it (Debian, Ubuntu: `apt-get install "
                "python3-venv`) and repeat."
            )
    _say("Making the Python environment in .venv")
    made = _quiet([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode:
        raise Trouble(f"The Python environment could not be made in {VENV}: {_last_words(made.stdout)}")


def _install(kind: str) -> None:
    _say("Installing the locked packages (the first time takes a minute or two)")
    locks = [part for name in LOCKS[kind] for part in ("-r", str(ROOT / name))]
    flags = [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    done = _quiet([PYTHON, "-m", "pip", "install", *flags, *locks])
    if done.returncode == 0:
        return
    (VENV / "set-up.log").write_text(done.stdout)
    raise Trouble(f"{_why_not(done.stdout)} Everything pip said is in {VENV / 'set-up.log'}.")


def _why_not(said: str) -> str:
    """What to do about a failed installation, from what pip said."""
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        return (
            "A package that was offered is not the one that was locked, so nothing was installed. Do not "
            "work around this; ask where it came from."
        )
    if "No space left" in said:
        return "The disk is full. Make room (about 600 MB are needed) and repeat."
    unreachable = (
        "NewConnectionError",
        "NameResolutionError",
        "name resolution",
        "Connection refused",
        "timed out",
        "ProxyError",
        "SSLError",
    )
    if any(sign in said for sign in unreachable):
        return (
            "The package index cannot be reached. Check the network (or the proxy that pip is told to use) "
            "and repeat; what was fetched is kept."
        )
    if "No matching distribution" in said:
        return (
            "A locked package is not offered for this machine and Python. Python 3.11 to 3.13 on Linux "
            "(glibc) or macOS is what the locks are made for."
        )
    return f"The packages could not be installed: {_last_words(said)}."


def _add_project() -> None:
    """Put the project on the environment's path, with its console command.

    Nothing is built.
    """
    site = next((VENV / "lib").glob("python3.*/site-packages"))
    (site / "alongside.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "alongside"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def compile_words() -> None:
    """Compile every French .po that is newer than its .mo, with the Babel of the environment."""
    stale = [
        po
        for po in ROOT.glob("alongside/*/locale/*/LC_MESSAGES/django.po")
        if _older(po.with_suffix(".mo"), po)
    ]
    if not stale:
        return
    done = _quiet([PYTHON, "-m", "config.words", "compile", *stale])
    if done.returncode:
        raise Trouble(f"The French words could not be compiled: {_last_words(done.stdout)}")


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _quiet(command: list) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _last_words(said: str) -> str:
    return ([line for line in said.splitlines() if line.strip()] or ["it said nothing"])[-1].strip()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _say(words: str) -> None:
    print(f"· {words} …", flush=True)


def main() -> int:
    """Set up for running, or with `--dev` for testing and checking too."""
    began = time.monotonic()
    if not shutil.which("make"):
        _say(
            "There is no `make` on this machine: install it (Debian, "
            "Ubuntu: `apt-get install make`) to use the short commands"
        )
    try:
        set_up("dev" if "--dev" in sys.argv[1:] else "run")
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    took = time.monotonic() - began
    if took > 2:
        _say(f"Set up in {took:.0f} s")
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
