"""Entries for the tests of the capabilities above, all invented."""

from alongside.directory import commands
from alongside.directory.commands.entries import _keep_words
from alongside.directory.formats.words import words_of
from alongside.directory.models import Entry
from alongside.kernel import clock, ctx


def entry(name="Riverside drop-in", *, agency_id=None, offered_by_id=None, **more):
    """An entry as it would have come from a list; `more` is any field of `models.Entry`."""
    details = {"description": "Somewhere to sit down.", "phones": [{"number": "807-555-0100"}]}
    told = {
        "needs": ["shelter_tonight"],
        "division": "3558",
        "community": "Thunder Bay",
        "details": details,
    } | more
    made = Entry(name=name, agency_id=agency_id, offered_by_id=offered_by_id, **told)
    made.words = words_of(made.name, made.name_fr, made.community)
    with ctx.as_operator(agency_id):
        made.save()
        _keep_words(made.words)
    return made


def kept(by, name="Riverside beds", **told):
    """An entry a worker's agency keeps itself and can be asked for."""
    with ctx.as_worker(by.pk):
        return commands.keep(
            by=by, at=clock.now(), name=name, **{"needs": ["shelter_tonight"], "division": "3558"} | told
        )
