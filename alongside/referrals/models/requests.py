"""What is asked of other agencies, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED, TO_ROLE, Item
from alongside.files.declarations import OF_A_FILE_SEEN, custody
from alongside.kernel import clock, vocabulary
from alongside.kernel.rls.declarations import (
    ALL,
    AS_CTXO,
    BY_NOW,
    ME,
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
)
from alongside.kernel.rls.models import FileRow, Sealed, code_constraints

if TYPE_CHECKING:
    from alongside.consent.models import Release

# Whoever asked hears the answer, though the file doesn't open to them.
ASKED_BY_ME = f"requested_by = {ME} and {OF_A_FILE_SEEN}"


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


# The same for whoever reads it at the agency asked.
AS_ASKED = {
    State.REQUESTED: _("Asks us, not yet answered"),
    State.ACCEPTED: _("We said yes"),
    State.REJECTED: _("We said: we can’t"),
}

# When a row is changed by which of the two agencies, and which moves are whose.
THE_ASKER = "current_user = 'app' and old.agency_id = ctx.agency()"
THE_AGENCY_ASKED = "current_user = 'app' and old.agency_id is distinct from ctx.agency()"
OURS = {State.DRAFT, State.REQUESTED, State.CANCELLED, State.ENTERED_IN_ERROR}
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
    State.CANCELLED: {State.DRAFT},  # what never left is put back
    State.ENTERED_IN_ERROR: set(),
}


class Reason(models.TextChoices):
    """Why an agency can't: Gravity's capacity codes, and "not a fit"."""

    NO_CAPACITY = "no-capacity", _("No room just now")
    WAITLIST = "waitlist", _("Only a waiting list")
    NOT_A_FIT = "not-a-fit", _("Not a fit")
    MORE_NEEDED = "more-needed", _("We need to know more first")


class AppointmentBand(models.TextChoices):
    """How long it is from asking to the first appointment."""

    DAYS_0_3 = "days-0-3", _("Within three days")
    DAYS_4_7 = "days-4-7", _("After four to seven days")
    LATER = "later", _("Later")

    @classmethod
    def of(cls, days: int) -> AppointmentBand:
        """Return the band of so many days."""
        return cls.DAYS_0_3 if days <= 3 else cls.DAYS_4_7 if days <= 7 else cls.LATER


class Outcome(models.TextChoices):
    """The person's own word at the end."""

    WORKED = "worked", _("It worked")
    CHOSE_OTHERWISE = "chose-otherwise", _("They chose otherwise")
    NOT_SAID = "not-said", _("Not said")


ANSWER = (
    *("answered_at", "seen_at", "possible_from", "heard_from_at", "reason", "barriers", "wait_band"),
    "appointment_band",
)
MOMENTS = ("requested_at", "answered_at", "heard_from_at", "seen_at", "moved_at", "noted_at")
SUGGESTED = ("suggested_agency_id", "suggested_entry_id")
SENT = (
    *("to_agency_id", "to_role", "handle", "entry_id", "need", "priority_id", "ours", "introduction"),
    *("introduction_approved_at", "written_by", "written_at", "requested_by", "requested_at"),
)
AS_A_DRAFT = (
    "state = 'draft' and outcome = '' and reason = '' and wait_band = '' and barriers = '{}'"
    " and num_nonnulls(requested_at, answered_at, seen_at, noted_at, possible_from, heard_from_at,"
    " suggested_agency_id, suggested_entry_id) = 0"
)

# The agency asked, and in it the role that was named, once it was sent and while there is an agreement.
ADDRESSED = (
    f"to_agency_id = (select ctx.agency()) and {TO_ROLE} and state <> 'draft' and {NOT_BLOCKED}"
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
    introduction = Sealed(null=True, kind="introduction")
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
    possible_from = models.DateField(null=True, help_text="Not yet: from this day on it is possible.")
    heard_from_at = models.DateTimeField(
        null=True, help_text="When the agency asked last said something that is neither yes nor no."
    )
    suggested_agency_id = models.UUIDField(null=True, help_text="Not us, but this agency can.")
    suggested_entry_id = models.UUIDField(null=True, help_text="Or this service of the directory.")
    reason = models.CharField(max_length=20, choices=Reason, blank=True, db_default="")
    barriers = ArrayField(models.CharField(max_length=40), db_default=[], blank=True)
    wait_band = models.CharField(max_length=20, blank=True, db_default="")
    appointment_band = models.CharField(
        max_length=20,
        choices=AppointmentBand,
        blank=True,
        db_default="",
        help_text="How long from asking to the first day that was offered; the day itself is sealed.",
    )
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
            "possible_from": _("from which day on it is possible"),
            "suggested_agency_id": _("which agency was suggested instead"),
            "suggested_entry_id": _("which service of the directory was suggested instead"),
            "reason": _("why, from the list"),
            "barriers": _("why it could not be had, from the list"),
            "wait_band": _("how long the wait is, from the list"),
            "appointment_band": _("how long until the first appointment, roughly"),
            "outcome": _("whether it worked, in the person’s word, as a code"),
        },
        rules=(
            *custody(),
            hidden_while_destroyed(),
            Policy("select", ASKED_BY_ME, name="asker_select"),
            Policy("update", ASKED_BY_ME, SAME, name="asker_update"),
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
            Policy("insert", check=AS_A_DRAFT, name="begins_as_a_draft", restrictive=True),
            States({start: ends & OURS for start, ends in MOVES.items()}, who=THE_ASKER, name="our_moves"),
            States(
                {start: ends & THEIRS for start, ends in MOVES.items()},
                who=THE_AGENCY_ASKED,
                name="their_moves",
            ),
            Settled("theirs_to_say", "that is for the agency asked to say", ANSWER, once=THE_ASKER),
            Settled(
                "theirs_to_suggest",
                "that is for the agency asked to say",
                SUGGESTED,
                once=f"{THE_ASKER} and num_nonnulls({', '.join(f'new.{name}' for name in SUGGESTED)}) > 0",
            ),
            Settled(
                "sent", "what was sent stays as it was", SENT, once=f"{THE_ASKER} and old.state <> 'draft'"
            ),
            Settled(
                "sent_at_a_moment",
                "what is sent says when",
                ("state",),
                once="new.requested_at is null and new.state not in ('draft', 'cancelled')",
            ),
            Settled(
                "sent_in_own_name",
                "what is sent is sent by who is signed",
                ("state",),
                once="current_user = 'app' and new.state = 'requested' and new.requested_by is distinct from"
                " ctx.worker()",
            ),
            Settled(  # no constraint: what the first release took so stays as it was said
                "declined_did_not_work",
                "they said no, so it can’t have worked",
                ("state", "outcome"),
                once="new.state = 'rejected' and new.outcome = 'worked'",
            ),
            Settled(
                "said_now",
                "it is said now, and after it was asked",
                MOMENTS,
                once="current_user = 'app' and (least(new.answered_at, new.heard_from_at) < new.requested_at"
                f" or greatest({', '.join(f'new.{name}' for name in MOMENTS)}) > {BY_NOW})",
            ),
            Settled(
                "stays_sent",
                "what was sent is no draft again",
                ("state",),
                once="new.state = 'draft' and old.requested_at is not null",
            ),
            Settled(
                "answer_only",
                "only the answer may be changed here",
                but=("state", "moved_at", *ANSWER, *SUGGESTED),
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
            models.CheckConstraint(
                condition=models.Q(outcome="") | ~models.Q(state__in=[State.DRAFT, State.REQUESTED]),
                name="the_last_word_follows_an_answer",
            ),
            *code_constraints(
                "referral",
                need=vocabulary.NEEDS,
                wait_band=vocabulary.WAIT_BANDS,
                reason=Reason,
                outcome=Outcome,
                appointment_band=AppointmentBand,
                barriers=vocabulary.BARRIERS,
                many=("barriers",),
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
    def as_asked(self) -> str:
        """Where it stands, as the agency asked reads it; `get_state_display` says it to the asker."""
        return str(AS_ASKED.get(self.standing, self.standing.label))

    @property
    def last_heard_at(self) -> datetime | None:
        """When the other side last answered, asked back or wrote."""
        return max(filter(None, (self.answered_at, self.heard_from_at)), default=None)

    def is_put_off_beyond(self, release: Release) -> bool:
        """Whether it is possible only from a day on which its agreement has ended already."""
        return (
            self.state == State.REQUESTED
            and self.possible_from is not None
            and self.possible_from > clock.day(release.until)
        )

    @property
    def is_over(self) -> bool:
        """Whether it was declined, taken back, or the person had their word at the end; a yes is not over.

        The database ends the agreement with it (`ctx.request_is_over`).
        """
        ended = (State.REJECTED, State.FAILED, State.CANCELLED, State.ENTERED_IN_ERROR)
        return self.state in ended or self.outcome in (Outcome.WORKED, Outcome.CHOSE_OTHERWISE)


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
                f"{OWN} and {TO_ROLE} and {NOT_BLOCKED}",
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
