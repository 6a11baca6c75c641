"""A network whose leaders all agreed, with as many gaps as asked.

Counted plainly and through the cube, and protected.
"""

import resource
import time
from statistics import median

import psycopg

from alongside.agencies.models import Account, Agency, Worker
from alongside.disclosure.queries import AUDIENCES, protect
from alongside.indicators import commands
from alongside.indicators.queries import cubes
from alongside.indicators.tables import TABLES
from alongside.kernel import clock, ctx, geography, vocabulary
from config import postgres
from config.state import default_state

AGENCIES, NEEDS, BARRIERS, TIMES = 60, 12, 14, 3
FILL = f"""
insert into gaps_gap (id, asking_agency_id, asked_agency_id, quarter, region, need, recommendation, reason,
    barriers, wait_band, workaround, staff_hours_band)
select gen_random_uuid(), a.ids[1 + n %% {AGENCIES}], a.ids[1 + (n / 7) %% {AGENCIES}], case
    when n %% 2 = 0 then '2026-Q1' else '2026-Q2' end,
    r.ids[1 + (n %% {AGENCIES}) %% cardinality(r.ids)],
        w.ids[1 + floor(power(random(), 3) * cardinality(w.ids))::int], '', 'no-capacity',
    case when random() < 0.2 then '{{}}'
        else array[b.ids[1 + floor(power(random(), 2) * cardinality(b.ids))::int]] end, '', '', ''
from generate_series(1, %(many)s) n, (select %(agencies)s::uuid[] ids) a, (select %(regions)s::text[] ids) r,
    (select %(needs)s::text[] ids) w,
    (select %(barriers)s::text[] ids) b
"""


def measure(many: int) -> dict[str, float]:
    """Fill in gaps, count them plainly and through the cube in turns, and protect every table."""
    agencies = []
    for number in range(AGENCIES):
        with ctx.as_operator():
            agency = Agency.objects.create(
                slug=f"counted-{number}",
                name=f"Counted {number}",
                sector="community",
                kind="open-desk",
                division="3520",
            )
        with ctx.as_operator(agency.pk):
            leader = Worker.objects.create(
                account=Account.objects.create_user(f"counted-{number}", None),
                agency=agency,
                name="Lou",
                role="leader",
            )
            editor = Worker.objects.create(
                account=Account.objects.create_user(f"edits-{number}", None),
                agency=agency,
                name="Eli",
                role="editor",
            )
        with ctx.as_worker(leader.pk):
            commands.contribute(by=leader, at=clock.now())
        agencies.append(agency.pk)
    told = {
        "many": many,
        "agencies": agencies,
        "regions": list(geography.REGIONS),
        "needs": list(vocabulary.NEEDS)[:NEEDS],
        "barriers": list(vocabulary.BARRIERS)[:BARRIERS],
    }
    plain, pooled = [], []
    with psycopg.connect(**postgres.ensure(default_state()).url("postgres", "alongside")) as connection:
        connection.execute(FILL, told)
        connection.commit()
        connection.execute("analyze gaps_gap")
        for _ in range(TIMES):
            began = time.perf_counter()
            connection.execute("select need, region, count(*) from gaps_gap group by 1, 2").fetchall()
            plain.append(time.perf_counter() - began)
            began = time.perf_counter()
            with ctx.as_worker(editor.pk):
                cube = cubes.cube_of("gaps", "2026-H1")
            pooled.append(time.perf_counter() - began)
    began = time.process_time()
    withheld = sum(
        len(protect(indicator.table, cube, AUDIENCES["public"].threshold).withheld)
        for indicator in TABLES.values()
        if indicator.cube == "gaps"
    )
    return {
        "plain": median(plain),
        "pooled": median(pooled),
        "protected": time.process_time() - began,
        "withheld": withheld,
        "counted": cube[("requests", "*", "*")].value,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
