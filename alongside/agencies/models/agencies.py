"""The agencies, and what is said of them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alongside.agencies import identity
from alongside.agencies.declarations import ACROSS, BESIDE_THE_PERSON, CHILD_LAW
from alongside.agencies.roles import Sector
from alongside.kernel import geography
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import NOBODYS, Grant, Policy, Protection, Record, by_ctxo


class Kind(models.TextChoices):
    """What an agency is.

    Shown beside its name wherever somebody decides whether to share with it (practice.md 1.3).
    """

    OPEN_DESK = "open-desk", _("Open desk")
    SHELTER = "shelter", _("Shelter")
    HOUSING = "housing", _("Housing")
    COUNSELLING = "counselling", _("Counselling")
    INDIGENOUS_LED = "indigenous-led", _("Indigenous-led")
    CHILD_PROTECTION = "child-protection", _("Child protection")
    HOSPITAL = "hospital", _("Hospital")
    HEALTH_CENTRE = "health-centre", _("Community health centre")
    MENTAL_HEALTH = "mental-health", _("Mental health and substance use")
    LEGAL_CLINIC = "legal-clinic", _("Legal clinic")
    VICTIM_SERVICES = "victim-services", _("Victim services")
    POLICE = "police", _("Police")
    CROWN = "crown", _("Crown")


# What an agency is, in words that give nobody away who carries them about.
IN_PLAIN_WORDS = {
    Kind.OPEN_DESK: _("A place to drop in"),
    Kind.SHELTER: _("A place to stay"),
    Kind.HOUSING: _("Help with housing"),
    Kind.COUNSELLING: _("Somebody to talk to"),
    Kind.INDIGENOUS_LED: _("An Indigenous-led place"),
    Kind.CHILD_PROTECTION: _("A public service"),
    Kind.HOSPITAL: _("Health care"),
    Kind.HEALTH_CENTRE: _("Health care"),
    Kind.MENTAL_HEALTH: _("Health care"),
    Kind.LEGAL_CLINIC: _("Legal help"),
    Kind.VICTIM_SERVICES: _("Somebody to talk to"),
    Kind.POLICE: _("A public service"),
    Kind.CROWN: _("A public service"),
}


class Regime(models.TextChoices):
    """Which privacy law the agency answers to.

    The content of each is in the jurisdiction pack (practice.md 2.1).
    """

    PHIPA = "phipa", _("Health information (PHIPA)")
    CYFSA = "cyfsa", _("Child, youth and family (CYFSA, Part X)")
    FIPPA = "fippa", _("Provincial institution (FIPPA)")
    MFIPPA = "mfippa", _("Municipal institution or police (MFIPPA)")
    PIPEDA = "pipeda", _("Private sector (PIPEDA)")
    NONE = "none", _("No statute: express agreement always")
    INDIGENOUS = "indigenous", _("Indigenous governance")


class TimeZone(models.TextChoices):
    """Where the agency's clocks stand: Ontario has two, one on each side of 90° west."""

    EASTERN = geography.EASTERN
    CENTRAL = geography.CENTRAL


OPERATOR = "coalesce((select ctx.role()) = 'operator', false)"

SIGNING_IN = "(select ctx.signing_in())"


class Agency(models.Model):
    """An agency. `face` is what stands on screens where the programme's own name would give somebody away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True, help_text="Short name for the operator's commands.")
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True, db_default="")
    face = models.CharField(max_length=100, blank=True, db_default="")
    face_fr = models.CharField(max_length=100, blank=True, db_default="")
    sector = models.CharField(max_length=20, choices=Sector)
    kind = models.CharField(max_length=30, choices=Kind)
    regime = models.CharField(max_length=20, choices=Regime, db_default=Regime.NONE)
    division = models.CharField(
        max_length=60, blank=True, db_default="", help_text="Census division code of the agency's own place."
    )
    time_zone = models.CharField(max_length=20, choices=TimeZone, db_default=TimeZone.EASTERN)

    protection: ClassVar = Protection(
        tells=_("The agencies that take part."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "slug": _("the agency's short name"),
            "name": _("the agency's name"),
            "name_fr": _("the agency's name in French"),
            "face": _("the neutral name shown instead"),
            "face_fr": _("the neutral name in French"),
            "sector": _("which sector"),
            "kind": _("what the agency is"),
            "regime": _("which privacy law it answers to"),
            "division": _("the agency's census division"),
            "time_zone": _("where its clocks stand"),
        },
        unique={
            "agencies_agency_slug_key": "agencies are public; only the operator adds one",
        },
        rules=(
            Grant("select, insert, update (regime, division)"),
            Policy(
                "select",
                f"(select ctx.account()) is not null or {OPERATOR} or {SIGNING_IN}",
            ),
            Policy("insert", check=OPERATOR),
            Policy(
                "update",
                f"{OPERATOR} or ((select ctx.arranges_seats()) and id = (select ctx.agency()))",
            ),
            *by_ctxo("select, update (name, name_fr, face, face_fr, kind)"),
        ),
    )

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.shown_name

    @property
    def mark(self) -> str:
        """Six digits by which it is told from every other, whatever either calls itself."""
        return identity.mark(self.id)

    @property
    def since(self) -> datetime:
        """Since when it is here."""
        return identity.since(self.id)

    @property
    def takes_only_packages(self) -> bool:
        """Whether it gets a package and answers it, and nothing is said in between.

        The same stands in the database (`agencies.declarations`).
        """
        foreseen = self.sector != Sector.CRIMINAL_LEGAL or self.kind in BESIDE_THE_PERSON
        return self.kind in ACROSS or self.regime == CHILD_LAW or not foreseen

    @property
    def full_name(self) -> str:
        """The programme's own name, in the reader's language where it has one."""
        return (self.name_fr if get_language() == "fr" else "") or self.name

    @property
    def sector_shape(self) -> str:
        """The shape and colour by which its sector is told: community, health, legal or public.

        Child protection is a public service, whichever of the three sectors it was taken into.
        """
        if self.kind == Kind.CHILD_PROTECTION:
            return "public"
        return {Sector.HEALTHCARE: "health", Sector.CRIMINAL_LEGAL: "legal"}.get(
            Sector(self.sector), "community"
        )

    @property
    def shown_sector(self) -> str:
        """Its sector in words, as the picture of a circle tells it."""
        return gettext("Public service") if self.sector_shape == "public" else self.get_sector_display()

    @property
    def plain_kind(self) -> str:
        """What it is, in words that give nobody away."""
        return str(IN_PLAIN_WORDS[Kind(self.kind)])

    @property
    def is_indigenous_led(self) -> bool:
        """Whether it says of itself that it is led by Indigenous people."""
        return self.kind == Kind.INDIGENOUS_LED

    @property
    def must_pass_on(self) -> bool:
        """Whether it passes on what it is told: police, the Crown, child protection, and what is led by them.

        It is asked on a page of its own and never among several (practice.md 1.3).
        """
        return self.takes_only_packages

    @property
    def shown_name(self) -> str:
        """The neutral face if the agency has one, else its name."""
        return (self.face_fr if get_language() == "fr" else "") or self.face or self.full_name
