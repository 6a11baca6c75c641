"""Several readings in one statement, whichever capabilities they are of.

A reading yields the querysets it needs and goes on once they were fetched. Readings that go in step are
fetched together, round by round: a day takes as many statements as its longest reading has rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format

from alongside.kernel.prepared import Prepared, Rows

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
Batch = Sequence[QuerySet[Any, Any]]
Reading = Generator[Batch, None, T]


def read(reading: Reading[T]) -> T:
    """Do one reading to its end."""
    while True:
        try:
            asked = next(reading)
        except StopIteration as end:
            return cast("T", end.value)
        fetch(asked)


class reads(Generic[P, T]):
    """A query that can be asked by itself, as it is called, or in step with others, by its `reading`."""

    def __init__(self, reading: Callable[P, Reading[T]]) -> None:
        self.reading = reading
        update_wrapper(self, reading)

    def __call__(self, *args: P.args, **more: P.kwargs) -> T:
        """Do the reading by itself, to its end."""
        return read(self.reading(*args, **more))


def in_step(readings: Iterable[Reading[T]]) -> Reading[list[T]]:
    """Do several readings round by round, so that what they need in one round is fetched together."""
    found: dict[int, T] = {}
    under_way = dict(enumerate(readings))
    many = len(under_way)
    while under_way:
        asked: list[QuerySet[Any, Any]] = []
        for number, reading in list(under_way.items()):
            try:
                asked += next(reading)
            except StopIteration as end:
                found[number] = end.value
                del under_way[number]
        if asked:
            yield asked
    return [found[number] for number in range(many)]


def fetched(queryset: QuerySet[Any, T]) -> Reading[QuerySet[Any, T]]:
    """The reading of one queryset."""
    yield [queryset]
    return queryset


def both(first: Reading[S], second: Reading[T]) -> Reading[tuple[S, T]]:
    """Do two readings of different kinds in step."""
    found: list[Any] = yield from in_step(cast("list[Reading[Any]]", [first, second]))
    return found[0], found[1]


def fetch(querysets: Batch) -> None:
    """Fetch these querysets in one statement; each then has its rows as if it had been evaluated alone."""
    new = {id(each): each for each in querysets if each._result_cache is None}  # two readings may share one
    asked = [_Asked(each) for each in new.values()]
    if together := [each for each in asked if each.sql]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.cursor.format = Format.BINARY  # in which a row of any shape says the types of its columns
            cursor.cursor.adapters.register_loader("jsonb", _JsonbAsText)
            cursor.execute(
                "select " + ", ".join(f"array(select q from ({each.sql}) q)" for each in together),  # noqa: S608
                [param for each in together for param in each.params],
            )
            for each, rows in zip(together, cursor.fetchone(), strict=True):
                each.rows = rows
    for each in asked:
        each.fill(each.rows)


class _Asked:
    """A query as SQL, and what it is filled with."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        self.rows: Sequence[Sequence[Any]] = ()
        if isinstance(query, Prepared):
            plan, self.params = query.planned()
            self.sql, self.fill = plan.sql, partial(query.fill, plan)
        else:
            compiled = Rows(query)
            self.sql, self.params = compiled.sql, compiled.params
            self.fill = partial(compiled.fill, query)


class _JsonbAsText(Loader):
    """JSON as Django wants it: as text, which the field reads."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data)[1:].decode()  # after the number of its version
