"""Words that were being written when the session went idle: kept sealed for the same account, and offered back."""

from uuid import UUID

from django.http import HttpRequest


def rescue(request: HttpRequest, account_id: UUID) -> None:
    """Keep what was posted for the account that was writing it."""
