"""Who did something about a person, and how: a worker, the person by a door of their own, or the operator.

A row says it in two columns beside its moment: `given_at`, `given_by` (a worker, or nobody), `given_how`.
`sign` writes them, `signed_constraint` holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker

By: TypeAlias = "Worker | Actor"


class How(models.TextChoices):
    """How somebody acted.

    A worker by themselves or on the person's word, the person by a door of their own, or the operator.
    """

    DESK = "desk"
    THEIR_WORD = "their-word"
    DOOR = "door"
    OPERATOR = "operator"


BY_A_WORKER = (How.DESK, How.THEIR_WORD)


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: `worker_id` where it is a worker, and only there.

    :raises ValueError: if the two don’t fit
    """

    worker_id: UUID | None
    how: How

    def __post_init__(self) -> None:
        if (self.worker_id is not None) != (self.how in BY_A_WORKER):
            raise ValueError(f"{self.how} and {self.worker_id} don’t fit")


PERSON = Actor(None, How.DOOR)
OPERATOR = Actor(None, How.OPERATOR)


class HowField(models.CharField):  # type: ignore[type-arg]
    """How it was done: the second half of a signature.

    Empty until it is done; a row written in one act has no default.
    """

    tells = _("whether a worker did it, a worker on the person’s word, the person, or the operator")

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 10)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """Stand in migrations as a plain column, which no later change here reaches."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


def sign(row: models.Model, act: str, by: By, how: How) -> tuple[str, str]:
    """Write on a row who did `act` (such as "given").

    :param how: how a worker did it; who is an `Actor` already says so itself
    :returns: the names of the two columns, for `update_fields`
    """
    actor = by if isinstance(by, Actor) else Actor(by.pk, how)
    columns = (f"{act}_by", f"{act}_how")
    for column, value in zip(columns, (actor.worker_id, actor.how), strict=True):
        setattr(row, column, value)
    return columns


def unsign(row: models.Model, act: str) -> None:
    """Take back who did `act`, with its moment."""
    for column, value in ((f"{act}_at", None), (f"{act}_by", None), (f"{act}_how", "")):
        setattr(row, column, value)


def signed_constraint(act: str, name: str) -> models.CheckConstraint:
    """Return the constraint that `act` has its moment, and that who did it fits how; or none of the three.

    Where the moment may not be empty, neither may the rest.
    """
    by_a_worker = Q(**{f"{act}_how__in": [str(how) for how in BY_A_WORKER], f"{act}_by__isnull": False})
    by_nobody_here = Q(**{f"{act}_how__in": [str(How.DOOR), str(How.OPERATOR)], f"{act}_by__isnull": True})
    done = Q(**{f"{act}_at__isnull": False}) & (by_a_worker | by_nobody_here)
    not_done = Q(**{f"{act}_at__isnull": True, f"{act}_by__isnull": True, f"{act}_how": ""})
    return models.CheckConstraint(condition=done | not_done, name=name)
