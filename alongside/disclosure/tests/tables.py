"""Tables for the tests, and an attacker of their own that shares nothing with the engine.

Every table of whole numbers, or a linear program written out by hand.
"""

from __future__ import annotations

import random
from itertools import product

import highspy

from alongside.disclosure.suppression.cube import Shape, Table, summed

TABLE = Table("t", "requests", "row", "column")


def shape(rows, columns):
    return Shape(
        "t",
        {"requests": ("row", "column")},
        {"row": tuple(f"r{i}" for i in range(rows)), "column": tuple(f"c{j}" for j in range(columns))},
    )


def cube(counts, agencies=5):
    """A cube of a list of rows.

    Each number is of that many agencies, or a mapping says how many of which place.
    """
    rows, columns = len(counts), len(counts[0])
    base = {}
    for i, j in product(range(rows), range(columns)):
        many = agencies.get((i, j), 5) if isinstance(agencies, dict) else agencies
        base["requests", f"r{i}", f"c{j}"] = {
            str(k): counts[i][j] // many + (k < counts[i][j] % many) for k in range(many)
        }
    return summed(shape(rows, columns), base)


def drawn(seed):
    """A table of some size, drawn: mostly small ones, some as large as ten by six.

    With noughts, small numbers and large.
    """
    draw = random.Random(seed)  # noqa: S311 - the same tables every time
    rows, columns = draw.choice(
        [(2, 2), (3, 2), (3, 3), (4, 3), (4, 4), (4, 3), (3, 3), (5, 3), (5, 4), (6, 4), (10, 6)]
    )
    pool = draw.choice(
        [(0, 1, 2, 3, 5, 8, 40), (0, 2, 4, 7, 9, 15, 22, 40, 63, 120), (12, 25, 30, 3, 55), (0, 0, 0, 1, 30)]
    )
    counts = [[draw.choice(pool) for _ in range(columns)] for _ in range(rows)]
    agencies = {place: draw.choice([1, 2, 3, 5, 5, 5]) for place in product(range(rows), range(columns))}
    return cube(counts, agencies), draw.choice([6, 11, 20])


def nodes(of, table=TABLE):
    return [node for row in table.nodes(of.shape) for node in row]


def by_hand(of, withheld):
    """Between what and what each withheld number lies, by a linear program over the table and its sums.

    HiGHS, but none of the engine's code.
    """
    grid = TABLE.nodes(of.shape)
    rows, columns = len(grid) - 1, len(grid[0]) - 1
    place = {node: number for number, node in enumerate(node for row in grid for node in row)}
    lp = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1)):
        lp.setOptionValue(option, value)
    for node in place:
        value = of[node].value
        lp.addVar(0 if node in withheld else value, highspy.kHighsInf if node in withheld else value)
    for line in [*grid, *zip(*grid, strict=True)]:
        places = [place[node] for node in line]
        lp.addRow(0, 0, len(places), places, [1.0] * (len(places) - 1) + [-1.0])
    found = {}
    for node in withheld:
        ends = []
        for sign in (1.0, -1.0):
            lp.changeColCost(place[node], sign)
            # begun from the basis of the last question, HiGHS now and then ends without an answer
            lp.clearSolver()
            lp.run()
            status = lp.getModelStatus()
            free = status in (
                highspy.HighsModelStatus.kUnbounded,
                highspy.HighsModelStatus.kUnboundedOrInfeasible,
            )
            assert free or status == highspy.HighsModelStatus.kOptimal, status
            ends.append(float("inf") if free else sign * lp.getInfo().objective_function_value)
            lp.changeColCost(place[node], 0.0)
        found[node] = tuple(ends)
    assert rows
    assert columns
    return found


def every_table(of, withheld, top):
    """Between what and what each withheld number lies, by trying every table of whole numbers.

    They go up to `top`, so this is for the smallest only.
    """
    grid = TABLE.nodes(of.shape)
    inner = [node for row in grid[:-1] for node in row[:-1]]
    ranges = [range(top + 1) if node in withheld else (of[node].value,) for node in inner]
    found: dict = {}
    for choice in product(*ranges):
        table = dict(zip(inner, choice, strict=True))
        for line in grid[:-1]:
            table[line[-1]] = sum(table[node] for node in line[:-1])
        for column in zip(*grid, strict=True):
            table[column[-1]] = sum(table[node] for node in column[:-1])
        if all(table[node] == of[node].value for node in table if node not in withheld):
            for node in withheld:
                least, most = found.get(node, (table[node], table[node]))
                found[node] = (min(least, table[node]), max(most, table[node]))
    return found
