"""The brief this software came from, entered as a study through the real doors and published again.

Same anatomy, order and counts, nothing lost.

Its sentences are read from beside the project and stand nowhere in it. It is English only; here the French of
each text is the same words marked as French.
"""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.briefs import rules
from alongside.briefs.edition import document as frozen
from alongside.briefs.edition import inline_markup
from alongside.briefs.models import Edition, Section
from alongside.briefs.tests import source_brief
from alongside.evidence.models import Code, Coding, Identifier, Participant, Source
from alongside.kernel import ctx
from alongside.quotes import queries as quotes
from alongside.quotes.models import Quote, QuoteTranslation

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]
ROLE = "social service provider"
SINGLE = "One voice a theme is what the source prints; it reports interviews that were published before."


def french(words: str) -> str:
    """The same words, marked as French."""
    return f"[fr] {words}" if words else ""


def both(name: str, words: str) -> dict[str, str]:
    """A text in both languages, as a form takes it."""
    return {f"{name}_en": words, f"{name}_fr": french(words)}


class Editor:
    """Somebody at a browser: posts, and is taken on to the next page."""

    def __init__(self, worker) -> None:
        self.worker, self.client = worker, cast.sign_in(Client(), worker)

    def post(self, path, **told):
        """Post a form that is taken; return where it led."""
        answer = self.client.post(path, told)
        assert answer.status_code == 302, f"{path}: {answer.status_code} {_said(answer)}"
        return answer["Location"]

    def see(self, question):
        """What the database shows this worker."""
        with ctx.as_worker(self.worker.pk):
            return question()


def _said(answer):
    form = (answer.context or {}).get("form")
    problems = getattr((answer.context or {}).get("refusal"), "problems", [])
    return (
        (form and form.errors)
        or [str(problem) for problem in problems]
        or re.sub(r"\s+", " ", re.sub(rb"<[^>]+>", b" ", answer.content).decode())[:600]
    )


@pytest.fixture
def source():
    """The source brief in its parts."""
    if not source_brief.WHERE.exists():
        pytest.skip("the source brief is not beside the project")
    return source_brief.read(source_brief.WHERE.read_text(encoding="utf-8"))


@pytest.fixture
def office():
    """A research office with two editors and a leader."""
    office = cast.agency("Research Office", "healthcare", "hospital")
    return SimpleNamespace(
        ed=Editor(cast.worker(office, "Ed", "editor")), kim=Editor(cast.worker(office, "Kim", "editor"))
    )


def study_of(ed, source):
    """The study: its question, its method, who took part."""
    where = ed.post(
        "/evidence/new",
        title=source.title[:200],
        question="What would improve services?",
        method=source.method,
        recruited_from="2022-01-01",
        recruited_until="2022-02-28",
    )
    study = where.rsplit("/", 1)[-1]
    for _number in range(15):
        ed.post(
            f"/evidence/studies/{study}/participants",
            speaks_as="provider",
            role=ROLE,
            role_fr="intervention sociale",
            language="en",
        )
    return study


def brought_in(ed, study, words, participant):
    """One interview, ready to be coded.

    Its words are brought in, every identifying word looked at and kept.
    """
    told = {
        "text": words,
        "kind": "interview",
        "language": "en",
        "participant": participant.pk,
        "collected_on": "2022-01-31",
    }
    source_id = ed.post(f"/evidence/studies/{study}/sources/new", **told).split("/")[3]
    for identifier in ed.see(lambda: list(Identifier.objects.filter(source_id=source_id))):
        ed.post(f"/evidence/sources/{source_id}/words", identifier=identifier.pk, decision="keep")
    ed.post(f"/evidence/sources/{source_id}/words/finish", read="1")
    return ed.see(lambda: Source.objects.get(pk=source_id))


def quoted(ed, kim, study, source, theme):
    """The whole of a source under a theme, made a quote, shown, agreed to, translated and checked."""
    with ctx.as_worker(ed.worker.pk):
        length = len(source_words(ed, source))
    ed.post(f"/evidence/sources/{source.pk}/coding", start=0, end=length, code=theme.name, code_id=theme.pk)
    coding = ed.see(lambda: Coding.objects.get(source=source))
    quote = ed.post(f"/quotes/passages/{coding.pk}").rsplit("/", 1)[-1]
    ed.post(f"/quotes/{quote}/recognition", answer="no")
    digest = re.search(
        r'name="digest" value="([0-9a-f]+)"', ed.client.get(f"/quotes/{quote}/showing").content.decode()
    ).group(1)
    ed.post(f"/quotes/{quote}/showing", digest=digest, way="paper", shown_by_role="interviewer")
    ed.post(f"/quotes/{quote}/answer", answer="yes")
    ed.post(f"/quotes/{quote}/attribution", attribution="role", name_en=ROLE, name_fr="Intervention sociale")
    ed.post(f"/quotes/{quote}/readers", audiences=["funder", "public"], may_translate="on")
    until = re.search(
        r'value="(\d{4}-\d\d-\d\d)"', ed.client.get(f"/quotes/{quote}/until").content.decode()
    ).group(1)
    ed.post(f"/quotes/{quote}/until", until=until)
    ed.post(f"/quotes/{quote}/agreement")
    words = ed.see(lambda: quotes.words_of(Quote.objects.get(pk=quote)))
    ed.post(f"/quotes/{quote}/translation", language="fr", words=french(words), translator="us")
    kim.post(f"/quotes/translations/{ed.see(lambda: QuoteTranslation.objects.get(quote_id=quote).pk)}/check")
    return quote


def source_words(ed, source):
    """The clean text of a source."""
    from alongside.evidence import queries as evidence

    return evidence.words_of(source)


def evidence_of(ed, kim, source):
    """The study with its interviews, themes and quotes; the quotes by theme, in the order of the source."""
    study = study_of(ed, source)
    people = ed.see(lambda: list(Participant.objects.filter(study_id=study)))
    told = [
        (f"Recommendation {recommendation.number}", recommendation.quotes)
        for recommendation in source.recommendations
    ] + [("Financial resources", source.plea_quotes)]
    speakers, found = iter(people), {}
    for name, said in told:
        ed.post(f"/evidence/studies/{study}/codes/new", name=name, is_theme="on")
        theme = ed.see(lambda name=name: Code.objects.get(study_id=study, name=name))
        found[name] = [
            quoted(ed, kim, study, brought_in(ed, study, words, next(speakers)), theme) for words in said
        ]
    brought_in(ed, study, "Nothing of this interview is quoted.", next(speakers))
    return study, found


def written(ed, source, study, found):
    """The brief, written part by part in the order of the source."""
    about = {
        "slug": "source",
        "contributors": "\n".join(source.authors),
        "audience": "public",
        "study_id": study,
    } | both("title", source.title)
    brief = ed.post("/briefs/new", **about).rsplit("/", 1)[-1]
    ed.post(f"/briefs/{brief}/about", **about, balance_reason=SINGLE)

    def section(kind, told, quotes=()):
        ed.post(f"/briefs/{brief}/sections/new/{kind}", **told)
        made = ed.see(
            lambda: Section.objects.filter(brief_id=brief, kind=kind).order_by("order", "id").last()
        )
        if quotes:
            ed.post(f"/briefs/{brief}/sections/{made.pk}/quotes", quote=list(quotes))
        return made

    section("key_message", both("body", "Nine recommendations, and money."))
    section("summary", both("body", "What providers recommend, in two groups."))
    for kind in ("context", "method"):
        section(kind, both("body", getattr(source, kind)))
    for name in source.audiences:
        section("audience", both("body", name))
    for term, words in source.definitions:
        section("definition", both("heading", term) | both("body", words))
    for group in source.groups:
        parent = section("group", both("heading", group.heading))
        for recommendation in group.recommendations:
            told = (
                both("heading", recommendation.statement)
                | both("impact", recommendation.impact)
                | {"parent_id": parent.pk, "code": f"R{recommendation.number}"}
            )
            section("recommendation", told, found[f"Recommendation {recommendation.number}"])
    section(
        "plea", both("body", source.plea[0]) | both("impact", source.plea[1]), found["Financial resources"]
    )
    for reference in source.references:
        section("reference", both("body", reference))
    return brief


def published(ed, kim, brief):
    """The questions answered, put in proof, signed by two, published."""
    ed.post(
        f"/briefs/{brief}/checks", **{f"{code}_answer": rules.answers_to(code)[0] for code in rules.QUESTIONS}
    )
    ed.post(f"/briefs/{brief}/proof")
    for signer in (ed, kim):
        checksum = re.search(
            r'name="checksum" value="([0-9a-f]{64})"',
            signer.client.get(f"/briefs/{brief}/proof").content.decode(),
        ).group(1)
        signer.post(f"/briefs/{brief}/signatures", checksum=checksum)
    ed.post(f"/briefs/{brief}/editions")
    return ed.see(lambda: Edition.objects.get(slug="source"))


@pytest.mark.thorough(
    "the whole source brief, by its pages; the quick lane goes from a voice to an edition (test_the_voice.py)"
)
def test_the_source_brief_goes_in_and_comes_out_whole(source, office):
    study, found = evidence_of(office.ed, office.kim, source)
    edition = published(office.ed, office.kim, written(office.ed, source, study, found))

    out = frozen.from_bytes(bytes(edition.document))
    assert (
        [len(group.recommendations) for group in out.groups]
        == [len(group.recommendations) for group in source.groups]
        == [6, 3]
    )
    for language, say in (("en", str), ("fr", french)):
        told = SimpleNamespace(of=lambda text, language=language: text.of(language))
        assert [told.of(out.title), told.of(out.context), told.of(out.method)] == [
            say(source.title),
            say(source.context),
            say(source.method),
        ]
        assert [told.of(audience) for audience in out.audiences] == [
            say(audience) for audience in source.audiences
        ]
        assert [(told.of(definition.term), told.of(definition.words)) for definition in out.definitions] == [
            (say(term), say(words)) for term, words in source.definitions
        ]
        assert [told.of(group.title) for group in out.groups] == [
            say(group.heading) for group in source.groups
        ]
        assert [
            (recommendation.number, told.of(recommendation.statement), told.of(recommendation.impact))
            for recommendation in out.recommendations
        ] == [
            (recommendation.number, say(recommendation.statement), say(recommendation.impact))
            for recommendation in source.recommendations
        ]
        assert [
            [told.of(quote.words) for quote in recommendation.quotes]
            for recommendation in out.recommendations
        ] == [[say(words) for words in recommendation.quotes] for recommendation in source.recommendations]
        assert [
            told.of(out.plea.body),
            *(told.of(quote.words) for quote in out.plea.quotes),
            told.of(out.plea.ask),
        ] == [say(words) for words in (source.plea[0], *source.plea_quotes, source.plea[1])]
        assert [told.of(reference) for reference in out.references] == [
            say(reference) for reference in source.references
        ]
    assert list(out.contributors) == source.authors
    assert {told.label.en: told.value.en for told in out.method_box}["Interviews"] == "15"
    _is_printed(edition, source)


def _is_printed(edition, source):
    """Every sentence of it stands in the page everybody reads, in the order of the source."""
    page = Client().get(f"/briefs/source/{edition.number}").content.decode()
    whole = " ".join(html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", page, flags=re.DOTALL)).split())
    at = 0
    for words in (
        source.context,
        source.method,
        *(
            words
            for recommendation in source.recommendations
            for words in (*recommendation.quotes, recommendation.impact)
        ),
        source.plea[1],
    ):
        printed = " ".join(inline_markup.plain(words).split())
        at = whole.index(printed, at)
