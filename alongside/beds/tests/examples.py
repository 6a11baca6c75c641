"""What the tests of the whole have to know of the beds: something on every page, and a way beside a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

from alongside.beds import commands
from alongside.beds.models import Step
from alongside.beds.tests import conftest as told
from alongside.kernel import clock, ctx
from tests.examples import CUSTODIAN, LONG, Scene

FACTS = {
    "name_fr": "Les nuits du Cèdre",
    "genders": ["woman", "two_spirit"],
    "minimum_age": 16,
    "maximum_age": 99,
    "languages": ["en", "fr"],
    "households": ["alone", "children"],
    "exceptions_contact": "the shift lead",
    "exceptions_phone": "705 555 0134",
    "urgent_phone": "705 555 0199",
}
PAID = {
    "stay": "months",
    "monthly_cost": 1600,
    "deposit": 800,
    "months_least": 3,
    "months_most": 12,
    "covers": {"ontario_works": 390, "odsp": 582},
}
NOT_PAGES = {
    *(
        "beds:nothing",
        "beds:new",
        "beds:offering_closure",
        "beds:offering_step",
        "beds:pathway_home",
        "beds:pathway_departure",
    ),
    *(
        f"beds:{n}"
        for n in (
            "holding",
            "talking",
            "yes",
            "way",
            "otherwise",
            "letting_go",
            "arrival",
            "missing",
            "extension",
            "unanswered",
        )
    ),
    *(f"beds:wait_{n}" for n in ("yes", "time", "otherwise", "back", "taking_back", "moved_in", "leaving")),
}
FURTHER_PAGES = (
    "/beds/?stay=tonight&region=&age=34&household=children&children=3,+12&them=pets&them=smoking&wish=shared_room&gender=woman",
    "/beds/?stay=months&region=",
    "/beds/?stay=home&region=north",
)


DOORS_IN = (
    "alongside/beds/tests/test_doors.py::test_every_address_of_the_beds_and_the_counts_has_its_row",
    "alongside/beds/tests/test_doors.py::test_who_is_let_in_where",
)
SEEN = {"beds_pathwayfile": CUSTODIAN}
PLAIN = {"beds_hold.token"}
ROWS = {"beds_pathwayfile": lambda: {"pathway_id": uuid4(), "linked_at": "now"}}
UNIQUE = {"beds_pathwayfile": {"pathway_id": str(uuid4())}}


def around_a_file(scene: Scene) -> None:
    """A way to a home, beside the file."""
    maya = scene.people["caseworker"]
    with ctx.as_worker(maya.pk):
        commands.pathways.begin_or_continue(maya, clock.now(), None, scene.ids["file_id"])


def tries(scene: Scene) -> Iterator[Callable[[], object]]:
    """Begin a way beside the file, or lead one to it."""
    maya, file_id, at = scene.people["caseworker"], scene.ids["file_id"], clock.now()
    pathways = commands.pathways
    yield lambda: pathways.begin_or_continue(maya, at, None, file_id)
    yield lambda: pathways.link_to_file(
        pathway=pathways.begin_or_continue(maya, at, None, None), file_id=file_id, by=maya, at=at
    )


def on_every_page(scene: Scene) -> None:
    """An agency that offers and asks, and another that does too, each at every stage of the other's."""
    maya, ines, file_id = scene.people["caseworker"], scene.people["hospital"], scene.ids["file_id"]
    ours, theirs = _keep(maya, LONG), _keep(ines, f"North Shore {LONG}")
    with ctx.as_worker(maya.pk):
        commands.place(offering_id=ours["nights"].pk, words="Behind the library.", by=maya, at=clock.now())
    draft = _draft(maya, theirs["nights"], file_id)
    asked, held = (
        told.asked(theirs["nights"], maya, keep_apart=LONG),
        told.asked(theirs["at once"], maya, at_once=True, age=34),
    )
    for verb in ("accept", "set_out"):
        told.do(verb, held, maya)
    refused, of_us, here = (
        told.asked(theirs["nights"], maya),
        told.asked(ours["nights"], ines, keep_apart=LONG),
        told.asked(ours["nights"], ines),
    )
    told.do("not_offer", refused, ines, answer="full", barriers=[])
    told.do("hold", here, maya, hours=4)
    wait, offered = _join(maya, theirs["months"]), _join(maya, theirs["months"], circumstances=["pets"])
    in_line, in_mind = (
        _join(ines, ours["months"], circumstances=["pets", "smoking"]),
        _join(ines, ours["months"]),
    )
    _offer(ines, offered)
    _offer(maya, in_mind)
    step = _step(maya, refused, file_id)
    requests, both = (
        (asked, held, refused, of_us, here),
        [{"offering_id": ours["nights"].pk}, {"offering_id": theirs["months"].pk}],
    )
    scene.pages |= {
        "beds:region": [{"region": "central"}],
        "beds:request": [{"request_id": request.pk} for request in requests],
        "beds:check": [{"request_id": draft.pk}],
        "beds:refusal": [{"request_id": of_us.pk}],
        "beds:offering": [*both, {"offering_id": ours["months"].pk}],
        "beds:join": [{"offering_id": programmes["months"].pk} for programmes in (ours, theirs)],
        **{f"beds:offering_{name}": both[:1] for name in ("edit", "rules", "place", "count", "history")},
        "beds:wait": [{"waiting_id": waiting.pk} for waiting in (wait, offered, in_line, in_mind)],
        **{f"beds:wait_{name}": [{"waiting_id": in_line.pk}] for name in ("offer", "refusal")},
        **{
            f"beds:{name}": [{"pathway_id": step.pathway_id, "step_id": step.pk}]
            for name in ("pathway", "pathway_missing")
        },
        "beds:pathway_file": [{"pathway_id": _step(maya, asked).pathway_id}],
    }


def _keep(by: Any, name: str) -> dict[str, Any]:
    kept = {
        "nights": told.offering(by, **{"name": name} | FACTS),
        "at once": told.offering(by, name=f"{name} at once", holds_at_once=True),
        "months": told.offering(by, **{"name": f"{name} for months"} | PAID),
    }
    for programme in kept.values():
        told.count(programme, by, actual=9, occupied=3, unavailable=2)
        told.rule(programme, by, pets="talks", smoking="stops", identification="clears")
    told.count(kept["nights"], by, actual=9, occupied=4, unavailable=2)
    return kept


def _draft(by: Any, of: Any, file_id: UUID) -> Any:
    with ctx.as_worker(by.pk):
        profile = {
            "age": 34,
            "household": "children",
            "children": [3, 12],
            "circumstances": ["pets", "smoking"],
        }
        return commands.draft(offering=of, profile=profile, file_id=file_id, by=by, at=clock.now())


def _join(by: Any, to: Any, **profile: Any) -> Any:
    with ctx.as_worker(by.pk):
        return commands.waitlist.join(offering=to, profile=profile, by=by, at=clock.now())


def _offer(by: Any, wait: Any) -> None:
    with ctx.as_worker(by.pk):
        commands.waitlist.offer_place(waiting=wait, reason="suited", by=by, at=clock.now())


def _step(by: Any, request: Any, file_id: UUID | None = None) -> Step:
    with ctx.as_worker(by.pk):
        step = Step.objects.select_related("pathway").get(request=request)
        if file_id:
            commands.pathways.link_to_file(pathway=step.pathway, file_id=file_id, by=by, at=clock.now())
        return step
