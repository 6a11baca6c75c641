"""From counts to a released table.

Who prepares, who releases, what is kept, what is refused, and that what is out never changes.
"""

import json

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.disclosure import commands as disclosure
from alongside.disclosure import queries as ledger
from alongside.disclosure.models import Release, Snapshot
from alongside.disclosure.rules import CannotDrop, CannotPropose, CannotPublish
from alongside.disclosure.suppression.attacker import worked_out
from alongside.disclosure.suppression.cube import Count, Cube, Shape
from alongside.disclosure.suppression.sensitive import sensitive
from alongside.indicators import commands, rules
from alongside.indicators.commands import tables
from alongside.indicators.tables import TABLES as ALL
from alongside.indicators.tests.conftest import HALF, contributes, gaps, requests
from alongside.kernel import clock, ctx
from tests import databases, lanes

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = ("need-half", "need-region", "barrier-region", "need-barrier")
OF_ANSWERS = tuple(code for code, indicator in ALL.items() if indicator.cube == "answers")


def prepared(pool, code="need-region", audience="public", who="editor"):
    with ctx.as_worker(pool[who].pk):
        return commands.prepare(code, HALF, audience, by=pool[who], at=clock.now())


def published(pool, *releases, by="leader"):
    with ctx.as_worker(pool[by].pk):
        return disclosure.publish(releases, by=pool[by], at=clock.now())


def test_a_prepared_table_holds_nothing_below_the_threshold_and_is_rounded(pool):
    release = prepared(pool)

    shown = list(release.shown.values())
    assert shown
    assert all(value >= 20 and value % 5 == 0 for value in shown)
    assert (release.state, release.threshold, release.rounding) == ("proposed", 20, 5)


def test_the_numbers_as_they_are_stand_nowhere_unsealed(pool, superuser):
    prepared(pool)

    ((kept,),) = superuser.execute("select body from disclosure_snapshot").fetchall()
    assert b"requests" not in bytes(kept)
    (told,) = superuser.execute("select r::text from disclosure_release r").fetchone()
    assert json.dumps("mentions") not in told


@pytest.mark.costly("makes a release for each audience and tries to work out what is withheld")
@pytest.mark.parametrize("codes", [TABLES, OF_ANSWERS], ids=["gaps", "answers"])
def test_every_table_for_every_audience_and_nothing_can_be_worked_out(pool, superuser, codes):
    """Published one after another, widest first and narrowest first mixed.

    Then attacked with all a reader holds.
    """
    if codes == OF_ANSWERS:
        requests(superuser, pool["agencies"], 900)
        codes = OF_ANSWERS if lanes.THOROUGH else OF_ANSWERS[:5]
    for audience in ("funder", "public", "table"):
        for code in codes:
            published(pool, prepared(pool, code, audience))

    with ctx.as_worker(pool["editor"].pk):
        releases = list(Release.objects.all())
        cube = ledger.cube_of(releases[0].snapshot)
    for audience in ("table", "funder", "public"):
        held = [
            release
            for release in releases
            if release.audience in ledger.AUDIENCES
            and ledger.AUDIENCES[release.audience].reach >= ledger.AUDIENCES[audience].reach
        ]
        known = {
            ledger.table_of(release).node(cube.shape, row, column): None
            for release in held
            for row, column in release.shown
        }
        known = {node: (cube[node].value,) * 2 for node in known}
        primary = sensitive(ledger.table_of(held[0]), cube, ledger.AUDIENCES[audience].threshold)
        few = [node for node in list(primary)[:12] if node not in known]
        assert all(primary[node].is_kept(*ends) for node, ends in worked_out(cube.shape, known, few).items())
    assert len(releases) == 3 * len(codes)
    assert all(release.shown for release in releases)


def test_a_half_year_counted_otherwise_is_not_prepared_by_what_it_does_not_know(pool, superuser, monkeypatch):
    requests(superuser, pool["agencies"], 300)
    before = Shape("answers", {"questions": ("need",)}, {"need": ("housing",)})
    counted = {("questions", "housing"): Count(300, 6), ("questions", "*"): Count(300, 6)}
    monkeypatch.setattr(tables, "cube_of", lambda *_: Cube(before, counted))
    with pytest.raises(CannotPropose, match="taken before they were counted so"):
        prepared(pool, "sector-answer")


def test_only_an_editor_prepares(pool):
    for role in ("leader", "data-steward", "privacy-officer"):
        with pytest.raises(rules.CannotPrepare):
            prepared(pool, who=role)


def test_a_half_year_that_is_not_over_is_not_prepared(pool):
    from datetime import UTC, datetime

    with ctx.as_worker(pool["editor"].pk), pytest.raises(rules.CannotPrepare, match="over"):
        commands.prepare("need-half", HALF, "public", by=pool["editor"], at=datetime(2026, 6, 30, tzinfo=UTC))


def test_two_people_stand_behind_every_number(pool):
    release = prepared(pool)

    with pytest.raises(CannotPublish, match="two people"):
        published(pool, release, by="editor")
    with ctx.as_worker(pool["editor"].pk):
        done = disclosure.publish([release], by=pool["editor"], at=clock.now(), signed_by=[pool["leader"]])
    assert done[0].state == "published"


def test_what_says_something_about_indigenous_people_their_steward_releases(pool, superuser):
    gaps(superuser, pool["agencies"], 300, seed=5, needs=("indigenous_led",), region="north")
    release = prepared(pool, "need-half")

    assert release.stewarded
    with pytest.raises(CannotPublish, match="Indigenous"):
        published(pool, release)
    assert published(pool, release, by="data-steward")[0].state == "published"


def test_what_came_late_stays_out(pool, superuser):
    """A number is released once.

    What stands from a half-year is never taken again, so no difference over time tells who came in between.
    """
    published(pool, prepared(pool, "need-half"))
    gaps(superuser, pool["agencies"], 200, seed=9)

    later = prepared(pool, "need-region")

    assert Snapshot.objects.count() in (0, 1)
    with ctx.as_worker(pool["editor"].pk):
        assert Snapshot.objects.count() == 1
    assert later.shown[("*", "*")] == 400


def test_prepared_again_it_is_the_same(pool):
    first = prepared(pool)

    assert prepared(pool).pk == first.pk
    published(pool, first)
    assert prepared(pool).pk == first.pk


def test_numbers_taken_at_another_time_are_not_released_beside_those(pool, superuser):
    """Another agency's editor prepared meanwhile: whoever releases second prepares again."""
    other = pool["agencies"][1]
    rival = {"editor": cast.worker(other, "Eli", "editor"), "leader": cast.worker(other, "Lea", "leader")}
    mine = prepared(pool, "need-half")
    gaps(superuser, pool["agencies"], 30, seed=11)
    theirs = prepared(rival, "need-region")
    published(pool, mine)

    with pytest.raises(CannotPublish, match="another time"):
        published(rival, theirs)
    with ctx.as_worker(rival["leader"].pk):
        disclosure.drop(release=theirs, by=rival["leader"], at=clock.now())
    assert published(rival, prepared(rival, "need-region"))[0].state == "published"


def test_all_of_them_are_released_or_none(pool):
    good, bad = prepared(pool, "need-half"), prepared(pool, "need-region")
    with ctx.as_worker(pool["leader"].pk):
        disclosure.drop(release=bad, by=pool["leader"], at=clock.now())

    with pytest.raises(CannotPublish):
        published(pool, good, bad)
    with ctx.as_worker(pool["leader"].pk):
        assert Release.objects.get(pk=good.pk).state == "proposed"


def test_a_table_that_was_tampered_with_is_refused_by_name(pool):
    """Somebody writes one more number into a prepared table, past the grants.

    Releasing attacks it again and names what would be told.
    """
    release = prepared(pool, "need-region", "table")
    with ctx.as_worker(pool["editor"].pk):
        cube = ledger.cube_of(Snapshot.objects.get())
    table = ledger.table_of(release)
    figures = release.figures
    figures["cells"] = [[cube[node].value for node in row] for row in table.nodes(cube.shape)]
    with databases.without_triggers() as superuser:
        superuser.execute("update disclosure_release set figures = %s", [json.dumps(figures)])

    small = [node for node in sensitive(table, cube, 6) if cube[node].value]
    if not small:
        pytest.skip("nothing small was drawn")
    with pytest.raises(CannotPublish, match="could be worked out"):
        published(pool, release)


@pytest.mark.parametrize(
    "words", ["figures = '{}'", "audience = 'table'", "state = 'dropped'", "published_at = now()"]
)
def test_what_was_released_cannot_be_changed_by_anybody(pool, superuser, words):
    published(pool, prepared(pool, "need-half"))

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute(f"update disclosure_release set {words}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute("delete from disclosure_release")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute("update disclosure_snapshot set half = 'x'")


def test_what_was_released_cannot_be_dropped(pool):
    release = prepared(pool, "need-half")
    published(pool, release)

    with ctx.as_worker(pool["leader"].pk), pytest.raises(CannotDrop):
        disclosure.drop(release=release, by=pool["leader"], at=clock.now())


def test_a_table_of_which_nothing_is_large_enough_is_not_kept(superuser):
    agency = cast.agency("Alone")
    contributes(agency)
    editor = cast.worker(agency, "Edda", "editor")
    gaps(superuser, [agency, cast.agency("Beside")], 60, seed=3)

    with ctx.as_worker(editor.pk), pytest.raises(CannotPropose, match="large enough"):
        commands.prepare("need-half", HALF, "public", by=editor, at=clock.now())
    assert superuser.execute("select count(*) from disclosure_snapshot").fetchone() == (0,)


def test_an_outsider_sees_what_was_released_and_nothing_that_was_prepared(pool):
    elsewhere = cast.worker(cast.agency("Elsewhere"), "Ole", "editor")
    out, waiting = prepared(pool, "need-half"), prepared(pool, "need-region")
    published(pool, out)

    with ctx.as_worker(elsewhere.pk):
        assert [release.pk for release in ledger.ledger(elsewhere)] == [out.pk]
        with pytest.raises(Release.DoesNotExist):
            ledger.get_release(elsewhere, waiting.pk)
    with ctx.as_worker(pool["caseworker"].pk):
        assert ledger.ledger(pool["caseworker"]) == []
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from disclosure_release")
            assert cursor.fetchone() == (0,)


def test_the_pages_say_what_is_withheld_and_never_more(client, pool):
    release = prepared(pool)
    page = cast.sign_in(client, pool["leader"])

    text = page.get(reverse("disclosure:release", args=[release.pk])).text
    csv = page.get(reverse("disclosure:csv", args=[release.pk])).content.decode("utf-8-sig")

    assert "Withheld altogether:" in text
    assert "Requests, not people." in text
    assert "withheld" in csv
    numbers = [int(cell) for line in csv.splitlines() for cell in line.split(",") if cell.isdigit()]
    assert numbers
    assert min(numbers) >= 20
