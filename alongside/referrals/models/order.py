"""In which order a person wants several agencies asked for one thing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.agencies.declarations import takes_only_packages
from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import custody
from alongside.kernel.rls.declarations import (
    ME,
    ForeignRow,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
)
from alongside.kernel.rls.models import FileRow

# Police, Crown, child protection and what is led by them are asked on a page of their own.
NEVER_AMONG_SEVERAL = (
    "not exists (select 1 from agencies_agency g"
    f" where g.id = {{table}}.to_agency_id and {takes_only_packages('g')})"
)


class RankedAgency(FileRow):
    """One agency in the order in which a person wants several asked for one thing, if the one before can't.

    It asks nobody: each is asked by itself, under an agreement of its own. No agency but the file's own sees
    any of it.
    """

    priority_id = models.UUIDField()
    to_agency_id = models.UUIDField()
    entry_id = models.UUIDField(null=True)
    rank = models.PositiveSmallIntegerField()
    referral_id = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("Which agencies somebody wants asked for one thing, and in which order; not for what."),
        record=Record.FILE,
        person=Person(reads=("to_agency_id", "rank", "put_away_at"), writes=("rank", "put_away_at")),
        emergency=False,
        hold=True,
        columns={
            "to_agency_id": _("which other agency"),
            "entry_id": _("which service of the directory"),
            "rank": _("their order"),
            "referral_id": _("with which request it was asked"),
        },
        rules=(
            *custody(),
            KEEP_BLOCKED,
            ForeignRow("priority_id", "plans_priority"),
            ForeignRow("referral_id", "referrals_referral"),
            Policy("insert", check=NEVER_AMONG_SEVERAL, name="never_among_several", restrictive=True),
            Policy("insert", check=f"written_by = {ME}", name="written_in_own_name", restrictive=True),
            Settled(
                "settled",
                "another agency is another line",
                but=("rank", "referral_id", "put_away_at", "blocked_principals"),
            ),
            Settled("asked_once", "it was asked", ("referral_id",), once="old.referral_id is not null"),
            Settled("put_away", "it was put away", ("put_away_at",), once="old.put_away_at is not null"),
        ),
    )

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "priority_id", "to_agency_id"],
                condition=Q(put_away_at=None, referral_id=None),
                name="an_agency_once_in_an_order",
            )
        ]
