"""What every table of a file has in common."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import updatable


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """An envelope: words of or about a person, readable only with the file's key.

    Listed in "what a demand would yield".
    """


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
