"""Two editors of one agency, a third elsewhere, and a study to work in. Everything is invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries
from alongside.kernel import clock, ctx

TALK = (
    "Interviewer: What helped?\nTrust is what helped. Marie told me to wait in Barrie. I waited three "
    "weeks.\n"
    "Nobody called me back. Then a worker sat with me, all night. She stayed until the morning.\n"
)


def scene(**more):
    """An agency with two editors and a study of one version."""
    agency = cast.agency("Two Rivers", **more)
    there = SimpleNamespace(
        agency=agency, ana=cast.worker(agency, "Ana", "editor"), luc=cast.worker(agency, "Luc", "editor")
    )
    there.study = does(
        there.ana,
        commands.open_study,
        facts={"title": "What helps", "question": "What helps, and when?", "guide": ["What helped?"]},
    )
    return there


def does(who, command, **words):
    """Somebody does something, now, in a transaction of their own."""
    with ctx.as_worker(who.pk):
        return command(**words, by=who, at=clock.now())


def asks(who, query, *words, **more):
    """What a query tells somebody."""
    with ctx.as_worker(who.pk):
        found = query(who, *words, **more)
        return list(found) if not isinstance(found, (str, int)) and hasattr(found, "__iter__") else found


def brought(there, text=TALK, by=None, **more):
    """A source whose identifying words wait for a decision."""
    words = {"name": "Interview 1", "language": "en", "collected_on": date(2026, 10, 1)} | more
    return does(by or there.ana, commands.bring_in, study_id=there.study.pk, text=text, **words)


def ready(there, text=TALK, by=None, **more):
    """A source that can be coded: every suggestion was replaced by the same neutral word."""
    by = by or there.ana
    source = brought(there, text, by, **more)
    with ctx.as_worker(by.pk):
        ids = [identifier.pk for identifier in queries.identifiers_of(source)]
        commands.decide(
            source_id=source.pk,
            identifier_ids=ids,
            decision="replace",
            words="[someone]",
            by=by,
            at=clock.now(),
        )
        return commands.finish(source_id=source.pk, by=by, at=clock.now())


def text_of(who, source):
    """What a source says, to somebody."""
    with ctx.as_worker(who.pk):
        return queries.words_of(queries.get_source(who, source.pk))


def code(there, name="Trust", by=None, **more):
    """A code of the study."""
    facts = {"name": name} | {
        key: more.pop(key)
        for key in ("is_theme", "codable", "definition", "include", "exclude")
        if key in more
    }
    return does(by or there.ana, commands.make_code, study_id=there.study.pk, facts=facts, **more)


def coded(there, source, under, words, by=None):
    """A passage, by its words, under a code."""
    by = by or there.ana
    start = text_of(by, source).index(words)
    return does(
        by, commands.code_passage, source_id=source.pk, code_id=under.pk, start=start, end=start + len(words)
    )
