"""Whatever is released, in whatever order, to whomever, of whichever half-year.

No reader can work out a number. By an attacker that shares nothing with the engine.
"""

from itertools import product

import highspy
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.disclosure.suppression.audit import Holding, audit, readers
from alongside.disclosure.suppression.cube import SUM, Shape, Table, summed
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
    inner = [
        (unit, *cell)
        for unit, dimensions in shape.units.items()
        for cell in product(*(shape.categories[dimension] for dimension in dimensions))
    ]
    place = {node: at for at, node in enumerate(inner)}

    def parts(node):
        return [
            place[cell]
            for cell in inner
            if cell[0] == node[0] and all(b in (SUM, a) for a, b in zip(cell, node, strict=True))
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
    table = (TABLES | TABLES_OF_ANSWERS)[code]
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
