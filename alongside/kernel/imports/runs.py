"""An import as a piece of work: where it stands, how far it is, and its report by line.

Read first, then written whole or not at all.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.kernel import clock, ctx
from alongside.kernel.commands import order_effect
from alongside.kernel.ids import uuid7
from alongside.kernel.imports import uploads
from alongside.kernel.imports.delimited import Broken, Note
from alongside.kernel.models import Effect
from alongside.kernel.outbox import may_order
from alongside.kernel.refusal import Refusal
from alongside.kernel.rls.declarations import OPERATOR, OWN_OR_OPERATORS, Policy, Rule, Settled, Trigger
from alongside.kernel.rls.models import save_changes

MOST_LINES = 5_000
LOOKED_AT = timedelta(days=7)  # how long an uploaded file waits for somebody to look at it
AT_THE_MACHINE = timedelta(hours=1)  # how long one that the operator began is left alone
_A_WHILE = 0.5  # seconds
Read = TypeVar("Read")
AnyRun = TypeVar("AnyRun", bound="Run")
Told = Callable[[float], None]


class State(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("Waiting for you to look at it")
    WAITING = "waiting", _("Waiting to start")
    READING = "reading", _("Reading the file")
    WRITING = "writing", _("Writing it down")
    DONE = "done", _("Imported")
    REFUSED = "refused", _("Not imported: nothing was changed")


# One whose process was killed is read again from the start: nothing of it was written.
MOVES = {
    State.UPLOADED: {State.WAITING, State.READING, State.REFUSED},
    State.WAITING: {State.READING, State.REFUSED},
    State.READING: {State.READING, State.WRITING, State.REFUSED},
    State.WRITING: {State.READING, State.DONE, State.REFUSED},
    State.DONE: set(),
    State.REFUSED: set(),
}


OVER = [state for state, following in MOVES.items() if not following]


class CannotImport(Refusal):
    """This worker or this file can't be imported now."""


IMPORTING = f"ctx.may('import-lists') or {OPERATOR}"

# A run is carried out by a job, for whoever asked for it: who that was is the database's to write.
STAMPED: tuple[Rule, ...] = (
    Trigger("stamped", "before insert", "ctx.stamp_worker()"),
    Settled("settled", "who asked for an import does not change", ("by_id",)),
)


class Run(models.Model):
    """One import of one file: how far it is, and what it did."""

    by_id: UUID | None  # the worker who asked for it, each table's own column; none: the operator

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_name = models.CharField(max_length=200)
    mapping = models.CharField(max_length=100, blank=True, db_default="")
    upload = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        help_text="The random name the file is kept under until it is imported.",
    )
    size = models.PositiveBigIntegerField(db_default=0)
    state = models.CharField(max_length=10, choices=State, db_default=State.UPLOADED)
    progress = models.PositiveSmallIntegerField(db_default=0, help_text="Percent.")
    rows = models.PositiveIntegerField(db_default=0)
    added = models.PositiveIntegerField(db_default=0)
    updated = models.PositiveIntegerField(db_default=0)
    unchanged = models.PositiveIntegerField(db_default=0)
    left_out = models.PositiveIntegerField(db_default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return self.source_name

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return not MOVES[State(self.state)]


class Line(models.Model):
    """One line of the report: which line of the file, which field, what is odd there."""

    id = models.BigAutoField(primary_key=True)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80, blank=True, db_default="")
    code = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True, db_default="")

    class Meta:
        abstract = True
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


def check_can_move(run: Run, to: State) -> None:
    """Check that an import can go on to this state.

    :raises CannotImport: if it is over, or already under way
    """
    if to not in MOVES[State(run.state)]:
        raise CannotImport(_("This import is already under way or over."))


def carry_out(
    run: AnyRun,
    lines: type[Line],
    *,
    read: Callable[[Any, Told], Read],
    write: Callable[[Read], list[Note]],
    content: Any = None,
) -> AnyRun:
    """Carry out an import: `read` the file, then `write` it down in one transaction.

    A broken file changes nothing.

    How far it is can be read by others all along, because it is noted outside that transaction. The file is
    thrown away once it is over.
    """
    check_can_move(run, State.READING)
    try:
        _check_may_import(run)
        move(run, State.READING, progress=2)
        with _unhurried_memory():
            found = read(uploads.content_of(run.upload) if content is None else content, _telling(run))
            move(run, State.WRITING, progress=65)
            with acting_for(run):
                _report(run, lines, write(found))
                run.ended_at = clock.now()
                move(run, State.DONE, progress=100)
    except Broken as broken:
        _refuse(run, lines, broken.note)
    except PermissionError:
        _refuse(run, lines, Note(0, "", "no_seat"))
    except Exception:
        _refuse(run, lines, Note(0, "", "failed"))
        raise
    return run


def _check_may_import(run: Run) -> None:
    """Check that whoever asked for an import still may.

    :raises PermissionError: if they have left, or changed their role
    """
    with acting_for(run), connection.cursor() as cursor:
        cursor.execute(f"select {IMPORTING}")
        if cursor.fetchone() != (True,):
            raise PermissionError


@contextmanager
def acting_for(run: Run) -> Iterator[None]:
    """Open a transaction signed for the worker who asked for an import; for the operator where nobody did."""
    with ctx.as_worker(run.by_id, purpose="import") if run.by_id else ctx.as_operator(run.agency_id):
        yield


def move(run: Run, state: State, *, progress: int) -> None:
    """Note that an import has come to this state.

    :raises CannotImport: if it can't from where it stands
    """
    check_can_move(run, state)
    with acting_for(run):
        _move(run, state, progress)


def _move(run: Run, state: State, progress: int) -> None:
    run.state, run.progress = state, progress
    save_changes(run)
    if run.over and run.upload:
        kind = f"{run._meta.app_label}.forget_upload"
        order_effect(kind, about=run.pk, agency_id=run.agency_id, upload=run.upload)


def end_abandoned(runs: type[Run], lines: type[Line], *, task: str) -> int:
    """End what nobody will carry out, so that no page says for ever that it goes on; return how many.

    An import without a job, because that failed or was cut off too often; one at the machine that is not at
    it any more; a file that nobody began to import within a week.
    """
    now = clock.now()
    under_way = list(
        runs._default_manager.exclude(state__in=OVER)
    )  # before the jobs: each stands with its own
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"])
    at_work = {job.args.get("run_id") for job in jobs}
    abandoned = [
        run for run in under_way if str(run.pk) not in at_work and run.begun_at < now - _left_alone(run)
    ]
    return sum(_end_abandoned(run, lines) for run in abandoned)


def _end_abandoned(run: Run, lines: type[Line]) -> bool:
    """End one, unless its job came to the end meanwhile."""
    with ctx.as_operator(run.agency_id):
        run = type(run)._default_manager.select_for_update().get(pk=run.pk)
        if not run.over:
            code = "not_begun" if run.state == State.UPLOADED else "stopped"
            _refuse(run, lines, Note(0, "", code))
            return True
    return False


def _left_alone(run: Run) -> timedelta:
    """How long after it began an import without a job is left alone: it may be at work elsewhere."""
    if run.state == State.UPLOADED:
        return LOOKED_AT
    return timedelta(0) if run.upload else AT_THE_MACHINE


def uploads_kept() -> set[str]:
    """Return the names of the uploaded files that an import still has to read, in every capability."""
    kept: set[str] = set()
    for model in apps.get_models():
        if issubclass(model, Run):
            names = model._default_manager.exclude(state__in=OVER).values_list("upload", flat=True)
            kept |= set(names)
    return kept


def forget_upload(effect: Effect) -> None:
    """Throw away the file of an import that is over: an effect, which each capability names as its own."""
    uploads.forget(effect.particulars["upload"])


def may_forget_upload(kind: str, table: str) -> Policy:
    """Let an uploaded file be thrown away once the import that it was sent for is over."""
    over = ", ".join(f"'{state}'" for state in OVER)
    its_own = "r.agency_id is not distinct from kernel_effect.agency_id"
    act = (
        f"exists (select 1 from {table} r where r.id = about and r.state in ({over})"  # noqa: S608 - our own
        f" and r.upload = particulars ->> 'upload' and {its_own})"
    )
    return may_order(kind, f"{OWN_OR_OPERATORS} and {act}")


def _refuse(run: Run, lines: type[Line], note: Note) -> None:
    run.added = run.updated = run.unchanged = run.left_out = 0
    run.ended_at = clock.now()
    with ctx.as_operator(run.agency_id):  # whoever asked may not be there any more
        _report(run, lines, [note])
        _move(run, State.REFUSED, 100)


def _telling(run: Run) -> Told:
    """Return what notes how much of the file has been read, twice a second at most.

    Each note is a transaction of its own.
    """
    noted_at = time.monotonic()

    def tell(share: float) -> None:
        nonlocal noted_at
        if time.monotonic() - noted_at >= _A_WHILE:
            run.progress, noted_at = max(run.progress, 5 + int(share * 55)), time.monotonic()
            with acting_for(run):
                run.save(update_fields=["progress"])

    return tell


def _report(run: Run, lines: type[Line], notes: list[Note]) -> None:
    notes = sorted(notes, key=lambda note: note.line)
    shown = [
        *notes[:MOST_LINES],
        *([Note(notes[MOST_LINES].line, "", "more")] if len(notes) > MOST_LINES else []),
    ]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {lines._meta.db_table} (run_id, line, field, code, about) from stdin") as copy,
    ):
        for note in shown:
            copy.write_row(
                (str(run.pk), note.line, note.field[:80], note.code, note.about[:120].replace("\x00", ""))
            )


@contextmanager
def _unhurried_memory() -> Iterator[None]:
    """Look for garbage once at the end.

    Not hundreds of times, while a hundred thousand small records come in.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
