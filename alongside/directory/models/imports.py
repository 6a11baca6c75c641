"""How lists were read in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from alongside.directory.models.hsds import listed
from alongside.kernel.ids import uuid7
from alongside.kernel.imports import runs
from alongside.kernel.rls.declarations import (
    OWN_OR_OPERATORS,
    Grant,
    States,
    WriteGuard,
    of_own,
)


class Mapping(models.Model):
    """Which column of a CSV file means what, made on screen by an agency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    columns = models.JSONField(db_default={})

    protection: ClassVar = listed(
        unguarded="which column of a file means what",
        rules=(Grant("select, insert, update"), WriteGuard(runs.IMPORTING, OWN_OR_OPERATORS)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_mapping_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(runs.Run):
    """One import of one list."""

    by = models.ForeignKey(
        "agencies.Worker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    format = models.CharField(max_length=20, blank=True, db_default="")

    protection: ClassVar = listed(
        unguarded="an import of a list of services",
        rules=(
            Grant("select, insert, update"),
            States(runs.MOVES),
            WriteGuard(runs.IMPORTING, OWN_OR_OPERATORS),
            *runs.STAMPED,
        ),
    )


class ReportLine(runs.Line):
    """Something to look at in an imported list. Never what a withheld field said."""

    run = models.ForeignKey("directory.ImportRun", on_delete=models.CASCADE, related_name="+")

    protection: ClassVar = listed(
        unguarded="odd lines of such a list; never what a withheld field said",
        rules=(
            Grant("select, insert"),
            WriteGuard(runs.IMPORTING, of_own("directory_importrun", "run_id")),
        ),
    )
