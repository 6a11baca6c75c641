"""Several readings in one statement: each finds what it would have found alone."""

import pytest

from alongside.agencies.models import Agency, Worker
from alongside.files.models import File
from alongside.kernel import ctx
from alongside.kernel.batches import both, fetch, fetched, in_step, read, reads
from alongside.plans.models import Priority
from alongside.plans.tests import cast
from bench.counting import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya():
    """Maya, who has a file with something in it that is wanted."""
    worker = cast.worker(cast.agency("Rivière-aux-Érables"))
    cast.priority(cast.file(worker), worker)
    return worker


def _asked(maya):
    return [
        File.objects.filter(agency_id=maya.agency_id).order_by("-id"),
        Priority.objects.filter(agency_id=maya.agency_id),  # sealed, with a date and codes
        Worker.objects.select_related("agency").filter(pk=maya.pk),
        Agency.objects.values_list("pk", "name", "time_zone").order_by("name"),
        Agency.objects.values_list("pk", flat=True),
        Agency.objects.filter(pk__in=[]),
        Agency.objects.none(),
        Worker.objects.filter(name__contains="100 %"),
    ]


def _told(rows):
    return [(type(row), vars(row) | {"_state": None} if hasattr(row, "_state") else row) for row in rows]


def test_what_is_fetched_together_is_what_each_finds_alone_and_takes_one_statement(maya):
    with ctx.as_worker(maya.pk):
        alone, together = _asked(maya), _asked(maya)

        with counted() as said:
            fetch(together)
            found = [_told(each) for each in together]

        assert len(said) == 1
        assert found == [_told(each) for each in alone]
        assert all(found[:3])


def test_what_is_related_and_was_fetched_along_needs_no_further_statement(maya):
    with ctx.as_worker(maya.pk):
        workers = Worker.objects.select_related("agency").filter(pk=maya.pk)
        fetch([workers, Agency.objects.all()])

        with counted() as said:
            assert workers[0].agency.name == maya.agency.name
        assert said == []


def test_readings_in_step_take_as_many_statements_as_the_longest_has_rounds(maya):
    @reads
    def its_agency(worker_id):
        [worker] = yield from fetched(Worker.objects.filter(pk=worker_id))
        [agency] = yield from fetched(Agency.objects.filter(pk=worker.agency_id))
        return agency.name

    with ctx.as_worker(maya.pk):
        with counted() as said:
            names, agencies = read(
                both(
                    in_step(its_agency.reading(maya.pk) for _ in range(3)),
                    fetched(Agency.objects.values_list("name", flat=True)),
                )
            )
        assert len(said) == 2
        assert names == [its_agency(maya.pk)] * 3 == list(agencies) * 3


def test_what_was_fetched_already_is_not_asked_again(maya):
    with ctx.as_worker(maya.pk):
        files = File.objects.filter(agency_id=maya.agency_id)
        before = list(files)
        with counted() as said:
            fetch([files])
        assert said == []
        assert files[0] is before[0]
