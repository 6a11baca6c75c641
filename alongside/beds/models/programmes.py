"""Tables of what shelters offer.

Programmes, where they are, and what stands in the way there.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    NOBODYS,
    OWN,
    SAME,
    Grant,
    Policy,
    Protection,
    Record,
    by_ctxo,
    may,
)
from alongside.kernel.rls.models import Sealed


class Stay(models.TextChoices):
    """How long a place is for."""

    TONIGHT = "tonight", _("Tonight")
    MONTHS = "months", _("Some months")
    HOME = "home", _("A home")


class Unit(models.TextChoices):
    """What is counted, as in Toronto's own figures: beds, or whole rooms."""

    BED = "bed", _("Beds")
    ROOM = "room", _("Rooms")


class Offering(models.Model):
    """A programme of a shelter: who it is for and how it counts.

    Its region is all anybody outside learns of where it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True, db_default="")
    face = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        help_text="What it is called outside, where its name would give somebody away.",
    )
    face_fr = models.CharField(max_length=100, blank=True, db_default="")
    stay = models.CharField(max_length=10, choices=Stay, db_default=Stay.TONIGHT)
    unit = models.CharField(max_length=5, choices=Unit, db_default=Unit.BED)
    region = models.CharField(max_length=20)
    genders = ArrayField(
        models.CharField(max_length=20), db_default=[], blank=True, help_text="Empty: everybody."
    )
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    households = ArrayField(
        models.CharField(max_length=20), db_default=[], blank=True, help_text="Empty: nothing said."
    )
    room_types = ArrayField(models.CharField(max_length=20), db_default=[], blank=True)
    languages = ArrayField(models.CharField(max_length=20), db_default=[], blank=True)
    exceptions_contact = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        help_text="Whom to call about an exception: a role, never a name.",
    )
    exceptions_phone = models.CharField(max_length=40, blank=True, db_default="")
    urgent_phone = models.CharField(
        max_length=40, blank=True, db_default="", help_text="What to call when nobody answers."
    )
    holds_at_once = models.BooleanField(db_default=False)
    hold_hours = models.PositiveSmallIntegerField(db_default=4)
    think_hours = models.PositiveSmallIntegerField(db_default=72)
    months_least = models.PositiveSmallIntegerField(null=True, blank=True)
    months_most = models.PositiveSmallIntegerField(null=True, blank=True)
    monthly_cost = models.PositiveIntegerField(null=True, blank=True, help_text="Dollars a month.")
    deposit = models.PositiveIntegerField(null=True, blank=True, help_text="Dollars before moving in.")
    covers = models.JSONField(
        db_default={}, blank=True, help_text="What an income or benefit pays a month, as its keeper knows it."
    )
    verified_on = models.DateField(null=True, blank=True)
    stops = ArrayField(
        models.CharField(max_length=40),
        db_default=[],
        blank=True,
        help_text="Kept by a trigger from the rules.",
    )
    talks = ArrayField(
        models.CharField(max_length=40),
        db_default=[],
        blank=True,
        help_text="Kept by a trigger from the rules.",
    )
    clears = ArrayField(
        models.CharField(max_length=40),
        db_default=[],
        blank=True,
        help_text="Kept by a trigger from the rules.",
    )
    kept_by = models.UUIDField()
    kept_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    protection: ClassVar = Protection(
        tells=_(
            "What shelters say about their programmes, for everybody who looks for a bed. "
            "Nothing about anybody who sleeps there."
        ),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "name": _("the programme's name"),
            "name_fr": _("the programme's name in French"),
            "face": _("the neutral name shown instead"),
            "face_fr": _("the neutral name in French"),
            "stay": _("a night, some months or a home"),
            "unit": _("whether beds or rooms are counted"),
            "region": _("a coarse region"),
            "genders": _("for whom it is, from the list"),
            "minimum_age": _("from which age it takes people"),
            "maximum_age": _("up to which age it takes people"),
            "households": _("for which households it is, from the list"),
            "room_types": _("which kinds of room there are, from the list"),
            "languages": _("which languages are spoken there"),
            "exceptions_contact": _("which role to call about an exception"),
            "exceptions_phone": _("its number"),
            "urgent_phone": _("the number to call when nobody answers"),
            "holds_at_once": _("whether others may hold a bed there themselves"),
            "hold_hours": _("for how many hours it holds a bed"),
            "think_hours": _("for how many hours people may think"),
            "months_least": _("from how many months"),
            "months_most": _("up to how many months"),
            "monthly_cost": _("dollars a month"),
            "deposit": _("dollars before moving in"),
            "covers": _("what an income or benefit pays there"),
            "stops": _("what stands in the way there, from the list"),
            "talks": _("what can be talked over there, from the list"),
            "clears": _("what is no barrier there, from the list"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", may("look-for-beds")),
            Policy("insert", check=f"{OWN} and {may('keep-programmes')}"),
            Policy("update", f"{OWN} and {may('keep-programmes')}", SAME),
            *by_ctxo(),
        ),
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(hold_hours__gte=2, hold_hours__lte=12),
                name="beds_held_two_to_twelve_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(think_hours__gte=24, think_hours__lte=336),
                name="beds_a_day_to_two_weeks_to_think",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["stay", "region"], condition=models.Q(closed_at=None), name="beds_offering_found"
            ),
            models.Index(fields=["agency_id"], name="beds_offering_of"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The programme's own name, for those who keep it."""
        return (self.name_fr if get_language() == "fr" else "") or self.name

    @property
    def shown_name(self) -> str:
        """What it is called outside."""
        return (self.face_fr if get_language() == "fr" else "") or self.face or self.full_name


class Whereabouts(models.Model):
    """Where a programme is, in its shelter's own custody only.

    Never released, never searched, never exported (practice.md 5).
    """

    offering = models.OneToOneField(
        "beds.Offering", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    agency_id = models.UUIDField()
    words = Sealed(null=True)

    protection: ClassVar = Protection(
        tells=_("That a shelter wrote down where a programme is; not where."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "words": _("where it is"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", f"{OWN} and {may('keep-programmes')}"),
            Policy("insert", check=f"{OWN} and {may('keep-programmes')}"),
            Policy("update", f"{OWN} and {may('keep-programmes')}", SAME),
        ),
    )

    def __str__(self) -> str:
        return str(self.pk)


class Rule(models.Model):
    """One thing that does or doesn't stand in the way of somebody coming here, as a fact with its date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("beds.Offering", on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField()
    barrier = models.CharField(max_length=40)
    stands = models.BooleanField(help_text="Whether it stands in the way.")
    negotiable = models.BooleanField(db_default=False)
    decided_by = models.CharField(max_length=20, blank=True, db_default="")
    words = models.CharField(max_length=200, blank=True, db_default="")
    words_fr = models.CharField(max_length=200, blank=True, db_default="")
    verified_on = models.DateField()

    protection: ClassVar = Protection(
        tells=_("What stands in the way at a programme and what doesn't, as published."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency keeps it"),
            "barrier": _("what it is about, from the list"),
            "stands": _("whether it keeps people out"),
            "negotiable": _("whether it can be talked over"),
            "decided_by": _("who decides about it, from the list"),
            "words": _("the shelter's own published words on it"),
            "words_fr": _("the same in French"),
        },
        rules=(
            Grant("select, insert, update, delete"),
            Policy("select", may("look-for-beds")),
            Policy("insert", check=f"{OWN} and {may('keep-programmes')}"),
            Policy("update", f"{OWN} and {may('keep-programmes')}", SAME),
            Policy("delete", f"{OWN} and {may('keep-programmes')}"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["barrier"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "offering", "barrier"], name="beds_one_rule_a_barrier"
            ),
            models.CheckConstraint(
                condition=models.Q(stands=True) | models.Q(negotiable=False),
                name="beds_only_a_barrier_is_negotiable",
            ),
        ]

    def __str__(self) -> str:
        return self.barrier

    @property
    def said(self) -> str:
        """The keeper's own words on it, in the reader's language where they have it."""
        return (self.words_fr if get_language() == "fr" else "") or self.words
