"""The people of the tests, and what the person wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.files.tests.cast import PASSPHRASE, agency, file, sign_in, words, worker
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File
    from alongside.plans.models import Priority

__all__ = ["PASSPHRASE", "agency", "file", "priority", "sign_in", "words", "worker"]


def priority(
    of: File,
    by: Worker,
    statement: str = "A place where nobody finds me.",
    need: str = "shelter_tonight",
    **private: str,
) -> Priority:
    """Something the person wants."""
    with ctx.as_worker(by.pk):
        return plans.add_priority(
            file_id=of.id,
            words={"statement": statement},
            private=private,
            facts={"pace": "now", "need": need},
            by=by,
            at=clock.now(),
        )
