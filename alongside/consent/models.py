"""Tables of consent."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import (
    ALL,
    KEEP_BLOCKED,
    NOBODYS,
    NOT_BLOCKED,
    OWN,
    ForeignRow,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    by_ctxo,
    custody,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed


class State(models.TextChoices):
    """Where an agreement stands (practice.md 2.2). Active and expired are not stored: they follow from the dates."""

    OFFERED = "offered", _("Being talked about")
    DECLINED = "declined", _("They would rather not")
    DEFERRED = "deferred", _("Not now")
    GIVEN = "given", _("Agreed")
    WITHDRAWN = "withdrawn", _("Ended by them")
    SUPERSEDED = "superseded", _("Replaced by a newer agreement")
    FULFILLED = "fulfilled", _("Done")


class Purpose(models.TextChoices):
    """What the other agency may use it for, and nothing else."""

    ANSWER = "answer", _("To answer this request")
    WORK_TOGETHER = "work-together", _("To work on this together")
    FIRST_MEETING = "first-meeting", _("To prepare a first meeting")


class Manner(models.TextChoices):
    """How the other agency gets it."""

    VIEW = "view", _("They see it here, while the agreement lasts")
    VERBAL = "verbal", _("It is read out to them")
    COPY = "copy", _("They get a copy")


class Method(models.TextChoices):
    """How the person said yes."""

    ORAL = "oral-witnessed", _("They said it, and I heard it")
    SIGNED = "signed", _("They signed")


class Capacity(models.TextChoices):
    """Who decided (practice.md 2.5): presumed to be the person, whatever their age; recorded for this decision only."""

    SELF = "self", _("They decided for themselves")
    SUBSTITUTE = "substitute", _("Somebody decides for them by law, and showed it")


class Others(models.TextChoices):
    """Who else was there when they agreed."""

    ALONE = "alone", _("Nobody else")
    CHOSEN = "chosen", _("Somebody they wanted there")
    OTHER = "other", _("Somebody else was there")


# The agency an agreement names, and in it the role.
RECIPIENT = (
    "to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role()))"
    f" and {may('meet-people')} and {NOT_BLOCKED}"
)


class Release(FileRow):
    """The person's agreement that one agency, or one role in it, may see named items, for a purpose, until a date."""

    to_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.ANSWER)
    manner = models.CharField(max_length=10, choices=Manner, default=Manner.VIEW)
    state = models.CharField(max_length=20, choices=State, default=State.OFFERED)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    language = models.CharField(max_length=20, blank=True)
    interpreter = models.CharField(max_length=20, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity, blank=True)
    method = models.CharField(max_length=20, choices=Method, blank=True)
    others_present = models.CharField(max_length=10, choices=Others, blank=True)
    explained = models.BooleanField(
        default=False, help_text="Risks, other ways, and that nothing depends on it were said aloud."
    )
    copy_given = models.BooleanField(default=False)
    onward_allowed = models.BooleanField(default=False)
    regime_from = models.CharField(max_length=20, blank=True)
    regime_to = models.CharField(max_length=20, blank=True)
    offered_by = models.UUIDField()
    offered_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_how = models.CharField(max_length=20, blank=True)

    protection: ClassVar = Protection(
        tells=_("With whom somebody agreed to share, for what, how, and until when."),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("given_at", "ended_at", "ended_how")),
        emergency=True,
        hold=True,
        columns={
            "to_agency_id": _("which other agency"),
            "to_role": _("for which role only"),
            "purpose": _("for what"),
            "manner": _("how the other agency gets it"),
            "state": _("where the agreement stands"),
            "language": _("the language it was said in"),
            "interpreter": _("whether and how it was interpreted"),
            "capacity": _("whether they decided for themselves"),
            "method": _("how they said yes"),
            "others_present": _("who else was there, as a code"),
            "explained": _("that the risks were said aloud"),
            "copy_given": _("whether they wanted a copy"),
            "onward_allowed": _("that it may not be passed on"),
            "regime_from": _("the custodian's privacy law"),
            "regime_to": _("the other agency's privacy law"),
            "ended_how": _("how it ended, from a list"),
        },
        rules=(
            *custody(),
            Policy(
                "select",
                f"{RECIPIENT} and state = 'given' and consent_release.given_at is not null"
                " and consent_release.ended_at is null"
                " and consent_release.starts_at <= statement_timestamp()"
                " and consent_release.until > statement_timestamp()",
                name="recipient_select",
            ),
            *by_ctxo(),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("starts_at")), name="a_release_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    until__lte=models.F("starts_at")
                    + models.Value("181 days", output_field=models.DurationField())
                ),
                name="a_release_lasts_180_days_at_most",
            ),
            models.CheckConstraint(condition=models.Q(onward_allowed=False), name="never_passed_on"),
            models.CheckConstraint(
                condition=models.Q(given_at__isnull=True, given_by__isnull=True)
                | models.Q(given_at__isnull=False, given_by__isnull=False),
                name="given_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to_agency_id", "file_id"], name="releases_to_agency")]


class ReleasedItem(FileRow):
    """One item that one agreement names. The dates stand here again so that a policy needs one look (security.md D1)."""

    release_id = models.UUIDField()
    item_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    columns = models.CharField(max_length=60, default="body")
    to_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("How many things an agreement named, and of which kind; not what they say."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=True,
        hold=True,
        columns={
            "kind": _("what kind of item it is"),
            "columns": _("which parts of the item"),
            "to_agency_id": _("which other agency"),
            "to_role": _("for which role only"),
        },
        rules=(
            *custody("select, insert, update, delete"),
            Policy(
                "select",
                f"{RECIPIENT} and consent_releaseditem.given_at is not null"
                " and consent_releaseditem.ended_at is null"
                " and consent_releaseditem.starts_at <= statement_timestamp()"
                " and consent_releaseditem.until > statement_timestamp()",
                name="recipient_select",
            ),
            ForeignRow("release_id", "consent_release"),
            *by_ctxo(),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "release_id", "item_id"], name="an_item_once_in_a_release"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["file_id", "item_id", "to_agency_id"], name="released_item_to_agency")
        ]


class Block(FileRow):
    """ "Not them": a worker, a role, an agency, or an item that nobody else is to see. Whom it names never learns of it."""

    against = models.TextField(
        blank=True,
        help_text="`worker:id`, `agency:id`, `role:name` or `role:agency:name`; empty: nobody but us.",
    )
    item_id = models.UUIDField(null=True)
    words = Sealed(null=True)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    protection: ClassVar = Protection(
        tells=_("That somebody said “not them”, and about whom: a worker, a role or an agency."),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("against", "words", "lifted_at")),
        emergency=False,
        hold=True,
        columns={
            "against": _("about whom: the number of a worker or agency, or a role"),
            "words": _("the name the person said, where it is nobody who works here"),
        },
        rules=(
            *custody(),
            KEEP_BLOCKED,
            *by_ctxo("select"),
        ),
    )


class Notice(models.Model):
    """Word to an agency that something it was shown is no longer shared. It names nobody, and not who shared it."""

    id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    on = models.DateField()
    read_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That an agency was told to stop using something. Not whose it was, nor who had shared it."),
        record=Record.FILE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency was told"),
        },
        rules=(
            Grant("select, insert, update (read_at)"),
            Policy("select", f"{OWN} and {may('meet-people')}"),
            Policy("update", f"{OWN} and {may('meet-people')}"),
            Policy(
                "insert",
                check=f"agency_id <> (select ctx.agency()) and {may('keep-files')} and read_at is null",
            ),
        ),
    )

    def __str__(self) -> str:
        return f"{self.on}"
