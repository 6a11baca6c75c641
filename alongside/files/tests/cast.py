"""The people of the tests, and a file of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.agencies.tests.cast import PASSPHRASE, agency, sign_in, worker
from alongside.files import commands as files
from alongside.kernel import clock, ctx

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File

__all__ = ["PASSPHRASE", "agency", "file", "sign_in", "worker"]


def file(by: Worker, called: str = "Jo", pronouns: str = "they/them") -> File:
    """A file of somebody who is called something."""
    with ctx.as_worker(by.pk):
        opened = files.open(by=by, at=clock.now())
        if called:
            files.set_name(file=opened, called=called, pronouns=pronouns, by=by, at=clock.now())
        return opened
