"""What the tests of the whole have to know of the plans."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from alongside.kernel import clock, ctx
from alongside.plans import commands
from alongside.plans.tests import cast
from tests.examples import ASKED, CUSTODIAN, Door, Scene, Write

DOORS: dict[str, Door] = {
    **{f"plans:{name}": ("get", CUSTODIAN) for name in ("priority", "away", "step", "suggestion")},
    **{f"plans:{name}": ("post", CUSTODIAN) for name in ("order", "done", "dropped")},
}
NOT_PAGES = {"plans:order", "plans:done", "plans:dropped"}
SEEN = {"plans_priority": CUSTODIAN | ASKED, "plans_step": CUSTODIAN, "plans_suggestion": CUSTODIAN}
WRITES = (
    Write("/files/<file_id>/priorities/new", {"statement": "A garden."}),
    Write("/files/<file_id>/priorities/order", {"up": "<second_id>"}),
    Write("/files/<file_id>/priorities/order", {"order": ["<second_id>", "<priority_id>"]}),
    Write("/files/<file_id>/priorities/<priority_id>", {"statement": "A garden."}),
    Write("/files/<file_id>/priorities/<priority_id>/away", still="it takes away"),
    Write("/files/<file_id>/priorities/<priority_id>/steps/new", {"words": "Call."}),
    Write("/files/<file_id>/steps/new", {"words": "Call."}),
    Write("/files/<file_id>/steps/<step_id>/done", still="a promise that was kept leaves the day's queue"),
    Write("/files/<file_id>/steps/<step_id>/done", {"undo": "1"}),
    Write("/files/<file_id>/suggestions/new", {"words": "A walk."}),
    Write("/files/<file_id>/suggestions/<suggestion_id>/dropped", still="it takes away"),
)


def _written(**columns: Any) -> dict[str, Any]:
    return {"words": b"\x01", "written_by": uuid4(), "written_at": "now", **columns}


ROWS = {
    "plans_priority": lambda: _written(rank=1, written_how="desk"),
    "plans_step": lambda: _written(ours=True),
    "plans_suggestion": _written,
}
UNIQUE = {"plans_priority": {"rank": 99}}


def around_a_file(scene: Scene) -> None:
    """Two things that somebody wants, a step and an idea."""
    maya, file, at = scene.people["caseworker"], scene.made["file"], clock.now()
    wish = scene.made["wish"] = cast.priority(file, maya, why="Because.")
    second = cast.priority(file, maya, "See my son.")
    with ctx.as_worker(maya.pk):
        step = commands.add_step(
            file_id=file.id, priority_id=wish.id, words="Ask.", worker_id=maya.pk, due_on=None, by=maya, at=at
        )
        idea = commands.suggest(file_id=file.id, words="An idea.", by=maya, at=at)
    scene.ids |= {
        "priority_id": wish.id,
        "second_id": second.id,
        "step_id": step.id,
        "suggestion_id": idea.id,
    }


def on_every_page(scene: Scene) -> None:
    """Something long and something without words, steps of ours and theirs, an idea."""
    maya, file, at = scene.people["caseworker"], scene.made["file"], clock.now
    private = {"good": "A" * 200, "not_wants": "his father called", "do_not_raise": "the move"}
    wish = scene.made["wish"] = cast.priority(file, maya, "See my son. " * 30, **private)
    cast.priority(file, maya, "", need="")
    with ctx.as_worker(maya.pk):
        step = commands.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ask about a deposit.",
            worker_id=maya.pk,
            due_on=at().date(),
            by=maya,
            at=at(),
        )
        idea = commands.suggest(file_id=file.id, words="Offer the Tuesday group.", by=maya, at=at())
        commands.add_step(
            file_id=file.id,
            priority_id=None,
            words="Tell the team.",
            worker_id=None,
            due_on=None,
            by=maya,
            at=at(),
        )
    scene.ids |= {"priority_id": wish.id, "step_id": step.id, "suggestion_id": idea.id}


def tries(scene: Scene) -> Iterator[Callable[[], object]]:
    """Put into another order."""
    maya, wish, at = scene.people["caseworker"], scene.made["wish"], clock.now()
    yield lambda: commands.move(priority=wish, up=True, by=maya, at=at)
    yield lambda: commands.order(file_id=wish.file_id, ids=[wish.id], by=maya, at=at)
