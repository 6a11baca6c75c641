"""What every table of a file has in common."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import updatable


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """An envelope: words of or about a person, readable only with the file's key.

    Listed in "what a demand would yield".

    :param kind: which kind of information it holds, as the trail says it (`KINDS` of a capability's
        `actions`); if left out, the row's own column `kind`, else the name of its model
    :param under: the column that names under whose key it is sealed, where several rows share one that was
        lent before they were written; its own key if left out
    """

    def __init__(self, *args: Any, kind: str = "", under: str = "id", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.under = kind, under

    def kind_of(self, row: models.Model) -> str:
        """Return which kind of information the envelope of this row holds."""
        return self.kind or getattr(row, "kind", "") or row._meta.model_name or ""


class FileRow(models.Model):
    """A row of one file.

    Its key starts with the file, so that the tables can be spread over machines by file (architecture.md).

    `agency_id` is the custodian. `blocked_principals` names who may not see this row although they could see
    the file: a "not them".
    """

    pk = models.CompositePrimaryKey("file_id", "id")
    file_id = models.UUIDField()
    id = models.UUIDField(default=uuid7, editable=False)
    agency_id = models.UUIDField()
    blocked_principals = ArrayField(models.TextField(), db_default=[], blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["id"]


def save_changes(row: models.Model) -> None:
    """Write a row: whole if it is new, else the columns of it that may change."""
    if row._state.adding:
        row.save(force_insert=True)
        return
    may_change = set(updatable(row._meta.db_table))
    row.save(update_fields=[field.name for field in row._meta.concrete_fields if field.column in may_change])


def code_constraints(
    table: str, *, many: Collection[str] = (), always: Collection[str] = (), **columns: Iterable[object]
) -> list[models.CheckConstraint]:
    """Return the constraints by which columns that hold codes hold nothing else: words are sealed.

    :param columns: for each column, the codes it may hold; nothing is one
    :param many: which of these columns hold a list
    :param always: which of them always hold a code
    """
    conditions = {
        name: models.Q(**{f"{name}__contained_by": sorted(map(str, codes))})
        if name in many
        else models.Q(**{f"{name}__in": [*([] if name in always else [""]), *sorted(map(str, codes))]})
        for name, codes in columns.items()
    }
    return [
        models.CheckConstraint(condition=condition, name=f"{table}_{name}_holds_codes")
        for name, condition in conditions.items()
    ]
