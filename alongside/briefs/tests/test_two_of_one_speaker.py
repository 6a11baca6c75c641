"""Two quotes of one speaker are printed so that nobody can tell them to be of one."""

from __future__ import annotations

import pytest

from alongside.briefs import queries
from alongside.briefs.edition import html, tables
from alongside.briefs.edition.document import LANGUAGES, to_bytes
from alongside.briefs.models import Section
from alongside.briefs.tests.conftest import BASE, asked, do, written
from alongside.evidence.models import Participant
from alongside.kernel import clock, ctx
from alongside.quotes import commands as quotes
from alongside.quotes.tests import stage

pytestmark = pytest.mark.django_db
ROLE = {"attribution": "role", "name_en": "A worker", "name_fr": "Une intervenante"}


def quoted(speakers, **said):
    """A brief in which each of so many speakers is quoted twice, in two parts."""
    there = stage.study()
    there.quotes = []
    for number in range(speakers):
        with ctx.as_worker(there.noor.pk):
            there.one = Participant.objects.create(
                agency_id=there.agency.pk, study=there.study, code=f"Q{number}", speaks_as="provider"
            )
        there.quotes.append([_translated(there, f"{number}, {part}.", said) for part in ("one", "two")])
    there.brief = written(there.noor, study_id=there.study.pk, balance_reason="Few were asked.")
    parts = asked(there.noor, lambda: list(Section.objects.filter(brief=there.brief, kind="recommendation")))
    for place, part in enumerate(parts[:2]):
        do("choose_quotes", there.noor, section=part, quote_ids=[pair[place].pk for pair in there.quotes])
    return there


def _translated(there, words, said):
    quote, at = stage.printable(there, words, of="one", **said), clock.now()
    with ctx.as_worker(there.noor.pk):
        made = quotes.translate(
            quote=quote, language="fr", words=f"« {words} »", translator="us", by=there.noor, at=at
        )
    with ctx.as_worker(there.ana.pk):
        quotes.check_translation(translation=made, by=there.ana, at=at)
    return quote


def assembled(there):
    return asked(there.noor, queries.assembled, there.noor, there.brief, on=clock.today(), base=BASE)


def told(problems):
    return [problem.words.partition(":")[0] for problem in problems]


JOINED = ["Two quotes can be told to be of one speaker"]


def test_nothing_beside_their_words_joins_them():
    there = quoted(3, **ROLE)

    made = assembled(there)

    assert made.problems == []
    document = made.document
    assert len({(quote.attribution, quote.original, quote.own_words) for quote in document.quotes}) == 1
    printed = [to_bytes(document)]
    printed += [html.compose(document, language) for language in LANGUAGES]
    printed += [tables.csv_of(document, language) for language in LANGUAGES]
    for quote in (quote for pair in there.quotes for quote in pair):
        for id in (quote.pk, quote.holder_id, quote.participant_id):
            for content in printed:
                assert str(id).encode() not in content
                assert id.hex[:12].encode() not in content  # the moment it was made


def test_their_order_is_not_that_in_which_people_were_asked():
    there = quoted(3, **ROLE)

    first, second, *_others = assembled(there).document.recommendations

    for part in (first, second):
        assert [quote.id for quote in part.quotes] == sorted(quote.id for quote in part.quotes)
        assert len(part.quotes) == 3


@pytest.mark.parametrize(
    ("speakers", "said", "problems"),
    [
        (1, ROLE, JOINED),
        (2, ROLE, []),  # the study has one more who provides a service
        (3, ROLE, []),
        (3, {"attribution": "name", "name_en": "River", "name_fr": "River"}, []),
        (1, {"attribution": "name", "name_en": "River", "name_fr": "River"}, JOINED),
        (1, {"attribution": "nothing"}, []),
    ],
)
def test_two_that_can_be_told_to_be_of_one_speaker_are_not_signed(speakers, said, problems):
    there = quoted(speakers, **said)

    assert told(assembled(there).problems) == problems


def test_taking_one_of_the_two_out_mends_it():
    there = quoted(1, **ROLE)
    part = asked(there.noor, lambda: Section.objects.filter(brief=there.brief, kind="recommendation")[1])

    do("choose_quotes", there.noor, section=part, quote_ids=[])

    assert assembled(there).problems == []
