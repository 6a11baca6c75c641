"""Pressed twice at the same moment is pressed once; a number that somebody else's page made tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from alongside.kernel.ids import uuid7

Said = ParamSpec("Said")
Given = TypeVar("Given")


def found_if_taken(
    number: str = "", draw: Callable[[], object] = uuid7
) -> Callable[[Callable[Said, Given]], Callable[Said, Given]]:
    """Run a command again where its row was written meanwhile: it finds it then, as if pressed later.

    :param number: which argument is the number that the page made; taken by a row that the command does not
        find, so that it is somebody else's, another is drawn
    :param draw: how
    """

    def decorate(command: Callable[Said, Given]) -> Callable[Said, Given]:
        @wraps(command)
        def run(*args: Said.args, **said: Said.kwargs) -> Given:
            try:
                return command(*args, **said)
            except IntegrityError as taken:
                _check_was_taken(taken)
            try:
                return command(*args, **said)
            except IntegrityError as taken:
                _check_was_taken(taken)
                if not number:
                    raise
            said[number] = draw()
            return command(*args, **said)

        return run

    return decorate


def _check_was_taken(refused: IntegrityError) -> None:
    if not isinstance(refused.__cause__, UniqueViolation):
        raise refused
