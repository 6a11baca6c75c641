"""Queries whose SQL is made once a process: who asks, when, and about which ids is filled in each time.

Making SQL of a query takes Django as long as PostgreSQL takes to answer five such queries, and a day consists
of fifty. Under test every query that is filled in is compared with the one that is made anew (`CHECKED`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property
from django.utils.translation import get_language

from alongside.kernel import clock
from alongside.kernel.placeholders import Placeholder, now_is, placeholder_for

P = ParamSpec("P")
T = TypeVar("T")
CHECKED = False  # whether what is filled in is compared with what would be made anew
AT_ONCE = timedelta(seconds=10)
FILLED_IN = (UUID, date, datetime)


class Asker(Protocol):
    """Who asks: what is asked depends on their kind, and for whom of that kind on these ids."""

    @property
    def kind(self) -> Hashable:
        """What all have in common of whom the same is asked."""

    @property
    def ids(self) -> tuple[UUID, ...]:
        """By what they are told apart."""

    def stand_in(self, *ids: UUID) -> Asker:
        """One of that kind with these ids, of whom nothing else is known."""


class Rows(SQLCompiler):
    """A queryset as SQL, which makes of the rows it is given what the queryset is of."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        super().__init__(queryset.query, connections[queryset.db], queryset.db)
        self.rows: Sequence[Sequence[Any]] = ()
        self.converters: list[dict[int, Any]] = []
        try:
            self.sql, params = self.as_sql()
            self.params: list[Any] = list(params)
        except EmptyResultSet:
            self.sql, self.params = "", []

    def get_converters(self, expressions: list[Any]) -> dict[int, Any]:
        """What turns columns into values: the same for all rows there will ever be."""
        if not self.converters:
            self.converters.append(super().get_converters(expressions))
        return self.converters[0]

    def execute_sql(self, *_args: Any, **_more: Any) -> Any:
        return [self.rows]

    def fill(self, queryset: QuerySet[Any, Any], rows: Sequence[Sequence[Any]]) -> None:
        """Let a queryset of this query have these rows, as if it had been evaluated alone."""
        reads = object.__new__(Rows)
        vars(reads).update(vars(self), rows=rows, connection=connections[queryset.db])
        query = vars(queryset.query)
        query["get_compiler"] = lambda *_args, **_more: reads
        try:
            len(queryset)
        finally:
            del query["get_compiler"]


@dataclass(frozen=True)
class Plan:
    """A query whose SQL is made, with what is filled in."""

    queryset: QuerySet[Any, Any]
    compiled: Rows

    @property
    def sql(self) -> str:
        """Its SQL; nothing for what can have no rows."""
        return self.compiled.sql

    def params(self, values: Sequence[Any]) -> list[Any]:
        """What is filled in, with these values."""
        return [p.find(values) if isinstance(p, Placeholder) else p for p in self.compiled.params]


class prepared(Generic[P, T]):
    """A function that gives a query of what it is given: askers, ids, moments and days, and plain words.

    What it gives can be asked with others (`kernel.batches`) without being made anew, and is otherwise the
    queryset that the function makes.

    :raises TypeError: if the query takes in something that was not given, or asks when something is
    """

    def __init__(self, query: Callable[P, QuerySet[Any, T]]) -> None:
        self.query = query
        self.plans: dict[Hashable, Plan] = {}
        update_wrapper(self, query)

    def __call__(self, *args: P.args, **more: P.kwargs) -> QuerySet[Any, T]:
        """Give the query, of which nothing was made yet."""
        return cast("QuerySet[Any, T]", Prepared(self, args, more))


class Prepared:
    """A query that was given what it asks about."""

    def __init__(self, of: prepared[..., Any], args: tuple[Any, ...], more: dict[str, Any]) -> None:
        self.of, self.args, self.more = of, args, more
        self.found: QuerySet[Any, Any] | None = None

    @cached_property
    def queryset(self) -> QuerySet[Any, Any]:
        """The queryset: the one that was filled in, else one made anew."""
        return self.of.query(*self.args, **self.more) if self.found is None else self.found

    @property
    def _result_cache(self) -> list[Any] | None:
        return None if self.found is None else cast("list[Any]", self.found._result_cache)

    def planned(self) -> tuple[Plan, list[Any]]:
        """Return the query with its SQL made, and what is to be filled in."""
        given = _Arguments()
        given.take(self.args, self.more)
        key = (get_language(), *given.key)
        if key not in self.of.plans:
            self.of.plans[key] = self._made()
        plan = self.of.plans[key]
        if CHECKED:
            self._check(plan)
        return plan, plan.params(given.values)

    def _made(self) -> Plan:
        args, more = _Arguments(is_known=False).take(self.args, self.more)
        with now_is(placeholder_for(clock.now(), lambda values: values[-1])):
            queryset = self.of.query(*args, **more)
            plan = Plan(queryset, Rows(queryset))
        if any(type(p) in FILLED_IN for p in plan.compiled.params):
            raise TypeError(f"{self.of.query.__qualname__} asks about an id or a time that it was not given")
        return plan

    def _check(self, plan: Plan) -> None:
        given = _Arguments(pad=uuid4)
        args, more = given.take(self.args, self.more)
        anew, params = Rows(self.of.query(*args, **more)), plan.params(given.values)
        same = len(params) == len(anew.params) and all(map(_is_same, params, anew.params))
        if not same or plan.sql != anew.sql:
            raise AssertionError(f"{self.of.query.__qualname__} would ask otherwise if it were made anew")

    def fill(self, plan: Plan, rows: Sequence[Sequence[Any]]) -> None:
        """Let it have these rows."""
        found = plan.queryset.all()
        plan.compiled.fill(found, rows)
        self.found = self.__dict__["queryset"] = found

    def __iter__(self) -> Iterator[Any]:
        return iter(self.queryset)

    def __len__(self) -> int:
        return len(self.queryset)

    def __getitem__(self, which: Any) -> Any:
        return self.queryset[which]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.queryset, name)


@dataclass
class _Arguments:
    """What a query is given, in order: the values to fill in, and what makes it another query."""

    is_known: bool = True
    pad: Callable[[], UUID] | None = None
    _values: list[Any] = field(default_factory=list)
    key: list[Hashable] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        """The values to fill in, the moment in which it is asked last."""
        return [*self._values, clock.now()]

    def take(self, args: tuple[Any, ...], more: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Take the arguments; return them, or what stands for them."""
        return [self._take(each) for each in args], {name: self._take(more[name]) for name in sorted(more)}

    def _take(self, value: Any) -> Any:
        if isinstance(value, UUID | date):
            self.key.append(type(value).__name__)
            return self._put(value)
        if value is None or isinstance(value, str | int):
            self.key.append(value)
            return value
        if isinstance(value, Collection):
            return [self._put(each) for each in self._padded(list(dict.fromkeys(value)))]
        self.key.append(value.kind)
        ids = [self._put(each) for each in value.ids]
        return value if self.is_known else value.stand_in(*ids)

    def _padded(self, ids: list[UUID]) -> list[UUID]:
        """As many ids as the next power of two, the last one again, so that few lengths make a query anew."""
        many = 1 << (len(ids) - 1).bit_length() if ids else 0
        self.key.append(many)
        return ids + [self.pad() if self.pad else ids[-1] for _ in range(many - len(ids))]

    def _put(self, value: Any) -> Any:
        place = len(self._values)
        self._values.append(value)
        return value if self.is_known else placeholder_for(value, lambda values: values[place])


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < AT_ONCE  # asked one after the other
    return bool(one == other)
