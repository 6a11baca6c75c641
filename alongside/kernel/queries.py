"""Reading what the kernel itself keeps: words that were being written."""

from datetime import datetime
from uuid import UUID

from alongside.kernel.models import Draft


def kept_draft(account_id: UUID, place: bytes, since: datetime) -> Draft | None:
    """Return what was kept for this account and page after a moment, still sealed."""
    return Draft.objects.filter(account_id=account_id, place=place, at__gt=since).first()
