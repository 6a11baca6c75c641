"""What a person agreed to."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import TO_ROLE, live
from alongside.files.declarations import custody
from alongside.kernel.actors import HowField, signed_constraint
from alongside.kernel.rls.declarations import (
    ALL,
    NOT_BLOCKED,
    ForeignRow,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    by_ctxo,
)
from alongside.kernel.rls.models import FileRow

LONGEST = timedelta(days=180)  # practice.md 2.2; counted in whole days, from the day on which it is given
# What the database lets pass: to the end of that last day, whichever clock changes lie between.
NO_LONGER = models.F("starts_at") + models.Value(
    LONGEST + timedelta(days=1, hours=1), output_field=models.DurationField()
)


class State(models.TextChoices):
    """Where an agreement stands (practice.md 2.2).

    Active and expired are not stored: they follow from the dates.
    """

    OFFERED = "offered", _("Being talked about")
    DECLINED = "declined", _("They would rather not")
    DEFERRED = "deferred", _("Not now")
    GIVEN = "given", _("Agreed")
    WITHDRAWN = "withdrawn", _("Ended by them")
    SUPERSEDED = "superseded", _("Replaced by a newer agreement")
    FULFILLED = "fulfilled", _("Done")


MOVES = {
    State.OFFERED: {State.GIVEN, State.DECLINED, State.DEFERRED},
    State.DEFERRED: {State.GIVEN, State.DECLINED},
    State.GIVEN: {State.WITHDRAWN, State.SUPERSEDED, State.FULFILLED},
    State.DECLINED: set(),
    State.WITHDRAWN: set(),
    State.SUPERSEDED: set(),
    State.FULFILLED: set(),
}


class Purpose(models.TextChoices):
    """What the other agency may use it for, and nothing else."""

    ANSWER = "answer", _("To answer this request")
    WORK_TOGETHER = "work-together", _("To work on this together")
    FIRST_MEETING = "first-meeting", _("To prepare a first meeting")


class AfterNo(models.TextChoices):
    """What the other agency may go on seeing it for after its no, if the person was asked beforehand."""

    OPENING = "opening", _("To tell us when they have room")
    SOMEBODY_ELSE = "somebody-else", _("To help us find somebody else")


class Manner(models.TextChoices):
    """How the other agency gets it."""

    VIEW = "view", _("They see it here, while the agreement lasts")
    VERBAL = "verbal", _("It is read out to them")
    COPY = "copy", _("They get a copy")


class Method(models.TextChoices):
    """How yes was said, by whoever decided."""

    ORAL = "oral-witnessed", _("It was said, and I heard it")
    SIGNED = "signed", _("It was signed")


class Capacity(models.TextChoices):
    """Who decided (practice.md 2.5).

    Presumed to be the person, whatever their age; recorded for this decision only.
    """

    SELF = "self", _("They decided for themselves")
    SUBSTITUTE = "substitute", _("Somebody decides for them by law, and showed it")


class Others(models.TextChoices):
    """Who else was there when they agreed: whoever else was there may have decided (practice.md 2.2)."""

    ALONE = "alone", _("Nobody else")
    CHOSEN = "chosen", _("Somebody they wanted there")
    OTHER = "other", _("Somebody else was there")
    THEN_ALONE = "then-alone", _("Somebody else at first; then they were asked again, alone")


ENDING = ("ended_at", "ended_by", "ended_how")
AFTER_NO = ("purpose", "until")  # what a no changes, if they were asked beforehand: `ctx.end_seeing`

# The agency an agreement names, and in it the role.
RECIPIENT = f"to_agency_id = (select ctx.agency()) and {TO_ROLE} and {NOT_BLOCKED}"


class Release(FileRow):
    """The person's agreement that an agency, or a role in it, may see named items.

    For a purpose, until a date.
    """

    to_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(
        max_length=20, choices=[*Purpose.choices, *AfterNo.choices], db_default=Purpose.ANSWER
    )
    manner = models.CharField(max_length=10, choices=Manner, db_default=Manner.VIEW)
    state = models.CharField(max_length=20, choices=State, db_default=State.OFFERED)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    after_no_purpose = models.CharField(max_length=20, choices=AfterNo, blank=True, db_default="")
    after_no_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=20, blank=True, db_default="")
    interpreter = models.CharField(max_length=20, blank=True, db_default="")
    capacity = models.CharField(max_length=20, choices=Capacity, blank=True, db_default="")
    method = models.CharField(max_length=20, choices=Method, blank=True, db_default="")
    signed_page = models.CharField(
        max_length=20, blank=True, db_default="", help_text="The number of the printed page they signed."
    )
    others_present = models.CharField(max_length=10, choices=Others, blank=True, db_default="")
    explained = models.BooleanField(
        db_default=False, help_text="Risks, other ways, and that nothing depends on it were said aloud."
    )
    copy_given = models.BooleanField(db_default=False)
    onward_allowed = models.BooleanField(db_default=False)
    regime_from = models.CharField(max_length=20, blank=True, db_default="")
    regime_to = models.CharField(max_length=20, blank=True, db_default="")
    offered_by = models.UUIDField()
    offered_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    given_how = HowField(blank=True, db_default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_how = HowField(blank=True, db_default="")
    ended_because = models.CharField(max_length=20, blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_("With whom somebody agreed to share, for what, how, and until when."),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("given_at", "ended_at", "ended_because")),
        emergency=True,
        hold=True,
        columns={
            "to_agency_id": _("which other agency"),
            "to_role": _("for which role only"),
            "purpose": _("for what"),
            "after_no_purpose": _("for what after a no, if they were asked beforehand"),
            "manner": _("how the other agency gets it"),
            "state": _("where the agreement stands"),
            "language": _("the language it was said in"),
            "interpreter": _("whether and how it was interpreted"),
            "capacity": _("whether they decided for themselves"),
            "method": _("how they said yes"),
            "signed_page": _("the number of the page that was signed"),
            "others_present": _("who else was there, as a code"),
            "explained": _("that the risks were said aloud"),
            "copy_given": _("whether they wanted a copy"),
            "onward_allowed": _("that it may not be passed on"),
            "regime_from": _("the custodian's privacy law"),
            "regime_to": _("the other agency's privacy law"),
            "ended_because": _("how it ended, from a list"),
        },
        rules=(
            *custody(),
            Policy(
                "select",
                f"{RECIPIENT} and state = 'given' and {live('consent_release')}",
                name="recipient_select",
            ),
            *by_ctxo(),
            States(MOVES),
            Settled(
                "settled",
                "an agreement is not changed after it was given: end it and ask again",
                but=(
                    *ENDING,
                    *AFTER_NO,
                    "state",
                    "ended_because",
                    "copy_given",
                    "blocked_principals",
                ),
                once="old.given_at is not null",
            ),
            Settled(
                "settled_terms",
                "an agreement is not changed after it was given: end it and ask again",
                AFTER_NO,
                once="old.given_at is not null and current_user <> 'ctxo'",
            ),
            Settled("stays_ended", "an ended agreement stays ended", ENDING, once="old.ended_at is not null"),
        ),
    )

    @property
    def is_by_substitute(self) -> bool:
        """Whether somebody else decided, who does so for them by law."""
        return self.capacity == Capacity.SUBSTITUTE

    @property
    def needs_asking_alone(self) -> bool:
        """Whether somebody was there whom they had not wanted there, and nobody asked again since."""
        return self.given_at is None and self.others_present == Others.OTHER

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("starts_at")), name="a_release_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(until__lte=NO_LONGER),
                name="a_release_lasts_180_days_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(after_no_purpose="", after_no_until__isnull=True)
                | ~models.Q(after_no_purpose="")
                & models.Q(
                    after_no_until__gt=models.F("starts_at"),
                    after_no_until__lte=NO_LONGER,
                ),
                name="after_a_no_for_something_and_until_a_day",
            ),
            models.CheckConstraint(condition=models.Q(onward_allowed=False), name="never_passed_on"),
            signed_constraint("given", "given_by_somebody"),
            signed_constraint("ended", "ended_by_somebody"),
        ]
        indexes: ClassVar = [models.Index(fields=["to_agency_id", "file_id"], name="releases_to_agency")]


class ReleasedItem(FileRow):
    """One item that one agreement names.

    The dates stand here again so that a policy needs one look (security.md D1).
    """

    release_id = models.UUIDField()
    item_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    columns = models.CharField(max_length=60, db_default="body")
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
                f"{RECIPIENT} and {live('consent_releaseditem')}",
                name="recipient_select",
            ),
            ForeignRow("release_id", "consent_release"),
            *by_ctxo(),
            Settled(
                "settled",
                "an agreement is not changed after it was given: end it and ask again",
                but=("ended_at", "blocked_principals"),
                once="old.given_at is not null and current_user <> 'ctxo'",
            ),
            Settled(
                "stays_ended",
                "an ended agreement stays ended",
                ("ended_at",),
                once="old.ended_at is not null",
            ),
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
