"""Whatever is released, in whatever order, to whomever, of whichever half-year.

No reader can work out a number. By an attacker that shares nothing with the engine.
"""

from dataclasses import replace
from itertools import product

import highspy
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.disclosure.suppression.audit import Holding, audit, readers
from alongside.disclosure.suppression.cube import SUM, Partition, Shape, Table, summed
from alongside.disclosure.suppression.protection import CannotProtect, protect
from alongside.disclosure.suppression.sensitive import sensitive
from alongside.disclosure.suppression.thresholds import AUDIENCES, holds
from tests.lanes import often

SHAPE = Shape(
    "gaps",
    {"requests": ("need", "region"), "mentions": ("need", "region", "barrier")},
    {"need": ("bed", "home", "tooth"), "region": ("east", "west"), "barrier": ("full", "pets")},
    (("mentions", "requests"),),
)
TABLES = {
    "need-half": Table("need-half", "requests", "need"),
    "need-region": Table("need-region", "requests", "need", "region"),
    "barrier-region": Table("barrier-region", "mentions", "barrier", "region"),
    "need-barrier": Table("need-barrier", "mentions", "need", "barrier"),
}
ANSWERS = Shape(
    "answers",
    {"questions": ("need", "sector", "region", "answer")},
    {
        "need": ("bed", "home"),
        "sector": ("care", "law"),
        "region": ("east", "west"),
        "answer": ("soon", "never"),
    },
)
TABLES_OF_ANSWERS = {
    f"{rows}-answer": Table(f"{rows}-answer", "questions", rows, "answer")
    for rows in ("need", "sector", "region")
}
NEVER = ("answer", "never")
ENDS = Shape(
    "ends",
    {
        "questions": ("need", "sector", "answer"),
        "appointments": ("sector", "appointment"),
        "endings": ("sector", "ending"),
    },
    {
        "need": ("bed", "home"),
        "sector": ("care", "law", "kin"),
        "answer": ("soon", "never"),
        "appointment": ("days", "no-day"),
        "ending": ("worked", "otherwise", "not-said"),
    },
    partitions=(
        Partition("appointments", "questions", ((NEVER, ("appointment", "no-day")),)),
        Partition("endings", "questions", ((NEVER, ("ending", "not-said")),)),
    ),
)
TABLES_OF_ENDS = {
    table.code: table
    for table in (
        Table("need-said", "questions", "need", "answer"),
        Table("sector-said", "questions", "sector", "answer"),
        Table("sector-appointment", "appointments", "sector", "appointment"),
        Table("sector-ending", "endings", "sector", "ending"),
    )
}
NUMBERS = st.sampled_from([0, 1, 3, 7, 12, 18, 25, 40, 90])


def sequences(tables):
    """What is released: of which half-year, which table, to whom."""
    half, code = st.sampled_from(["2025-H2", "2026-H1"]), st.sampled_from(list(tables))
    return st.lists(st.tuples(half, code, st.sampled_from(list(AUDIENCES))), min_size=1, max_size=7)


@st.composite
def cubes(draw):
    """A half-year: requests of five agencies; every request named one barrier, and some named both."""
    base = {}
    for need, region in product(SHAPE.categories["need"], SHAPE.categories["region"]):
        many, full, both = draw(NUMBERS), draw(st.integers(0, 100)), draw(st.integers(0, 30))
        only_full = many * full // 100
        more = min(many - only_full, many * both // 100)
        for node, n in (
            (("requests", need, region), many),
            (("mentions", need, region, "full"), only_full + more),
            (("mentions", need, region, "pets"), many - only_full),
        ):
            base[node] = {str(k): n // 5 + (k < n % 5) for k in range(5)}
    return summed(SHAPE, base)


@st.composite
def cubes_of_answers(draw):
    """A half-year of requests between five agencies, by who was asked and how long the answer took."""
    cells = product(*(ANSWERS.categories[dimension] for dimension in ANSWERS.units["questions"]))
    base = {("questions", *cell): draw(NUMBERS) for cell in cells}
    return summed(ANSWERS, {c: {str(k): n // 5 + (k < n % 5) for k in range(5)} for c, n in base.items()})


def told_of(shape):
    """Every request by all that is told of it: what was never answered has no day and no ending."""
    everything = ("need", "sector", "answer", "appointment", "ending")
    for cell in product(*(shape.categories[dimension] for dimension in everything)):
        of = dict(zip(everything, cell, strict=True))
        if of["answer"] != "never" or (of["appointment"], of["ending"]) == ("no-day", "not-said"):
            yield of


@st.composite
def cubes_of_ends(draw):
    """A half-year of requests between five agencies, by all that is told of each."""
    return a_cube_of_ends([draw(st.sampled_from([0, 1, 3, 7, 12, 25])) for _of in told_of(ENDS)])


def a_cube_of_ends(many):
    base = {}
    for of, n in zip(told_of(ENDS), many, strict=True):
        for unit, dimensions in ENDS.units.items():
            node = base.setdefault((unit, *(of[dimension] for dimension in dimensions)), {})
            for k in range(5):
                node[str(k)] = node.get(str(k), 0) + n // 5 + (k < n % 5)
    return summed(ENDS, base)


def link(mip, place, parts):
    """A mention of one barrier is at most the requests, and the requests at most all mentions."""
    for node in place:
        if node[0] == "requests":
            whole, some = place[node], parts(("mentions", *node[1:], SUM))
            for mention in some:
                mip.addRow(-highspy.kHighsInf, 0, 2, [mention, whole], [1.0, -1.0])
            mip.addRow(-highspy.kHighsInf, 0, 1 + len(some), [whole, *some], [1.0, *[-1.0] * len(some)])


def hand(cube, shown, targets):
    """Between what and what each target lies, in whole numbers.

    Written out variable by variable over the smallest numbers of the cube.
    """
    shape = cube.shape
    units = {} if shape.partitions else shape.units
    inner = list(told_of(shape)) if shape.partitions else []
    inner += [
        {"unit": unit} | dict(zip(dimensions, cell, strict=True))
        for unit, dimensions in units.items()
        for cell in product(*(shape.categories[dimension] for dimension in dimensions))
    ]
    place = {} if shape.partitions else {tuple(cell.values()): at for at, cell in enumerate(inner)}

    def parts(node):
        wanted = dict(zip(shape.units[node[0]], node[1:], strict=True))
        return [
            at
            for at, cell in enumerate(inner)
            if cell.get("unit", node[0]) == node[0] and all(b in (SUM, cell[d]) for d, b in wanted.items())
        ]

    mip = highspy.Highs()
    mip.setOptionValue("output_flag", False)
    for _ in inner:
        mip.addVar(0, 5_000)
    for at in range(len(inner)):
        mip.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    for node in shown:
        mip.addRow(
            cube[node].value, cube[node].value, len(parts(node)), parts(node), [1.0] * len(parts(node))
        )
    if shape.links:
        link(mip, place, parts)
    found = {}
    for node in targets:
        ends = []
        for sign in (1.0, -1.0):
            for at in range(len(inner)):
                mip.changeColCost(at, sign if at in parts(node) else 0.0)
            mip.run()
            ends.append(round(sign * mip.getInfo().objective_function_value))
        found[node] = tuple(ends)
    return found


def released(half, code, audience, cube, before, protecting=protect):
    """Protect a table against everything its readers hold, as the command does; return what is then shown."""
    table = (TABLES | TABLES_OF_ANSWERS | TABLES_OF_ENDS)[code]
    held = [reader for _code, reader in readers(before, audience)]
    protected = protecting(table, cube, AUDIENCES[audience].threshold, held, seed=half)
    return Holding(
        table,
        audience,
        frozenset(node for row in table.nodes(cube.shape) for node in row) - protected.withheld,
    )


def told(cube, holdings):
    """Every number that some reader can work out too closely, by the attacker written out by hand."""
    found = []
    for audience in AUDIENCES:
        held = [holding for holding in holdings if holding.audience in holds(audience)]
        shown = frozenset().union(*(holding.shown for holding in held))
        primary = {}
        for holding in held:
            primary |= sensitive(holding.table, cube, AUDIENCES[audience].threshold)
        ends = hand(cube, shown, [node for node in primary if node not in shown])
        found += [
            (audience, node) for node in primary if node in shown or not primary[node].is_kept(*ends[node])
        ]
    return found


def run(sequence, cubes_of, protecting=protect):
    """Release a sequence of tables and return what any reader can work out at its end."""
    out = {}
    for half, code, audience in sequence:
        before = out.setdefault(half, [])
        if any((release.table.code, release.audience) == (code, audience) for release in before):
            continue  # a number is released once
        try:
            before.append(released(half, code, audience, cubes_of[half], before, protecting))
        except CannotProtect:
            continue
    return [found for half, holdings in out.items() for found in told(cubes_of[half], holdings)], out


OFTEN = settings(
    max_examples=often(quick=8, thorough=25),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@OFTEN
@given(sequences(TABLES), cubes(), cubes())
def test_no_sequence_of_releases_tells_a_number(sequence, first, second):
    nothing_is_told(sequence, {"2025-H2": first, "2026-H1": second})


@OFTEN
@given(sequences(TABLES_OF_ANSWERS), cubes_of_answers(), cubes_of_answers())
def test_no_sequence_of_releases_tells_how_long_a_few_answers_took(sequence, first, second):
    nothing_is_told(sequence, {"2025-H2": first, "2026-H1": second})


@OFTEN
@given(sequences(TABLES_OF_ENDS), cubes_of_ends(), cubes_of_ends())
def test_no_sequence_of_releases_tells_how_a_few_requests_ended(sequence, first, second):
    nothing_is_told(sequence, {"2025-H2": first, "2026-H1": second})


def nothing_is_told(sequence, halves):
    found, out = run(sequence, halves)

    assert found == []
    assert not [
        finding
        for half, holdings in out.items()
        for code in AUDIENCES
        for finding in audit(halves[half], holdings, code)
    ]


def careless(table, cube, threshold, _readers, *, seed):
    """What most do: the small numbers go, and nothing else."""
    from alongside.disclosure.suppression.protection import Protected

    primary = sensitive(table, cube, threshold)
    return Protected(frozenset(primary), primary)


def blind(table, cube, threshold, _readers, *, seed):
    """Each table protected by itself, and nothing of what readers hold already."""
    return protect(table, cube, threshold, seed=seed)


def a_cube(requests):
    base = {}
    for (need, region), many in requests.items():
        for node, n in (
            (("requests", need, region), many),
            (("mentions", need, region, "full"), many * 2 // 3),
            (("mentions", need, region, "pets"), many - many * 2 // 3),
        ):
            base[node] = {str(k): n // 5 + (k < n % 5) for k in range(5)}
    return summed(SHAPE, base)


MIXED = {
    ("bed", "east"): 7,
    ("bed", "west"): 40,
    ("home", "east"): 90,
    ("home", "west"): 90,
    ("tooth", "east"): 41,
    ("tooth", "west"): 90,
}


def test_broken_on_purpose_without_complementary_numbers_it_is_noticed():
    found, _ = run([("2026-H1", "need-region", "public")], {"2026-H1": a_cube(MIXED)}, careless)

    assert ("public", ("requests", "bed", "east")) in found


def test_broken_on_purpose_looking_at_each_table_by_itself_it_is_noticed():
    cube = {"2026-H1": a_cube(MIXED | {("bed", "east"): 15, ("tooth", "west"): 13})}
    sequence = [("2026-H1", code, audience) for audience in ("funder", "public") for code in TABLES]

    assert run(sequence, cube)[0] == []
    assert run(sequence, cube, blind)[0]


def untied(partitions):
    """Protect by an engine that knows no more than these ties between what is counted twice."""

    def protecting(table, cube, threshold, readers, *, seed):
        cube = replace(cube, shape=replace(ENDS, partitions=partitions))
        return protect(table, cube, threshold, readers, seed=seed)

    return protecting


@pytest.mark.parametrize(
    "partitions",
    [(), tuple(replace(partition, within=()) for partition in ENDS.partitions)],
    ids=["untied", "as if what was never answered could end"],
)
def test_broken_on_purpose_forgetting_that_the_same_is_counted_twice_it_is_noticed(partitions):
    many = (5, 5, 0, 0, 5, 1, 40, 5, 0, 5, 0, 1, 0, 5, 0, 0, 40, 1, 5, 5, 1)
    many += (1, 40, 0, 0, 40, 0, 5, 1, 40, 0, 40, 0, 0, 5, 0, 0, 0, 0, 1, 5, 40)
    cube = {"2026-H1": a_cube_of_ends(many)}
    sequence = [("2026-H1", code, "funder") for code in TABLES_OF_ENDS]

    assert run(sequence, cube)[0] == []
    assert run(sequence, cube, untied(partitions))[0]
