"""The access log of one agency's files, read in one snapshot, for its privacy officer (PHIPA s.10.1)."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from alongside.trail import actions

LOG = """
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), id, action, item_kind, agency_id,
        role, worker_id, purpose,
        file_id, item_id, release_id, referral_id, other_agency_id, count
    from trail_entry where custodian_id = %s order by at, id
"""


def access_log(custodian_id: UUID, names: Mapping[UUID, str]) -> Iterator[list[Any]]:
    """Return every entry about this custodian's files, oldest first, told with the agencies' names.

    Only the role `log_writer` may.
    """
    with transaction.atomic(using="log_writer"), connections["log_writer"].chunked_cursor() as cursor:
        cursor.execute(LOG, [custodian_id])
        while rows := cursor.fetchmany(5_000):
            for at, entry, action, kind, agency_id, role, worker_id, *rest in rows:
                happened = actions.sentence(action, names.get(agency_id, ""), role)
                yield [
                    at,
                    entry,
                    action,
                    happened,
                    kind,
                    names.get(agency_id, ""),
                    agency_id,
                    role,
                    worker_id,
                    *rest,
                ]
