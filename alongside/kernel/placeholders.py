"""What stands in a query for a value that is not known yet: an id, a moment, a day.

Each is of the type it stands for, so that fields and look-ups take it as they take any. What only a known
moment can tell (which of two is earlier, its year) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = TypeVar("Value", UUID, date, datetime)
Of = TypeVar("Of", date, datetime)
To = TypeVar("To", date, datetime)
Find = Callable[[Sequence[Any]], Any]
now: ContextVar[datetime | None] = ContextVar("now", default=None)


class Placeholder:
    """Stands for a value; `find` says which, of all that are given."""

    find: Find


class _Id(Placeholder, UUID):
    def __init__(self, find: Find) -> None:
        super().__init__(int=uuid4().int)
        object.__setattr__(self, "find", find)


class _InTime(Placeholder):
    def __add__(self, other: timedelta) -> Any:
        return _of(type(self), lambda values: self.find(values) + other)

    def __sub__(self, other: Any) -> Any:
        return self._unknown(other) if isinstance(other, date) else self + -other

    def _unknown(self, *_of: object) -> NoReturn:
        raise TypeError("This is filled in later: what hangs on when it is belongs into the query.")

    __lt__ = __le__ = __gt__ = __ge__ = astimezone = timestamp = date = strftime = isoformat = _unknown
    __eq__, __hash__ = object.__eq__, object.__hash__


class _Moment(_InTime, datetime):
    pass


class _Day(_InTime, date):
    pass


def placeholder_for(value: Value, find: Find) -> Value:
    """Return what stands for values like this one."""
    return cast("Value", _Id(find) if isinstance(value, UUID) else _of(type(value), find))


def _of(kind: type, find: Find) -> _Moment | _Day:
    made = _Moment(1, 1, 1, tzinfo=UTC) if issubclass(kind, datetime) else _Day(1, 1, 1)
    made.find = find
    return made


def takes_placeholders(gives: type[To]) -> Callable[[Callable[[Of], To]], Callable[[Of], To]]:
    """Let a function of a moment or a day take what stands for one, and then give what stands for one."""

    def taking(reckon: Callable[[Of], To]) -> Callable[[Of], To]:
        @wraps(reckon)
        def reckoned(when: Of) -> To:
            if isinstance(when, Placeholder):
                return cast("To", _of(gives, lambda values: reckon(when.find(values))))
            return reckon(when)

        return reckoned

    return taking


@contextmanager
def now_is(moment: datetime) -> Iterator[None]:
    """Let `moment` stand for the moment in which the query is asked."""
    before = now.set(moment)
    try:
        yield
    finally:
        now.reset(before)
