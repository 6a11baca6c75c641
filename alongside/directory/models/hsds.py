"""What somebody publishes, as HSDS shapes it."""

from __future__ import annotations

import uuid
from functools import partial
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.imports.runs import IMPORTING
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OPERATOR,
    OWN_OR_OPERATORS,
    Grant,
    Protection,
    Record,
    Settled,
    WriteGuard,
    of_own,
)


class Disclosure(models.TextChoices):
    """How much of where a place is may be known. What may not be known is not stored."""

    PUBLIC = "public", _("The address is public")
    AREA_ONLY = "area_only", _("Only the area is public")
    WITHHELD = "withheld", _("The address is withheld")


OF_OWN_SOURCE = of_own("directory_source", "source_id")
SIGNED_IN = f"ctx.worker() is not null or {OPERATOR}"  # whoever works somewhere may add or change an entry
LOOKS_AFTER_NO_LISTS = f"current_user = 'app' and ({IMPORTING}) is not true"
ORDER = "array['public', 'area_only', 'withheld']"

# Whoever changes an entry takes out of the records behind it; they bring no record, and show no place again.
TAKES_OUT = WriteGuard(whose=OF_OWN_SOURCE, adds=IMPORTING)
SHOWN_AGAIN = Settled(
    "shown_again",
    "only whoever looks after lists shows a place again",
    ("disclosure",),
    once=f"array_position({ORDER}, new.disclosure::text) < array_position({ORDER}, old.disclosure::text)"
    f" and {LOOKS_AFTER_NO_LISTS}",
)

# What each table of the directory says of itself.
listed = partial(
    Protection,
    tells=_("The directory of services, which anybody may look up. A withheld address is not stored."),
    record=Record.REFERENCE,
    person=NOBODYS,
    emergency=False,
    hold=False,
)


class Source(models.Model):
    """Where entries come from: a file somebody publishes again and again.

    `agency` is who keeps it here; none is the operator.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    publisher = models.CharField(max_length=200, blank=True, db_default="")
    licence = models.CharField(max_length=200, blank=True, db_default="")
    updated_at = models.DateTimeField(auto_now=True)

    protection: ClassVar = listed(
        unguarded="who publishes a list of services",
        rules=(Grant("select, insert, update"), WriteGuard(IMPORTING, OWN_OR_OPERATORS)),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "name"], nulls_distinct=False, name="one_source_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Kept(models.Model):
    """A record as HSDS shapes it: `data` holds its own fields and the children that belong to it alone.

    Whoever may change an entry may take out of the records behind it what it is not to say any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey("directory.Source", on_delete=models.CASCADE, related_name="+")
    key = models.TextField(help_text="The record's id in its source.")
    data = models.JSONField(db_default={})

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["key"], name="%(class)s_key")]

    def __str__(self) -> str:
        return self.key


class Organization(Kept):
    """HSDS organization: who offers services."""

    protection: ClassVar = listed(
        unguarded="an organization that offers services (HSDS)",
        rules=(Grant("select, insert, update"), TAKES_OUT),
    )


class Program(Kept):
    """HSDS program: a grouping of services within an organization."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )

    protection: ClassVar = listed(
        unguarded="a programme of such an organization",
        rules=(Grant("select, insert, update"), TAKES_OUT),
    )


class Service(Kept):
    """HSDS service: what is offered."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )
    program = models.ForeignKey("directory.Program", on_delete=models.SET_NULL, null=True, related_name="+")

    protection: ClassVar = listed(
        unguarded="a service that is offered",
        rules=(Grant("select, insert, update"), TAKES_OUT),
    )


class Location(Kept):
    """HSDS location: where something is offered.

    With a withheld address, `data` holds no address and no point.
    """

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )
    disclosure = models.CharField(max_length=10, choices=Disclosure, db_default=Disclosure.PUBLIC)

    protection: ClassVar = listed(
        unguarded="where services are offered; withheld addresses are not stored at all",
        rules=(Grant("select, insert, update"), TAKES_OUT, SHOWN_AGAIN),
    )


class ServiceAtLocation(Kept):
    """HSDS service_at_location: a service offered at a place."""

    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, null=True, related_name="+")
    location = models.ForeignKey("directory.Location", on_delete=models.CASCADE, null=True, related_name="+")

    protection: ClassVar = listed(
        unguarded="a service at a place",
        rules=(Grant("select, insert, update"), TAKES_OUT),
    )


class Taxonomy(Kept):
    """HSDS taxonomy: a list of terms a source uses."""

    protection: ClassVar = listed(
        unguarded="a list of terms for services",
        rules=(Grant("select, insert, update"), WriteGuard(IMPORTING, OF_OWN_SOURCE)),
    )


class TaxonomyTerm(Kept):
    """HSDS taxonomy_term: one term of such a list."""

    taxonomy = models.ForeignKey("directory.Taxonomy", on_delete=models.CASCADE, null=True, related_name="+")

    protection: ClassVar = listed(
        unguarded="a term for services",
        rules=(Grant("select, insert, update"), WriteGuard(IMPORTING, OF_OWN_SOURCE)),
    )


class LooseRecord(Kept):
    """Any other HSDS record whose owner was not in the file, kept so that nothing is lost."""

    kind = models.CharField(max_length=40)

    protection: ClassVar = listed(
        unguarded="an HSDS record whose owner was not in the file",
        rules=(Grant("select, insert, update"), TAKES_OUT),
    )
