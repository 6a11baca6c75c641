"""Tables of the plans."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.models import FileRow, Sealed


class Pace(models.TextChoices):
    """When the person wants it."""

    NOW = "now", _("Now")
    LATER = "later", _("Later")
    NOT_NOW = "not-now", _("Not now")


class Priority(FileRow):
    """What the person wants, in their words and at their rank.

    `words` may be agreed to be shared: the statement verbatim, what good looks like, the next small step. `private` never is: why it matters, whom they do and
    don't want, what not to raise, how it went.
    """

    rank = models.PositiveIntegerField()
    pace = models.CharField(max_length=10, choices=Pace, blank=True)
    language = models.CharField(max_length=20, blank=True)
    words = Sealed()
    private = Sealed(null=True)
    need = models.CharField(max_length=40, blank=True)
    review_on = models.DateField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_id", "rank"], name="one_priority_a_rank", deferrable=models.Deferrable.DEFERRED)
        ]


class Step(FileRow):
    """Something an agency does about a priority, or one marked "ours, not theirs". Never a task for the person."""

    priority_id = models.UUIDField(null=True)
    ours = models.BooleanField(default=False)
    words = Sealed()
    worker_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta(FileRow.Meta):
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(priority_id__isnull=True, ours=True) | models.Q(priority_id__isnull=False, ours=False),
                name="theirs_or_marked_ours",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["agency_id", "worker_id", "due_on"], name="steps_of_worker")]


class Suggestion(FileRow):
    """A worker's own idea. It stands in a list of its own and has no rank, so it cannot be put above what the person wants."""

    words = Sealed()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)
