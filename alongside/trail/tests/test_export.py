"""The access log of one custodian, printed for its privacy officer (practice.md 2.4)."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from alongside.files.tests.ground import Ground
from alongside.kernel import ctx
from alongside.trail.commands import note

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(superuser):
    ground = Ground(superuser)
    ours, theirs = (
        ground.agency(slug="riverside", name="Riverside"),
        ground.agency(name="Behind the blue door", face="Harbour"),
    )
    mine, stranger = ground.worker(ours), ground.worker(theirs, "intake")
    file = ground.file(ours, mine)
    with ctx.as_worker(mine, purpose="care"):
        note("files.read", custodian_id=ours, file_id=file)
    with ctx.as_worker(stranger, purpose="care"):
        note("referrals.read", custodian_id=ours, file_id=file, item_kind="introduction")
        note("files.read", custodian_id=theirs, file_id=file)
    return {"ours": ours, "file": file, "stranger": stranger}


def export(slug: str, *more: str) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("trail_export", "--agency", slug, *more, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_export_per_custodian_works(looked):
    first, second, third = export("riverside")

    assert (first["action"], second["action"], third["action"]) == (
        "files.read",
        "referrals.read",
        "trail.exported",
    )
    assert second["file_id"] == str(looked["file"])
    assert second["worker_id"] == str(looked["stranger"])
    assert (second["agency"], second["role"], second["purpose"]) == ("Harbour", "intake", "care")
    assert second["kind_of_information"] == "introduction"
    assert second["at_utc"].endswith("Z")
    assert second["what_happened"] == "Somebody at Harbour (intake) read the introduction."


def test_the_export_shows_no_other_custodians_rows_and_no_hidden_name(looked):
    out = io.StringIO()
    call_command("trail_export", "--agency", "riverside", stdout=out)

    assert len(out.getvalue().splitlines()) == 4
    assert "blue door" not in out.getvalue()


def test_the_export_speaks_french(looked):
    assert (
        export("riverside", "--language", "fr")[1]["what_happened"]
        == "Quelqu’un (Harbour, accueil) a lu la présentation."
    )


def test_an_unknown_agency_is_answered_with_those_there_are(looked):
    with pytest.raises(CommandError, match="riverside"):
        export("rivverside")
