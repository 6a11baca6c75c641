"""The ground under the tests of the database itself, with files."""

from typing import Any
from uuid import UUID, uuid4

from alongside.kernel.ids import uuid7
from tests import ground


class Ground(ground.Ground):
    """What the superuser put down for a test."""

    def file(self, agency: UUID, worker: UUID, **more: Any) -> UUID:
        """A file with nothing in it."""
        id = uuid7()
        self.insert(
            "files_file",
            id=id,
            agency_id=agency,
            handle=f"h{id.hex}",
            opened_by=worker,
            opened_at="now",
            **more,
        )
        return id

    def row(self, table: str, file: UUID, agency: UUID, **columns: Any) -> UUID:
        """A row of a file."""
        id = uuid7()
        self.insert(table, file_id=file, id=id, agency_id=agency, **columns)
        return id

    def detail(self, file: UUID, agency: UUID, kind: str = "called") -> UUID:
        """Something the person told about themselves."""
        return self.row(
            "files_detail",
            file,
            agency,
            kind=kind,
            body=b"\x01sealed",
            written_by=uuid4(),
            written_how="their-word",
            written_at="now",
        )
