"""Tables of the referrals."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED, Item
from alongside.files.declarations import custody
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    NOBODYS,
    NOT_BLOCKED,
    OWN,
    SAME,
    ForeignRow,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    States,
    by_ctxo,
    hidden_while_destroyed,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed


class State(models.TextChoices):
    """States of the Gravity closed loop (SDOH Clinical Care 3.0.0, referral Task)."""

    DRAFT = "draft", _("Not yet sent")
    REQUESTED = "requested", _("Asked, not yet answered")
    ACCEPTED = "accepted", _("They said yes")
    REJECTED = "rejected", _("They can’t")
    IN_PROGRESS = "in-progress", _("Under way")
    ON_HOLD = "on-hold", _("Paused")
    COMPLETED = "completed", _("Done")
    FAILED = "failed", _("Came to nothing")
    CANCELLED = "cancelled", _("Taken back")
    ENTERED_IN_ERROR = "entered-in-error", _("A mistake")

    @property
    def is_taken_on(self) -> bool:
        """Whether they said yes, and it has not ended."""
        return self in (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)

    @property
    def is_open(self) -> bool:
        """Whether it was asked and has not ended."""
        return self == State.REQUESTED or self.is_taken_on

    @property
    def follows_a_yes(self) -> bool:
        """Whether it stands where only what was answered comes to."""
        return self in (State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED, State.FAILED, State.CANCELLED)

    @property
    def goes_well(self) -> bool:
        """Whether it is on its way, or done."""
        return self in (State.ACCEPTED, State.IN_PROGRESS, State.COMPLETED)

    @property
    def waits(self) -> bool:
        """Whether the next move is still to come from somebody."""
        return self in (State.DRAFT, State.REQUESTED, State.ON_HOLD)

    @property
    def went_badly(self) -> bool:
        """Whether they couldn't, or it came to nothing."""
        return self in (State.REJECTED, State.FAILED)


# Which moves are the asked agency's to make, and when a row is changed by it.
THE_AGENCY_ASKED = "current_user = 'app' and old.agency_id is distinct from ctx.agency()"
THEIRS = {
    State.ACCEPTED,
    State.REJECTED,
    State.IN_PROGRESS,
    State.ON_HOLD,
    State.COMPLETED,
    State.FAILED,
}


MOVES = {
    State.DRAFT: {State.REQUESTED, State.CANCELLED},
    State.REQUESTED: {State.ACCEPTED, State.REJECTED, State.CANCELLED, State.ENTERED_IN_ERROR},
    State.ACCEPTED: {
        State.IN_PROGRESS,
        State.ON_HOLD,
        State.COMPLETED,
        State.FAILED,
        State.CANCELLED,
        State.ENTERED_IN_ERROR,
    },
    State.IN_PROGRESS: {
        State.ON_HOLD,
        State.COMPLETED,
        State.FAILED,
        State.CANCELLED,
        State.ENTERED_IN_ERROR,
    },
    State.ON_HOLD: {
        State.IN_PROGRESS,
        State.COMPLETED,
        State.FAILED,
        State.CANCELLED,
        State.ENTERED_IN_ERROR,
    },
    State.REJECTED: {State.ENTERED_IN_ERROR},
    State.COMPLETED: {State.ENTERED_IN_ERROR},
    State.FAILED: {State.ENTERED_IN_ERROR},
    State.CANCELLED: set(),
    State.ENTERED_IN_ERROR: set(),
}


class Reason(models.TextChoices):
    """Why an agency can't: Gravity's capacity codes, and "not a fit"."""

    NO_CAPACITY = "no-capacity", _("No room just now")
    WAITLIST = "waitlist", _("Only a waiting list")
    NOT_A_FIT = "not-a-fit", _("Not a fit")
    MORE_NEEDED = "more-needed", _("We need to know more first")


# A no that is not the end: the agency asked goes on seeing what it was shown.
UNFINISHED_NO = {Reason.WAITLIST, Reason.MORE_NEEDED}


class Outcome(models.TextChoices):
    """The person's own word at the end."""

    WORKED = "worked", _("It worked")
    CHOSE_OTHERWISE = "chose-otherwise", _("They chose otherwise")
    NOT_SAID = "not-said", _("Not said")


# The agency asked, and in it the role that was named, once it was sent and while there is an agreement.
ADDRESSED = (
    "to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role()))"
    f" and {may('meet-people')} and state <> 'draft' and {NOT_BLOCKED}"
    " and exists (select 1 from consent_release r where r.file_id = referrals_referral.file_id"
    " and r.id = referrals_referral.release_id and r.to_agency_id = (select ctx.agency()))"
)


class Referral(FileRow):
    """Asking one agency about one thing the person wants.

    `handle` stands for the person on the other side's lists; it is not the file's.
    """

    to_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    handle = models.CharField(max_length=60)
    entry_id = models.UUIDField(null=True)
    need = models.CharField(max_length=40, blank=True, db_default="")
    priority_id = models.UUIDField(null=True)
    ours = models.BooleanField(db_default=False)
    release_id = models.UUIDField()
    introduction = Sealed(null=True)
    introduction_approved_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=State, db_default=State.DRAFT)
    answer_by = models.DateTimeField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    requested_by = models.UUIDField(null=True)
    requested_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="When the agency asked first read it.")
    noted_at = models.DateTimeField(null=True, help_text="When the sender noted the answer.")
    reason = models.CharField(max_length=20, choices=Reason, blank=True, db_default="")
    barriers = ArrayField(models.CharField(max_length=40), db_default=[], blank=True)
    wait_band = models.CharField(max_length=20, blank=True, db_default="")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, db_default="")

    protection: ClassVar = Protection(
        tells=_(
            "Which agency asked which, about what general kind of need, when, and how it went; "
            "the introduction is sealed."
        ),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("outcome",)),
        emergency=True,
        hold=True,
        columns={
            "to_agency_id": _("which other agency"),
            "to_role": _("for which role only"),
            "handle": _("two other neutral words, for the other agency's list"),
            "entry_id": _("which service of the directory"),
            "need": _("the general kind of need, from the list"),
            "ours": _("that it is the agency’s own concern and not the person’s"),
            "introduction": _("the introduction the person approved"),
            "state": _("where the request stands"),
            "reason": _("why, from the list"),
            "barriers": _("why it could not be had, from the list"),
            "wait_band": _("how long the wait is, from the list"),
            "outcome": _("whether it worked, in the person’s word, as a code"),
        },
        rules=(
            *custody(),
            hidden_while_destroyed(),
            Policy(
                "select",
                ADDRESSED,
                name="addressed_select",
            ),
            Policy(
                "update",
                ADDRESSED,
                SAME,
                name="addressed_update",
            ),
            ForeignRow("release_id", "consent_release"),
            ForeignRow("priority_id", "plans_priority"),
            *by_ctxo(),
            KEEP_BLOCKED,
            Item(),
            States(MOVES),
            States(
                {start: ends & THEIRS for start, ends in MOVES.items()},
                who=THE_AGENCY_ASKED,
                name="their_moves",
            ),
            Settled(
                "answer_only",
                "only the answer may be changed here",
                but=("state", "moved_at", "answered_at", "seen_at", "reason", "barriers", "wait_band"),
                once=THE_AGENCY_ASKED,
            ),
            Settled(
                "settled", "a sent request keeps its agreement", ("release_id",), once="old.state <> 'draft'"
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(priority_id__isnull=True) | models.Q(ours=False),
                name="about_a_priority_or_marked_ours",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_agency_id", "state"], name="referrals_to_agency"),
            models.Index(fields=["agency_id", "state"], name="referrals_from_agency"),
            models.Index(fields=["id"], name="referral_by_id"),
        ]

    @property
    def standing(self) -> State:
        """The state it is in, which says of itself what it means."""
        return State(self.state)

    @property
    def is_over(self) -> bool:
        """Whether it was declined, taken back, or the person had their word at the end; a yes is not over.

        The database ends the agreement with it (`ctx.request_is_over`).
        """
        declined = self.state == State.REJECTED and self.reason not in UNFINISHED_NO
        came_to_nothing = self.state in (State.FAILED, State.CANCELLED, State.ENTERED_IN_ERROR)
        return declined or came_to_nothing or self.outcome in (Outcome.WORKED, Outcome.CHOSE_OTHERWISE)


class ReferralIntake(FileRow):
    """The file that the asked agency opened for itself when it said yes. The asker never sees it."""

    referral_file_id = models.UUIDField()
    referral_id = models.UUIDField()
    from_agency_id = models.UUIDField()
    opened_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_(
            "Which file the asked agency opened when it said yes: "
            "the one place where two agencies' files are joined."
        ),
        record=Record.FILE,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "referral_file_id": _("which file of the asking agency"),
            "referral_id": _("which request"),
            "from_agency_id": _("which agency asked"),
        },
        rules=(*custody(), KEEP_BLOCKED),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "referral_id"], name="a_referral_received_once")
        ]
        indexes: ClassVar = [models.Index(fields=["agency_id", "referral_id"], name="intake_of_referral")]


class DeclinedReferral(models.Model):
    """An agency's own line about a request that it said no to, and that it does not see any more.

    Written by the database in the same statement as the no. The person is not in it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    referral_id = models.UUIDField()
    referral_file_id = models.UUIDField()
    from_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    handle = models.CharField(max_length=60)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, db_default="")
    declined_by = models.UUIDField()
    declined_at = models.DateTimeField()
    blocked_principals = ArrayField(models.TextField(), db_default=[], blank=True)

    protection: ClassVar = Protection(
        tells=_("That an agency said no to a request of another, when, and who wrote it; not about whom."),
        record=Record.NAMELESS,
        person=NOBODYS,
        emergency=False,
        hold=True,
        columns={
            "agency_id": _("which agency said no"),
            "referral_id": _("which request"),
            "referral_file_id": _("which file of the asking agency"),
            "from_agency_id": _("which agency asked"),
            "to_role": _("for which role only"),
            "handle": _("two other neutral words, for the other agency's list"),
            "reason": _("why, from the list"),
            "declined_by": _("who said it"),
            "blocked_principals": _("who may not see it: numbers of workers and agencies, and roles"),
        },
        rules=(
            Grant("select"),
            Policy(
                "select",
                f"{OWN} and (to_role = '' or to_role = (select ctx.role())) and {may('meet-people')}"
                f" and {NOT_BLOCKED}",
            ),
            Grant("insert", to="ctxo"),
            Policy("insert", check=AS_CTXO, to="ctxo"),
            *by_ctxo("select, update (blocked_principals)"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "referral_id"], name="declined_once")
        ]
        indexes: ClassVar = [models.Index(fields=["referral_file_id"], name="declined_of_file")]

    def __str__(self) -> str:
        return self.handle
