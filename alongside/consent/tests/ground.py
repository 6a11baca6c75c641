"""The ground under the tests of the database itself, with what was agreed."""

from typing import Any
from uuid import UUID, uuid4

from alongside.files.tests import ground


def _signed(at: Any) -> tuple[Any, UUID | None, str]:
    """When something was done, by whom and how: by a worker on the person's word, or not at all."""
    return (at, uuid4(), "their-word") if at else (None, None, "")


class Ground(ground.Ground):
    """What the superuser put down for a test."""

    def release(
        self, file: UUID, agency: UUID, to: UUID, *, items: dict[UUID, str] | None = None, **more: Any
    ) -> UUID:
        """An agreement: given, live and for everybody at the other agency, unless said otherwise."""
        terms = {
            "to_role": "",
            "starts_at": "yesterday",
            "until": "tomorrow",
            "given_at": "now",
            "ended_at": None,
        } | more
        sides = {"offered_by": uuid4(), "offered_at": "now"}
        state = terms.pop(
            "state", "withdrawn" if terms["ended_at"] else "given" if terms["given_at"] else "offered"
        )
        later = {name: terms.pop(name) for name in ("given_at", "ended_at")}
        release = self.row("consent_release", file, agency, to_agency_id=to, explained=True, **terms, **sides)
        for item, kind in (items or {}).items():
            self.row(
                "consent_releaseditem",
                file,
                agency,
                release_id=release,
                item_id=item,
                kind=kind,
                columns="body",
                to_agency_id=to,
                **terms,
            )
        if later["given_at"]:
            self.superuser.execute(
                (
                    "update consent_release set state = 'given', given_at = %s, given_by = %s, "
                    "given_how = %s where id = %s"
                ),
                [*_signed(later["given_at"]), release],
            )
        self.superuser.execute(
            (
                "update consent_release set state = %s, ended_at = %s, ended_by = %s, ended_how = %s "
                "where id = %s"
            ),
            [state, *_signed(later["ended_at"]), release],
        )
        self.superuser.execute(
            (
                "update consent_releaseditem set given_at = r.given_at, ended_at = r.ended_at from "
                "consent_release r where r.id = %s and release_id = r.id"
            ),
            [release],
        )
        return release

    def block(self, file: UUID, agency: UUID, against: str, item: UUID | None = None) -> UUID:
        """A "not them"."""
        return self.row(
            "consent_block",
            file,
            agency,
            against=against,
            item_id=item,
            set_at="now",
            set_by=uuid4(),
            set_how="their-word",
        )
