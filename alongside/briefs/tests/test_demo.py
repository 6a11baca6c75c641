"""The invented edition, made through the same commands as a real one.

With its quotes, its tables released beside it, and nothing where anything stands in the way.
"""

from __future__ import annotations

import page as pdfua
import pytest

from alongside.agencies.tests import cast
from alongside.briefs import queries, rules
from alongside.briefs.demo import interviews, numbers, publication
from alongside.briefs.edition.document import from_bytes
from alongside.briefs.models import Edition
from alongside.briefs.tests.conftest import BASE, do
from alongside.disclosure.models import Release
from alongside.kernel import clock, ctx
from alongside.quotes import commands as quotes
from alongside.quotes import queries as quotables

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db, monkeypatch):
    """An evidence circle and nine agencies that were told no, less often than in the demonstration."""
    monkeypatch.setattr(numbers, "EACH", 60)
    circle = cast.agency("Two Rivers Evidence Circle", division="3515")
    desks = [
        cast.agency(f"Desk {number}", division=division)
        for number, division in enumerate(("3515", "3520", "3558") * 3)
    ]
    return publication.People(
        *(
            cast.worker(circle, name, role)
            for name, role in (("Esme", "editor"), ("Kofi", "editor"), ("Ruth", "leader"))
        ),
        tuple(cast.worker(desk, "Maya") for desk in desks),
        tuple(cast.worker(desk, "Lou", "leader") for desk in desks),
    )


@pytest.mark.costly("tells a whole study, and typesets it")
def test_the_invented_edition_is_published_whole(people):
    edition = publication.make(people, clock.now())

    document = from_bytes(bytes(edition.document))
    said = {(quote.words.en, quote.words.fr) for quote in document.quotes}
    assert said == {quote.words for quote in interviews.all_said()}
    assert {quote.original for quote in document.quotes} == {"en", "fr"}
    assert [figure.code.rpartition("-2")[0] for figure in document.figures] == [
        "need-half",
        "barrier-region",
        "need-region",
    ]
    assert {fact.label.en for fact in document.method_box} >= {
        "Interviews",
        "Who took part",
        "Read by",
        "Counted until",
        "Numbers are shown",
    }
    (took_part,) = [fact.value.en for fact in document.method_box if fact.label.en == "Who took part"]
    assert took_part == (
        "outreach, health or legal worker 4; someone with lived experience 3; "
        "shelter, housing or lodge worker 3"
    )
    assert all(
        cell is None or cell % 5 == 0
        for figure in document.figures
        for row in figure.rows
        for cell in row.cells
    )
    assert all(pdfua.validate_pdf_bytes(bytes(pdf)).is_compliant for pdf in (edition.pdf_en, edition.pdf_fr))
    with ctx.as_worker(people.editor.pk):
        assert set(Release.objects.values_list("state", flat=True)) == {"published"}


@pytest.fixture
def signed(people):
    """The invented brief, signed by two."""
    at = clock.now()
    gathered = interviews.gather(by=people.editor, second=people.second, at=at)
    numbers.count(people.callers, people.leaders, at)
    with ctx.as_worker(people.editor.pk):
        tables = numbers.prepare(by=people.editor, at=at)
        brief = publication.written(people.editor, gathered, tables, at)
    checksum = do("prove", people.editor, brief=brief, base=BASE).checksum
    for who in (people.editor, people.leader):
        do("sign", who, brief=brief, checksum=checksum)
    return brief, gathered


@pytest.mark.costly("tells a whole study, and typesets it")
def test_a_quote_taken_back_after_signing_stops_everything(people, signed):
    brief, gathered = signed
    with ctx.as_worker(people.second.pk):
        quote = quotables.get_quote(people.second, next(iter(gathered.quotes.values())))
        quotes.withdraw(quote=quote, by=people.second, at=clock.now())

    with pytest.raises(rules.CannotPublish) as refused:
        do("publish", people.editor, brief=brief)

    assert refused.value.problems
    with ctx.as_worker(people.editor.pk):
        assert not Edition.objects.exists()
        assert set(Release.objects.values_list("state", flat=True)) == {"proposed"}


@pytest.mark.costly("tells a whole study, and typesets it")
def test_what_fails_last_leaves_no_table_released(people, signed, monkeypatch):
    def broken(*_told, **_more):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Edition, "save", broken)
    with pytest.raises(RuntimeError):
        do("publish", people.editor, brief=signed[0])

    monkeypatch.undo()
    with ctx.as_worker(people.editor.pk):
        assert queries.get_brief(people.editor, signed[0].pk).state == "signed"
        assert set(Release.objects.values_list("state", flat=True)) == {"proposed"}
