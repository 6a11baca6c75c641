"""Small invented weeks, drawn by hypothesis: few of everything, so that things collide."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Travel
from alongside.accompaniment.matching.suggestion import suggest

MORNING = datetime(2026, 11, 2, 13, tzinfo=UTC)  # eight o'clock in Ontario
WHO = ["ada", "bo", "cy", "di"]
FILES = ["amber", "birch"]
PLACES = ["", "clinic", "court"]
LANGUAGES = ["fr", "es"]
GENDERS = ["woman", "man"]


def at(half_hours: int) -> datetime:
    return MORNING + timedelta(minutes=30 * half_hours)


@st.composite
def spans(draw, longest=12):
    begin = draw(st.integers(0, 10))
    return at(begin), at(begin + draw(st.integers(1, longest)))


@st.composite
def companions(draw, name):
    return Companion(
        name,
        tuple(draw(st.lists(spans(), max_size=2))) + draw(st.sampled_from([(), ((at(0), at(20)),)])),
        draw(st.frozensets(st.sampled_from(LANGUAGES))),
        draw(st.frozensets(st.sampled_from(GENDERS))),
        draw(st.dictionaries(st.sampled_from(FILES), st.integers(0, 4))),
        draw(st.sampled_from([0, 3.5, 3.8, 12, 50])),
        draw(st.sampled_from(PLACES)),
    )


@st.composite
def appointments(draw, name):
    begins_at, ends_at = draw(spans(longest=4))
    return Appointment(
        name,
        draw(st.sampled_from(FILES)),
        begins_at,
        ends_at,
        draw(st.sampled_from(PLACES)),
        draw(st.sampled_from(["", *LANGUAGES])),
        draw(st.booleans()),
        draw(st.sampled_from(["", *GENDERS])),
        draw(st.sampled_from(["", "", "", *WHO])),
        tuple(draw(st.lists(st.sampled_from(WHO), max_size=2))),
        draw(st.frozensets(st.sampled_from(WHO), max_size=2)),
    )


TRAVEL = st.builds(
    Travel,
    st.dictionaries(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), st.integers(0, 60)),
    st.integers(0, 45),
)


@st.composite
def problems(draw, most=5):
    who = draw(st.lists(st.sampled_from(WHO), unique=True))
    many = draw(st.integers(0, most))
    return Problem(
        tuple(draw(companions(name)) for name in who),
        tuple(draw(appointments(f"a{number}")) for number in range(many)),
        draw(TRAVEL),
    )


ALWAYS = ((at(0), at(24)),)


def companion(name: str = "ada", **more: object) -> Companion:
    return Companion(name, **{"available": ALWAYS, **more})


def appointment(name: str = "a", begins: int = 4, ends: int = 6, **more: object) -> Appointment:
    return Appointment(name, **{"file": "amber", "begins_at": at(begins), "ends_at": at(ends), **more})


def suggested(companions, appointments, travel=None):
    found = suggest(Problem(tuple(companions), tuple(appointments), travel or Travel()))
    return {proposal.appointment: proposal for proposal in found.proposals}


def names(proposal) -> set[str]:
    return {could.companion for could in (proposal.who, *proposal.others) if could}
