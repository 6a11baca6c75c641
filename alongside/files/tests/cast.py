"""The people of the tests, and a file of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from alongside.agencies.tests.cast import PASSPHRASE, agency, sign_in, words, worker
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from tests import databases

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import Destruction, File

__all__ = [
    "PASSPHRASE",
    "a_day_later",
    "agency",
    "ask_to_destroy",
    "destroy",
    "end",
    "file",
    "hold",
    "shut",
    "sign_in",
    "words",
    "worker",
]


def file(by: Worker, called: str = "Jo", pronouns: str = "they/them") -> File:
    """A file of somebody who is called something."""
    with ctx.as_worker(by.pk):
        opened = files.open(by=by, at=clock.now())
        if called:
            files.set_name(file=opened, called=called, pronouns=pronouns, by=by, at=clock.now())
        return opened


def hold(file: File, by: Worker) -> UUID:
    """A hold on a file, on the order of a privacy officer; nobody can order one as `app` yet."""
    id = uuid4()
    databases.superuser().execute(
        "insert into files_hold (file_id, id, agency_id, since, officer_id) values (%s, %s, %s, now(), %s)",
        [file.pk, id, file.agency_id, by.pk],
    )
    return id


def end(hold: UUID) -> None:
    """A hold, ended."""
    databases.superuser().execute("update files_hold set until = now() where id = %s", [hold])


def ask_to_destroy(file: File, by: Worker) -> Destruction:
    """A file of which one asked that it be destroyed."""
    with ctx.as_worker(by.pk):
        return files.ask_to_destroy(file=file, by=by)


def shut(file: File, by: Worker) -> Destruction:
    """A file that is shut: one asked that it be destroyed, and the operator said so too."""
    destruction = ask_to_destroy(file, by)
    with ctx.as_operator():
        files.confirm_destruction(destruction=destruction, by=None)
    return destruction


def destroy(file: File, by: Worker) -> None:
    """A file that was shut for more than a day, so that its key was destroyed."""
    destruction = shut(file, by)
    a_day_later(destruction)
    files.finish_destructions()


def a_day_later(destruction: Destruction) -> None:
    """A day has passed since the second said so."""
    databases.superuser().execute(
        "update files_destruction set confirmed_at = confirmed_at - interval '1 day' where id = %s",
        [destruction.id],
    )
