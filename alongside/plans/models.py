"""Tables of the plans."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.consent.declarations import KEEP_BLOCKED, shareable
from alongside.files.declarations import OF_A_FILE_SEEN, custody
from alongside.kernel.actors import HowField, signed_constraint
from alongside.kernel.rls.declarations import (
    ALL,
    ME,
    SAME,
    ForeignRow,
    Person,
    Policy,
    Protection,
    Record,
    by_ctxo,
    hidden_while_destroyed,
)
from alongside.kernel.rls.models import FileRow, Sealed

# Whoever promised something keeps it in sight, though the file doesn't open to them.
PROMISED = f"worker_id = {ME} and {OF_A_FILE_SEEN}"


class Pace(models.TextChoices):
    """When the person wants it."""

    NOW = "now", _("Now")
    LATER = "later", _("Later")
    NOT_NOW = "not-now", _("Not now")


class Priority(FileRow):
    """What the person wants, in their words and at their rank.

    `words` may be agreed to be shared: the statement verbatim, what good looks like, the next small step.
    `private` never is: why it matters, whom they do and don't want, what not to raise, how it went.
    """

    rank = models.PositiveIntegerField()
    pace = models.CharField(max_length=10, choices=Pace, blank=True, db_default="")
    language = models.CharField(max_length=20, blank=True, db_default="")
    words = Sealed()
    private = Sealed(null=True, kind="private")
    need = models.CharField(max_length=40, blank=True, db_default="")
    review_on = models.DateField(null=True)
    written_by = models.UUIDField(null=True)
    written_how = HowField()
    written_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_(
            "How many things somebody wants, in which order and how soon, and of which general kind; "
            "not in which words."
        ),
        record=Record.FILE,
        person=Person(reads=ALL, writes=("words", "private", "rank", "pace")),
        emergency=True,
        hold=True,
        columns={
            "rank": _("their order"),
            "pace": _("now, later, or not now; not what"),
            "language": _("the language it was said in"),
            "words": _("what they want, in their words"),
            "private": _("why it matters, whom they do and don't want, what not to raise"),
            "need": _("the general kind of need, from the list"),
        },
        rules=(
            *custody(),
            hidden_while_destroyed(),
            *shareable(),
        ),
    )

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "rank"], name="one_priority_a_rank", deferrable=models.Deferrable.DEFERRED
            ),
            signed_constraint("written", "a_priority_written_by_somebody"),
        ]


class Step(FileRow):
    """Something an agency does about a priority, or one marked "ours, not theirs".

    Never a task for the person.
    """

    priority_id = models.UUIDField(null=True)
    ours = models.BooleanField(db_default=False)
    words = Sealed()
    worker_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("What an agency promised, by when, and whether it was done; not in which words."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=True,
        hold=True,
        columns={
            "ours": _("that it is the agency’s own concern and not the person’s"),
            "words": _("what was promised"),
        },
        rules=(
            *custody(),
            Policy("select", PROMISED, name="promised_select"),
            Policy("update", PROMISED, SAME, name="promised_update"),
            hidden_while_destroyed(),
            KEEP_BLOCKED,
            *by_ctxo("select, update (worker_id)"),
            ForeignRow("priority_id", "plans_priority"),
        ),
    )

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(priority_id__isnull=True, ours=True)
                | models.Q(priority_id__isnull=False, ours=False),
                name="theirs_or_marked_ours",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "worker_id", "due_on"], name="steps_of_worker")
        ]


class Suggestion(FileRow):
    """A worker's own idea.

    It stands in a list of its own and has no rank, so it cannot be put above what the person wants.
    """

    words = Sealed()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    protection: ClassVar = Protection(
        tells=_("That a worker had an idea; not which."),
        record=Record.FILE,
        person=Person(reads=ALL),
        emergency=False,
        hold=True,
        columns={
            "words": _("a worker's idea"),
        },
        rules=(*custody(), hidden_while_destroyed(), KEEP_BLOCKED),
    )
