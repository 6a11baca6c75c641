"""The ground under the tests of the database itself, with requests."""

from typing import Any
from uuid import UUID, uuid4

from alongside.plans.tests import ground


class Ground(ground.Ground):
    """What the superuser put down for a test."""

    def referral(self, file: UUID, agency: UUID, to: UUID, release: UUID | None, **more: Any) -> UUID:
        """A request, sent unless said otherwise."""
        facts = {
            "to_role": "",
            "handle": "Invented Heron",
            "ours": True,
            "state": "requested",
            "requested_at": None if more.get("state") == "draft" else "now",
        }
        return self.row(
            "referrals_referral",
            file,
            agency,
            to_agency_id=to,
            release_id=release,
            written_by=uuid4(),
            written_at="now",
            **{**facts, **more},
        )
