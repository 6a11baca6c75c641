"""Writing on the trail."""

from uuid import UUID

from alongside.trail.models import Entry


def note(
    action: str,
    *,
    custodian_id: UUID | None = None,
    file_id: UUID | None = None,
    item_id: UUID | None = None,
    item_kind: str = "",
    release_id: UUID | None = None,
    referral_id: UUID | None = None,
    other_agency_id: UUID | None = None,
    count: int | None = None,
) -> None:
    """Note that the signed asker did or read this, in the transaction under way. Ids and codes only; there is no place for words.

    `action` is a capability and a past participle: `referrals.accepted`, `files.read`. (PHIPA s.10.1: type, when, who, about whom.)
    """
    Entry.objects.create(
        action=action,
        custodian_id=custodian_id,
        file_id=file_id,
        item_id=item_id,
        item_kind=item_kind,
        release_id=release_id,
        referral_id=referral_id,
        other_agency_id=other_agency_id,
        count=count,
    )
