"""Tables of the pathways from a bed tonight to a home: their steps, and the files they belong to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.beds.models.programmes import Stay
from alongside.files.declarations import custody
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    may,
)
from alongside.kernel.rls.models import FileRow


class Pathway(models.Model):
    """One pathway from a bed tonight to a home, in the asking agency's own custody.

    The requests and the waits of one person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    handle = models.CharField(max_length=60)
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That an agency goes along with somebody from a bed to a home; not with whom."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency keeps it"),
            "handle": _("two other neutral words, for the way only"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", f"{OWN} and {may('keep-files')}"),
            Policy("update", f"{OWN} and {may('keep-files')}", SAME),
            Policy("insert", check=f"{OWN} and {may('keep-files')}"),
        ),
    )

    def __str__(self) -> str:
        return self.handle


class Step(models.Model):
    """One step of such a pathway, and how it ended.

    A night asked for, a list joined, a home found elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pathway = models.ForeignKey("beds.Pathway", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    stay = models.CharField(max_length=10, choices=Stay)
    request = models.OneToOneField("beds.Request", on_delete=models.PROTECT, null=True, related_name="+")
    waiting = models.OneToOneField("beds.Waiting", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    counted = models.BooleanField(
        db_default=False, help_text="Whether what was missing here was counted as a gap."
    )

    protection: ClassVar = Protection(
        tells=_("Which requests and waits belong to one such way, and when a stay began and ended."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "pathway_id": _("which way from a bed to a home"),
            "agency_id": _("which agency keeps it"),
            "stay": _("a night, some months or a home"),
            "counted": _("whether what was missing was counted as a gap"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", f"{OWN} and {may('keep-files')}"),
            Policy("update", f"{OWN} and {may('keep-files')}", SAME),
            Policy("insert", check=f"{OWN} and {may('keep-files')}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["taken_at"]

    def __str__(self) -> str:
        return self.stay


class PathwayFile(FileRow):
    """Which file such a pathway belongs to, where there is one. Only its custodian sees that."""

    pathway_id = models.UUIDField()
    linked_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "Which file such a way belongs to: the one place where a request for a bed is joined to a file."
        ),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "pathway_id": _("which way from a bed to a home"),
        },
        rules=(*custody("select, insert"),),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "pathway_id"], name="beds_pathway_file_once")
        ]
