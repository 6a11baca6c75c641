"""What who could come is planned with: when companions are free, places and ways, and what is wished for."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import custody
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    BY_NOW,
    ME,
    NOBODYS,
    OWN,
    SAME,
    ForeignRow,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    may,
)
from alongside.kernel.rls.models import FileRow

A_DAY = 24 * 60  # minutes
LONGEST_WAY = 12 * 60
PLANS = f"({may('keep-files')} or {may('keep-programmes')})"
KEEPS = f"{OWN} and {may('keep-programmes')}"
KEPT_BY = f"{OWN} and ((worker_id = {ME} and {may('meet-people')}) or {may('keep-programmes')})"
ASKED_BY_ME = f"{OWN} and worker_id = {ME} and {may('keep-files')}"
TODAYS = "asked_at > statement_timestamp() - interval '12 hours'"


MINUTES = Func("from_minute", "until_minute", function="int4range", output_field=IntegerRangeField())


class Availability(models.Model):
    """When a companion is free: each week, or on one day instead; on one day also when they are not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    weekday = models.PositiveSmallIntegerField(null=True, help_text="Monday is nought.")
    day = models.DateField(null=True)
    is_free = models.BooleanField(db_default=True)
    from_minute = models.PositiveSmallIntegerField(db_default=0)
    until_minute = models.PositiveSmallIntegerField(db_default=A_DAY)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("When a worker who goes along with people is free, by weekday and by day. No reason."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "worker_id": _("which worker"),
            "weekday": _("which day of the week"),
            "is_free": _("whether they are free then, or not"),
            "from_minute": _("from when"),
            "until_minute": _("until when"),
        },
        rules=(
            Grant("select, insert, delete"),
            Policy("select", f"{OWN} and ({PLANS} or worker_id = {ME})"),
            Policy("insert", check=f"{KEPT_BY} and written_by = {ME} and written_at <= {BY_NOW}"),
            Policy("delete", KEPT_BY),
        ),
    )

    class Meta:
        ordering: ClassVar = ["weekday", "day", "from_minute", "id"]
        indexes: ClassVar = [models.Index(fields=["agency_id", "worker_id"], name="when_a_companion_is_free")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, day__isnull=False)
                | Q(weekday__isnull=False, weekday__lte=6, day__isnull=True, is_free=True),
                name="free_each_week_or_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(from_minute__lt=F("until_minute"), until_minute__lte=A_DAY),
                name="free_until_after_it_begins",
            ),
            *(
                ExclusionConstraint(
                    name=f"free_once_{'each_week' if when == 'weekday' else 'on_a_day'}",
                    expressions=[
                        ("worker_id", RangeOperators.EQUAL),
                        (when, RangeOperators.EQUAL),
                        (MINUTES, RangeOperators.OVERLAPS),
                    ],
                    condition=Q(is_free=True),
                )
                for when in ("weekday", "day")
            ),
        ]

    def __str__(self) -> str:
        return str(self.day or self.weekday)


class Place(models.Model):
    """Somewhere an appointment can be, under the agency's own neutral name for it: never an address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    name = models.CharField(max_length=40)
    is_base = models.BooleanField(db_default=False, help_text="Where companions set out from.")

    protection: ClassVar = Protection(
        tells=_("What an agency calls the places it goes along to. No address."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "name": _("a neutral name without a number"),
            "is_base": _("whether companions set out from there"),
        },
        rules=(
            Grant("select, insert, update, delete"),
            Policy("select", f"{OWN} and {PLANS}"),
            Policy("insert", check=KEEPS),
            Policy("update", KEEPS, SAME),
            Policy("delete", KEEPS),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-is_base", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "name"], name="a_place_has_a_name_of_its_own"),
            models.UniqueConstraint(
                fields=["agency_id"], condition=Q(is_base=True), name="companions_set_out_from_one_place"
            ),
            models.CheckConstraint(condition=~Q(name__regex=r"[0-9]"), name="a_place_is_no_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Way(models.Model):
    """How many minutes it takes from one place to another; without both, what an unknown way takes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    from_place_id = models.UUIDField(null=True)
    to_place_id = models.UUIDField(null=True)
    minutes = models.PositiveSmallIntegerField()

    protection: ClassVar = Protection(
        tells=_("How long an agency’s ways between its places take."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "from_place_id": _("from which place"),
            "to_place_id": _("to which place"),
            "minutes": _("how many minutes"),
        },
        rules=(
            Grant("select, insert, update, delete"),
            Policy("select", f"{OWN} and {PLANS}"),
            Policy("insert", check=KEEPS),
            Policy("update", KEEPS, SAME),
            Policy("delete", KEEPS),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "from_place_id", "to_place_id"],
                nulls_distinct=False,
                name="one_time_for_a_way",
            ),
            models.CheckConstraint(
                condition=Q(from_place_id__isnull=True, to_place_id__isnull=True)
                | Q(from_place_id__isnull=False, to_place_id__isnull=False),
                name="a_way_has_two_ends_or_none",
            ),
            models.CheckConstraint(condition=Q(minutes__lte=LONGEST_WAY), name="a_way_is_within_the_day"),
        ]

    def __str__(self) -> str:
        return str(self.minutes)


class Wish(FileRow):
    """What is wished for of whoever goes along, and near which place it is: in codes, never in words."""

    accompaniment_id = models.UUIDField()
    place_id = models.UUIDField(null=True)
    language = models.CharField(max_length=20, blank=True, db_default="")
    is_must = models.BooleanField(db_default=False, help_text="Only somebody who speaks it.")
    gender = models.CharField(max_length=20, blank=True, db_default="")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Which language and gender somebody wishes for, and near which place it is."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "place_id": _("near which of the agency’s places"),
            "language": _("which language is wished for"),
            "is_must": _("whether it has to be that language"),
            "gender": _("which gender is wished for"),
        },
        rules=(
            *custody(),
            KEEP_BLOCKED,
            ForeignRow("accompaniment_id", "accompaniment_accompaniment"),
            Settled("settled", "for which appointment stays", ("accompaniment_id",)),
            Policy(
                "insert",
                check=f"written_by = {ME} and written_at <= {BY_NOW}",
                name="written_in_own_name",
                restrictive=True,
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "accompaniment_id"], name="one_wish_an_accompaniment"),
            models.CheckConstraint(
                condition=Q(is_must=False) | ~Q(language=""), name="what_has_to_be_spoken_is_said"
            ),
        ]


class SuggestionRun(models.Model):
    """A suggestion that takes a while: a digest of what was asked, and ids. It is gone by night."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    asked = models.CharField(max_length=64)
    first_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    found = models.JSONField(null=True)
    is_over = models.BooleanField(db_default=False)
    asked_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a worker had it looked up who could come in some days, until the night."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "worker_id": _("which worker asked"),
            "asked": _("a digest of what was asked"),
            "days": _("how many days"),
            "found": _("which companion could go to which appointment, in numbers that say nothing alone"),
            "is_over": _("whether it was found"),
        },
        rules=(
            Grant("select, insert, update (found, is_over)"),
            Policy("select", f"{ASKED_BY_ME} and {TODAYS}"),
            Policy(
                "insert", check=f"{ASKED_BY_ME} and asked_at <= {BY_NOW} and found is null and not is_over"
            ),
            Policy("update", f"{ASKED_BY_ME} and {TODAYS}", SAME),
            Grant("select, delete", to="ctxo"),
            Policy("select", AS_CTXO, to="ctxo"),
            Policy("delete", AS_CTXO, to="ctxo"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "worker_id", "asked"], name="suggestions_asked_for")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__in=(1, 7)), name="a_suggestion_is_for_a_day_or_a_week"),
        ]

    def __str__(self) -> str:
        return str(self.first_day)
