"""The operator's verbs: a project in and a study out, as one of its editors."""

import pytest
from django.core.management import CommandError, call_command

from alongside.agencies.tests import cast
from alongside.evidence.refi.reader import read
from alongside.evidence.tests import people
from alongside.evidence.tests.test_exchange import packed

pytestmark = pytest.mark.django_db


def verb(name, path, there, who=None, **more):
    call_command(
        f"evidence_{name}",
        str(path),
        study=there.study.pk,
        editor=(who or there.ana).account.username,
        **more,
    )


def test_a_project_goes_in_and_out_from_the_console(tmp_path, capsys):
    there = people.scene()
    (tmp_path / "in.qdpx").write_bytes(packed())

    verb("import", tmp_path / "in.qdpx", there, language="en")
    verb("export", tmp_path / "out.qdc", there)

    assert "2 codes, 1 texts, 2 coded passages, 3 memos." in capsys.readouterr().out
    assert [code.name for code in read((tmp_path / "out.qdc").read_bytes()).project.codes] == [
        "Getting there"
    ]
    assert (tmp_path / "out.qdc").stat().st_mode & 0o077 == 0


def test_what_cannot_be_done_is_said_and_leaves_nothing(tmp_path):
    there, elsewhere = people.scene(), people.scene()
    caseworker = cast.worker(there.agency, "Maya")
    (tmp_path / "in.qde").write_bytes(b"<Project/>")

    with pytest.raises(CommandError, match="Nothing was brought in"):
        verb("import", tmp_path / "in.qde", there)
    with pytest.raises(CommandError, match="There is no such study"):
        verb("export", tmp_path / "out.qdpx", there, elsewhere.ana)
    with pytest.raises(CommandError, match="There is no such study"):
        verb("export", tmp_path / "out.qdpx", there, caseworker)
    with pytest.raises(CommandError, match="There is no such study"):
        verb("import", tmp_path / "in.qde", there, elsewhere.ana)
    with pytest.raises(CommandError, match="there already"):
        verb("export", tmp_path / "in.qde", there)
    with pytest.raises(CommandError, match="has to end in"):
        verb("export", tmp_path / "out.exe", there)
    assert not (tmp_path / "out.qdpx").exists()
