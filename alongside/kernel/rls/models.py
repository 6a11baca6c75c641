"""What every table of a file has in common."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.kernel.ids import uuid7


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
