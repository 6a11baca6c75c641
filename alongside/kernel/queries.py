"""Reading what the kernel itself keeps: words that were being written, effects that wait."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from alongside.kernel.models import Draft, Effect


def kept_draft(account_id: UUID, place: bytes, since: datetime) -> Draft | None:
    """Return what was kept for this account and page after a moment, still sealed."""
    return Draft.objects.filter(account_id=account_id, place=place, at__gt=since).first()


def next_effect(*, due_at: datetime, about: UUID | None = None) -> Effect | None:
    """Return the next effect to carry out, locked: one that is due, or that is about one thing, due or not.

    None comes before an earlier one about the same, nor twice at once.
    """
    earlier = Effect.objects.filter(about=OuterRef("about"), id__lt=OuterRef("id"))
    waiting = Effect.objects.filter(~Exists(earlier)).select_for_update(skip_locked=True)
    return waiting.filter(about=about).first() if about else waiting.filter(due_at__lte=due_at).first()


def being_destroyed(*keepers: UUID) -> set[UUID]:
    """Return of which of these files, sources or quotes the key is still there, although it is to be gone."""
    if not keepers:
        return set()
    waiting = Effect.objects.filter(about__in=keepers, kind__endswith=".destroy_key")
    return set(waiting.values_list("about", flat=True))
