"""Queries whose SQL is made once: with whatever is filled in they ask what would be asked anew."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from alongside.agencies.models import Agency, Shift, Worker
from alongside.files.models import File
from alongside.kernel import clock, ctx, prepared
from alongside.kernel.batches import fetch
from alongside.plans.tests import cast
from bench.counting import counted

pytestmark = pytest.mark.django_db
OTHERS = [uuid4() for _ in range(5)]


@pytest.fixture
def maya():
    """Maya, who has a file."""
    worker = cast.worker(cast.agency("Rivière-aux-Érables"))
    cast.file(worker)
    return worker


@prepared.prepared
def _led_since(worker: Worker, since: datetime, words: str = "") -> QuerySet[File]:
    led = File.objects.filter(agency_id=worker.agency_id, opened_by=worker.pk)
    return led.filter(opened_at__gte=since - timedelta(days=1), handle__contains=words).order_by("-id")


@prepared.prepared
def _named(ids: set[UUID]) -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=ids)


@prepared.prepared
def _on_today(day: date) -> QuerySet[Shift]:
    return Shift.objects.filter(starts_at__gte=clock.beginning_of(day), ends_at__gt=clock.now())


def test_one_query_serves_every_worker_of_a_kind_with_what_is_their_own(maya):
    ines = cast.worker(cast.agency("Ailleurs"))
    file = cast.file(ines)
    _led_since.plans.clear()
    found = []
    for worker in (maya, ines):
        with ctx.as_worker(worker.pk):
            fetch([asked := _led_since(worker, clock.now())])
            found.append(list(asked))

    assert [each.pk for each in found[1]] == [file.pk]
    assert found[0][0].opened_by == maya.pk
    assert len(_led_since.plans) == 1


def test_what_is_prepared_takes_one_statement_and_no_sql_is_made_for_it_again(maya, monkeypatch):
    with ctx.as_worker(maya.pk):
        fetch([_led_since(maya, clock.now())])
        monkeypatch.setattr(prepared, "CHECKED", False)
        monkeypatch.setattr(prepared.Rows, "as_sql", lambda *_: pytest.fail("SQL was made"))
        with counted() as said:
            fetch([asked := _led_since(maya, clock.now())])
        assert len(said) == 1
        assert [file.opened_by for file in asked] == [maya.pk]


@pytest.mark.parametrize("many", range(1, 6))
def test_some_ids_make_no_query_of_their_own(maya, many):
    _named.plans.clear()
    with ctx.as_worker(maya.pk):
        fetch([asked := _named({maya.agency_id, *OTHERS[: many - 1]})])
        assert [agency.pk for agency in asked] == [maya.agency_id]
    [(_language, padded)] = _named.plans
    assert padded == {1: 1, 2: 2, 3: 4, 4: 4, 5: 8}[many]


def test_an_id_that_is_given_twice_is_asked_about_once(maya):
    _named.plans.clear()
    with ctx.as_worker(maya.pk):
        fetch([asked := _named([maya.agency_id, OTHERS[0], maya.agency_id])])
        assert [agency.pk for agency in asked] == [maya.agency_id]
    assert [padded for _language, padded in _named.plans] == [2]


def test_no_ids_find_nothing_and_ask_nothing(maya):
    with ctx.as_worker(maya.pk), counted() as said:
        fetch([asked := _named(set())])
        assert list(asked) == []
    assert said == []


def test_words_and_roles_make_another_query(maya):
    _led_since.plans.clear()
    with ctx.as_worker(maya.pk):
        for words in ("", "a", "a"):
            fetch([_led_since(maya, clock.now(), words)])
    assert len(_led_since.plans) == 2


def test_a_day_is_the_readers_when_the_query_is_asked_not_when_it_was_made(maya):
    _on_today.plans.clear()
    with ctx.as_worker(maya.pk):
        for zone in ("America/Toronto", "America/Winnipeg"):  # compared with what is made anew in either
            with timezone.override(zone):
                fetch([_on_today(clock.today())])
    assert len(_on_today.plans) == 1


def test_without_being_fetched_with_others_it_is_an_ordinary_queryset(maya):
    with ctx.as_worker(maya.pk):
        asked = _led_since(maya, clock.now())
        assert asked.count() == 1
        assert asked.filter(closed_at=None).exists()
        assert [file.opened_by for file in asked] == [maya.pk]


def test_a_query_that_takes_in_what_it_was_not_given_is_refused(maya):
    somebody, then = uuid4(), timezone.now()

    def asks(**what):
        return prepared.prepared(lambda worker: File.objects.filter(agency_id=worker.agency_id, **what))(maya)

    for what in ({"opened_by": somebody}, {"opened_at__gte": then}, {"opened_at__date": then.date()}):
        with ctx.as_worker(maya.pk), pytest.raises(TypeError, match="was not given"):
            fetch([asks(**what)])


def test_a_query_that_hangs_on_when_it_is_asked_is_refused(maya):
    @prepared.prepared
    def later(at):
        return File.objects.none() if at > timezone.now() else File.objects.all()

    with ctx.as_worker(maya.pk), pytest.raises(TypeError, match="filled in later"):
        fetch([later(clock.now())])


def test_a_query_that_asks_otherwise_when_it_is_made_anew_is_found_under_test(maya):
    closed = iter((True, False))

    @prepared.prepared
    def fickle(worker):
        return File.objects.filter(agency_id=worker.agency_id, closed_at__isnull=next(closed))

    with ctx.as_worker(maya.pk), pytest.raises(AssertionError, match="otherwise"):
        fetch([fickle(maya)])


def test_a_name_is_not_known_to_what_is_made_for_all_of_a_kind(maya):
    @prepared.prepared
    def called(worker):
        return Worker.objects.filter(agency_id=worker.agency_id, name=worker.name)

    with ctx.as_worker(maya.pk), pytest.raises(AssertionError, match="otherwise"):
        fetch([called(maya)])
