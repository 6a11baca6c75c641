"""What the tests of the quotes begin with: a study, a theme, people who took part, one source.

And each step a quote takes, in one call.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from alongside.agencies.tests import cast
from alongside.evidence.models import Code, Participant, Source, Study, StudyVersion
from alongside.kernel import clock, ctx, seal
from alongside.quotes import commands, queries

SAID = "They asked me the same thing four times."
LIVED = {"attribution": "lived", "audiences": ["table", "funder", "public"], "may_translate": True}


def study(name="Riverside"):
    """An agency with two editors and a worker; a study with a theme, two people and one source."""
    agency = cast.agency(name)
    noor, ana = cast.worker(agency, "Noor", "editor"), cast.worker(agency, "Ana", "editor")
    with ctx.as_worker(noor.pk):
        by = {"agency_id": agency.pk}
        there = Study.objects.create(**by, opened_by=noor.pk, opened_at=clock.now())
        seal.keyring().make(there.id, agency.pk)
        StudyVersion.objects.create(
            **by, study=there, number=1, title="What was missing", written_by=noor.pk, written_at=clock.now()
        )
        theme = Code.objects.create(
            **by, study=there, is_theme=True, name="Telling it again", made_by=noor.pk, made_at=clock.now()
        )
        person = Participant.objects.create(**by, study=there, code="P01", speaks_as="lived", language="en")
        provider = Participant.objects.create(
            **by, study=there, code="P02", speaks_as="provider", role="social service provider", language="en"
        )
        source = Source(
            **by,
            study=there,
            participant=person,
            name="1",
            kind="interview",
            language="en",
            brought_in_by=noor.pk,
            brought_in_at=clock.now(),
        )
        seal.keyring().make(source.id, agency.pk)
        source.raw = seal.seal(source, "raw", SAID, agency_id=agency.pk)
        source.save(force_insert=True)
    return SimpleNamespace(
        agency=agency,
        noor=noor,
        ana=ana,
        study=there,
        theme=theme,
        person=person,
        provider=provider,
        source=source,
    )


def collected(there, words=SAID, *, at=None, of="person", source=False, **more):
    """A quote of somebody."""
    speaker = getattr(there, of)
    with ctx.as_worker(there.noor.pk):
        return commands.collect(
            study_id=there.study.id,
            words=words,
            language="en",
            theme_id=there.theme.id,
            participant_id=speaker.id,
            lived=speaker.speaks_as == "lived",
            source_id=there.source.id if source else None,
            by=there.noor,
            at=at or clock.now(),
            **more,
        )


def shown(there, quote, *, at=None):
    """The speaker saw the words that stand."""
    with ctx.as_worker(there.noor.pk):
        quote = queries.get_quote(there.noor, quote.id)
        digest = queries.digest_of(quote, queries.words_of(quote))
        commands.show(
            quote=quote, digest=digest, way="paper", shown_by_role="me", by=there.noor, at=at or clock.now()
        )
        return queries.get_quote(there.noor, quote.id)


def agreed(there, quote, *, at=None, **said):
    """The speaker saw the words, and said yes."""
    at = at or clock.now()
    quote = shown(there, quote, at=at)
    until = (timezone.localdate(at) + timedelta(days=365)).isoformat()
    with ctx.as_worker(there.noor.pk):
        commands.set_terms(quote=quote, by=there.noor, **(LIVED | {"until": until} | said))
        commands.agree(quote=quote, by=there.noor, at=at)
        return queries.get_quote(there.noor, quote.id)


def thought_over(there, quote, answer="no", traces=(), **more):
    """Somebody asked whether they could be recognised."""
    told = {"reasons": "", "their_choice": False} | more
    with ctx.as_worker(there.noor.pk):
        return commands.think_over(
            quote=quote, answer=answer, traces=list(traces), by=there.noor, at=clock.now(), **told
        )


def printable(there, words=SAID, *, at=None, of="person", source=False, **said):
    """A quote that may be printed."""
    quote = agreed(there, collected(there, words, at=at, of=of, source=source), at=at, **said)
    thought_over(there, quote)
    return quote


def publishable(there, audience="public", on=None):
    """What may be printed, as a brief asks for it."""
    with ctx.as_worker(there.noor.pk):
        return queries.publishable(there.noor, there.study.id, audience=audience, on=on or clock.today())
