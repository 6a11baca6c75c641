"""The ground under the tests of the database itself, with plans."""

from uuid import UUID, uuid4

from alongside.consent.tests import ground


class Ground(ground.Ground):
    """What the superuser put down for a test."""

    def priority(self, file: UUID, agency: UUID, rank: int = 1) -> UUID:
        """Something the person wants."""
        return self.row(
            "plans_priority",
            file,
            agency,
            rank=rank,
            words=b"\x01sealed",
            written_by=uuid4(),
            written_how="their-word",
            written_at="now",
        )
