"""Finding a file by a name or by its two words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.files import search
from alongside.files.models import File, SearchTerm
from alongside.files.queries.caseloads import OPENS, PAGE
from alongside.files.queries.people import Person, names
from alongside.kernel import seal
from alongside.kernel.transliteration import folded
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

CANDIDATES = 40  # names opened for one search, whether so many were found or not


def find(worker: Worker, words: str) -> list[tuple[File, Person]]:
    """Find the agency's own files by a name or handle, however it is spelt.

    Names are looked through in those that open to the asker; the others are found by their two words. The
    work done doesn't tell whether something was hidden.
    """
    asked = search.trigrams(words, whole=False)
    if not asked or not worker.keeps_files:
        return []
    terms = search.blind(asked, seal.keyring().derive(worker.agency_id, "search"))
    enough = max(1, int(len(terms) * search.ENOUGH))
    counted = (
        SearchTerm.objects.filter(agency_id=worker.agency_id, term__in=terms)
        .values("file_id")
        .annotate(n=Count("term"))
        .filter(n__gte=enough)
    )
    ids = [row["file_id"] for row in counted.order_by("-n", "-file_id")[:CANDIDATES]]
    coded = Q(agency_id=worker.agency_id, handle__icontains=folded(words.strip()))
    files = list(File.objects.filter(id__in=ids)) + list(
        File.objects.annotate(opens=OPENS)
        .filter(coded, opens=False)
        .exclude(id__in=ids)[: CANDIDATES - len(ids)]
    )
    with seal.unlogged():
        people = names(worker, files)
    _spend(CANDIDATES - len(files))
    likely = [(search.likeness(asked, f"{f.handle} {people[f.id].called}"), f) for f in files]
    best = sorted((pair for pair in likely if pair[0] >= search.ENOUGH), key=lambda pair: -pair[0])[:PAGE]
    note("files.searched", custodian_id=worker.agency_id, count=len(best))
    found = [file for _, file in best]
    with seal.listing("files.found"):
        shown = names(worker, found)
    return [(file, shown[file.id]) for file in found]


def _spend(times: int) -> None:
    """Do the work of opening names that are not there, so that none, one and hidden take the same time."""
    for _once in range(max(0, times)):
        search.likeness({"   "}, "nobody in particular")


def id_of_handle(worker: Worker, words: str) -> UUID | None:
    """Return which file of the asker's agency has this handle, however it is spaced or capitalised."""
    handle = " ".join(words.split())
    return (
        File.objects.filter(agency_id=worker.agency_id, handle__iexact=handle)
        .values_list("id", flat=True)
        .first()
    )


def ids_named(worker: Worker, words: str) -> QuerySet[File, UUID]:
    """The ids of the agency's files in whose code name these words stand; none if no letter is in them."""
    coded = File.objects.filter(agency_id=worker.agency_id, handle__icontains=folded(words))
    return (coded if folded(words) else coded.none()).values_list("id", flat=True)
