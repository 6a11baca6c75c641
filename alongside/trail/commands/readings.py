"""Noting who opened whose words: in a list, or sitting at one file (PHIPA s.10.1)."""

from collections.abc import Collection

from django.db import connection

from alongside.kernel.seal import Opened
from alongside.trail.commands.notes import note


def note_opened(opened: Collection[Opened]) -> None:
    """Note what the signed asker opened, in the transaction under way.

    A list is noted each time, with every file in it. At one file, the first opening of each kind is noted in
    a sitting; its end is noted by `end_sittings`.
    """
    if connection.needs_rollback:
        return
    for one in sorted(one for one in opened if one.listed):
        note(one.listed, custodian_id=one.custodian_id, file_id=one.file_id, item_kind=one.kind)
    at_a_file = sorted(one for one in opened if not one.listed)
    if not at_a_file:
        return
    files, custodians, kinds = zip(*((o.file_id, o.custodian_id, o.kind) for o in at_a_file), strict=True)
    with connection.cursor() as cursor:
        cursor.execute("select * from ctx.sit(%s, %s, %s)", [list(files), list(custodians), list(kinds)])
        for custodian_id, file_id, kind, sitting, begins in cursor.fetchall():
            entry_id = sitting if begins else None  # what a sitting is found by
            note(
                "files.read",
                custodian_id=custodian_id,
                file_id=file_id,
                item_id=sitting,
                item_kind=kind,
                entry_id=entry_id,
            )


def end_sittings() -> int:
    """Note the end of every sitting in which nobody has looked for half an hour; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.end_sittings()")
        return int(cursor.fetchone()[0])
