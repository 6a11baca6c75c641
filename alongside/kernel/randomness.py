"""Where chance comes from: the machine's own.

And for the demonstration a seed, so that it comes out the same every time.
"""

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Thing = TypeVar("Thing")
_source: ContextVar[random.Random] = ContextVar("source")
_machine = secrets.SystemRandom()


def choice(things: Sequence[Thing]) -> Thing:
    """Return one of these."""
    return _source.get(_machine).choice(things)


def below(number: int) -> int:
    """Return a whole number from 0 up to but not including this one."""
    return _source.get(_machine).randrange(number)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw from a seed while the block runs.

    Only for invented data: what comes out can be foretold. Keys and codes never ask here.
    """
    token = _source.set(random.Random(seed))  # noqa: S311 - foretellable on purpose
    try:
        yield
    finally:
        _source.reset(token)
