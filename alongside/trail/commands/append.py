"""Appending the trail to a Merkle log (security.md D3).

Whoever writes an entry waits for nobody; the log follows within seconds.

Entries are taken by transaction visibility: every transaction before the snapshot's oldest is over, so
nothing can still appear behind what was appended. An order by number or time would lose what commits late.
"""

from typing import Any

from django.db import connections, transaction

from alongside.trail import checkpoint, merkle
from alongside.trail.queries import WRITING

DUE = f"""
    with b as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon)
    select b.horizon, e.id, {WRITING}
    from b left join lateral (
        select * from trail_entry e
        where e.xid < b.horizon
          -- a lower horizon: brought back from a dump
          and e.xid >= case when %s <= b.horizon then %s else 0 end
          and not exists (select 1 from trail_leaf l where l.entry_id = e.id)
        order by e.xid, e.id limit %s
    ) e on true
    order by e.xid, e.id
"""  # noqa: S608 - our own words
AT_ONCE = 20_000
ONE_AT_A_TIME = 6227002  # the advisory lock of the log writer


def append_due() -> int:
    """Append every entry whose transaction is over, and sign a checkpoint; return how many there were.

    Only the role `log_writer` may.
    """
    appended = 0
    while (count := _append_some()) > 0:
        appended += count
        if count < AT_ONCE:
            break
    return appended


def note_alive() -> None:
    """Leave an entry that says nothing but that the log writer is there, so that a silence can be noticed."""
    with connections["log_writer"].cursor() as cursor:
        cursor.execute(
            "insert into trail_entry (id, action, role, purpose, item_kind) values (gen_random_uuid(), "
            "'trail.alive', '', '', '')"
        )


def _append_some() -> int:
    with transaction.atomic(using="log_writer"), connections["log_writer"].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        frontier, horizon = _last(cursor)
        cursor.execute(DUE, [horizon, horizon, AT_ONCE])
        rows = [row for row in cursor.fetchall() if row[1] is not None]
        if not rows:
            return 0
        whole = len(rows) < AT_ONCE  # else transactions before the horizon are still to come
        _append(cursor, frontier, rows, rows[0][0] if whole else horizon)
        return len(rows)


def _last(cursor: Any) -> tuple[merkle.Frontier, int]:
    """Return the tree as it was last signed, and before which transaction everything was in it.

    :raises checkpoint.NotSigned: if the last checkpoint is not ours: then nothing is built on it
    """
    cursor.execute("select size, root, edge, note from trail_checkpoint order by size desc limit 1")
    row = cursor.fetchone()
    if row is None:
        return merkle.Frontier(), 0
    size, root, edge, note = row
    said = checkpoint.signer().verifier.open(note)
    frontier = merkle.Frontier(size, bytes(edge))
    if (said.size, said.root) != (size, bytes(root)) or frontier.root != said.root:
        raise checkpoint.NotSigned("The last checkpoint was altered.")
    return frontier, said.horizon


def _append(cursor: Any, frontier: merkle.Frontier, rows: list[tuple[int, Any, str]], horizon: int) -> None:
    first = frontier.size
    hashes = [merkle.leaf_hash(written.encode()) for _, _, written in rows]
    frontier.extend(hashes)
    cursor.execute(
        (
            "insert into trail_leaf (seq, entry_id, hash) select * "
            "from unnest(%s::bigint[], %s::uuid[], %s::bytea[])"
        ),
        [list(range(first, frontier.size)), [entry_id for _, entry_id, _ in rows], hashes],
    )
    note = checkpoint.signer().sign(frontier.size, frontier.root, horizon)
    cursor.execute(
        "insert into trail_checkpoint (size, root, note, edge) values (%s, %s, %s, %s)",
        [frontier.size, frontier.root, note, frontier.edge],
    )
