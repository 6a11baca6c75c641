"""Proving that nothing on the trail was changed since it was appended.

Nor taken out, slipped in, moved or cut off.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, transaction

from alongside.trail import merkle
from alongside.trail.checkpoint import Checkpoint, NotSigned, Verifier

# What one leaf holds, in an order and writing that no version of PostgreSQL or Python changes.
WRITING = """concat_ws('|', e.id, e.xid, (extract(epoch from e.at) * 1000000)::bigint,
    coalesce(e.worker_id::text, ''), coalesce(e.agency_id::text, ''),
    e.role, e.purpose, e.action, coalesce(e.custodian_id::text, ''), coalesce(e.file_id::text, ''),
    coalesce(e.item_id::text, ''), e.item_kind, coalesce(e.release_id::text, ''),
    coalesce(e.referral_id::text, ''), coalesce(e.other_agency_id::text, ''), coalesce(e.count::text, ''))"""

APPENDED = (
    f"select l.seq, l.hash, {WRITING}, e.id "  # noqa: S608 - our own words
    "from trail_leaf l left join trail_entry e on e.id = l.entry_id order by l.seq"
)
NOT_APPENDED = """
    select count(*) filter (where e.xid < %s), count(*) filter (where e.xid >= %s
        and e.at < clock_timestamp() - interval '1 minute')
    from trail_entry e where not exists (select 1 from trail_leaf l where l.entry_id = e.id)
"""
ENOUGH = 20  # the first troubles say where to look; the rest would only scroll by


@dataclass
class Verdict:
    """What was found: how much was there, and a sentence for each thing that is wrong."""

    entries: int = 0
    checkpoints: int = 0
    last_note: str = ""
    troubles: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the trail is as it was appended."""
        return not self.troubles

    def trouble(self, sentence: str) -> None:
        """Note something that is wrong."""
        if len(self.troubles) < ENOUGH:
            self.troubles.append(sentence)


def verify(verifier: Verifier, witnessed: str | None = None) -> Verdict:
    """Recompute the whole log and check every checkpoint; `witnessed` is one that somebody kept elsewhere.

    Only the role `log_writer` may.
    """
    verdict = Verdict()
    with transaction.atomic(using="log_writer"):
        with connections["log_writer"].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        signed = _checkpoints(verifier, verdict)
        if witnessed is not None:
            _add_witnessed(verifier, witnessed, signed, verdict)
        _walk(signed, verdict)
        _look_for_not_appended(signed, verdict)
    return verdict


def _checkpoints(verifier: Verifier, verdict: Verdict) -> dict[int, Checkpoint]:
    signed = {}
    with connections["log_writer"].cursor() as cursor:
        cursor.execute("select size, root, note from trail_checkpoint order by size")
        for size, root, note in cursor.fetchall():
            verdict.checkpoints += 1
            verdict.last_note = note
            try:
                said = verifier.open(note)
            except NotSigned:
                verdict.trouble(f"The checkpoint at {size} entries is not signed with the trail's key.")
                continue
            if (said.size, said.root, said.origin) != (size, bytes(root), verifier.name):
                verdict.trouble(f"The checkpoint stored for {size} entries is not what was signed.")
            signed[said.size] = said
    return signed


def _add_witnessed(
    verifier: Verifier, witnessed: str, signed: dict[int, Checkpoint], verdict: Verdict
) -> None:
    try:
        said = verifier.open(witnessed)
    except NotSigned as wrong:
        verdict.trouble(f"The witnessed checkpoint can't be used: {wrong}")
        return
    if said.size in signed and signed[said.size].root != said.root:
        verdict.trouble(
            f"The log was rewritten: at {said.size} entries it is not the one that was witnessed."
        )
    signed[said.size] = said


def _walk(signed: dict[int, Checkpoint], verdict: Verdict) -> None:
    """Hash every entry again, and compare the root wherever one was signed."""
    frontier = merkle.Frontier()
    for batch in _batches(sorted(signed)):
        frontier.extend(
            [
                _checked(seq, frontier.size + place, stored, written, found, verdict)
                for place, (seq, stored, written, found) in enumerate(batch)
            ]
        )
        said = signed.get(frontier.size)
        if said is not None and said.root != frontier.root:
            verdict.trouble(
                f"The first {frontier.size} entries are not the ones that were signed: something was "
                "changed, moved, taken out or slipped in."
            )
    verdict.entries = frontier.size
    longest = max(signed, default=0)
    if longest > frontier.size:
        verdict.trouble(f"The end was cut off: {longest} entries were signed for, {frontier.size} are there.")
    elif frontier.size > longest:
        verdict.trouble(f"{frontier.size - longest} entries stand in the log that no checkpoint signs for.")


def _checked(seq: int, place: int, stored: bytes, written: str, found: Any, verdict: Verdict) -> bytes:
    if seq != place:
        verdict.trouble(f"A place in the log is missing before number {seq}.")
    if found is None:
        verdict.trouble(f"Entry number {seq} was deleted.")
        return bytes(stored)
    computed = merkle.leaf_hash(written.encode())
    if computed != stored:
        verdict.trouble(
            f"Entry number {seq} was changed after it was sealed, or another stands in its place."
        )
    return computed


def _batches(stops: list[int]) -> Iterator[list[tuple[int, bytes, str, Any]]]:
    """Hand out the log in pieces that end wherever a root was signed."""
    with connections["log_writer"].chunked_cursor() as cursor:
        cursor.execute(APPENDED)
        reached = 0
        for stop in stops:
            while reached < stop and (rows := cursor.fetchmany(min(20_000, stop - reached))):
                reached += len(rows)
                yield rows
        while rows := cursor.fetchmany(20_000):
            yield rows


def _look_for_not_appended(signed: dict[int, Checkpoint], verdict: Verdict) -> None:
    last = (
        signed[max(signed)].horizon if signed else 0
    )  # lower than an earlier one, if the database was brought back from a dump
    with connections["log_writer"].cursor() as cursor:
        cursor.execute(NOT_APPENDED, [last, last])
        behind, late = cursor.fetchone()
    if behind:
        verdict.trouble(f"{behind} entries were slipped in behind the seal.")
    if late:
        verdict.trouble(
            f"{late} entries older than a minute are not sealed. Is `alongside trail seal` running?"
        )
