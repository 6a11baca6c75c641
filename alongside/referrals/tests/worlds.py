"""Invented worlds for the oracle.

People in agencies, files, agreements, "not them"s and requests, at every stage and at random.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import ForeignRow, declared
from alongside.referrals.tests.ground import Ground
from tests.examples import examples, shareable

ROLES = [
    "caseworker",
    "intake",
    "specialist",
    "companion",
    "coordinator",
    "privacy-officer",
    "leader",
    "administrator",
    "editor",
    "data-steward",
]
SECTORS = ["community", "healthcare", "criminal-legal"]
# of each table of a file a row; of these one that can be agreed to be shared
ROWS = {table: row for given in examples().values() for table, row in given.rows.items()}
SHARED = [table for table in ROWS if table in shareable()]
ITEMS = len(SHARED)
# by one worker, whether the file opens or not
KEPT_IN_SIGHT = ("plans_step", "appointments_appointment", "handovers_check")
OF_OTHERS = {
    "accompaniment_checkin",
    "handovers_transfer",
}  # of two who are none of these; of whoever asks the person
SAYS_NOTHING = {
    "accompaniment_accompaniment",
    "accompaniment_wish",
    "referrals_referralintake",
    "beds_pathwayfile",
    "files_hold",
    "files_destruction",
    "referrals_rankedagency",
    "handovers_check",
}  # of these tables: nothing in them is sealed
DAYS = [(-30, 30), (-30, -1), (1, 30), (-1, 1), (-150, 30)]


@dataclass
class Person:
    """A worker."""

    id: UUID
    agency: UUID
    sector: str
    role: str
    on: bool


@dataclass
class Block:
    """A "not them"."""

    id: UUID
    against: str
    item: UUID | None
    lifted: bool


@dataclass
class Agreement:
    """A release, with days from now."""

    id: UUID
    to: UUID
    role: str
    starts: int
    until: int
    given: bool
    ended: bool
    named: dict[UUID, UUID]  # the row that names -> the item named


@dataclass
class Request:
    """A referral."""

    id: UUID
    under: Agreement
    role: str
    state: str
    asker: UUID
    said: set[UUID]  # what the two said about it


@dataclass
class File:
    """A file and what is in it. `items` can be shared; `unshared` cannot; `sealed` say something.

    `being_destroyed`: its key is to go, and is still there.
    """

    id: UUID
    agency: UUID
    items: list[UUID]
    unshared: list[UUID]
    trail: list[UUID]
    destructions: list[UUID]
    transfers: list[UUID]
    sealed: set[UUID]
    being_destroyed: bool
    reasons: dict[UUID, UUID]  # why a worker opened it, and who
    promised: dict[UUID, UUID]  # what a worker promised, and who
    lead: UUID | None = None
    backup: UUID | None = None
    blocks: list[Block] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass
class World:
    """Everything there is."""

    people: list[Person]
    files: list[File]
    notices: dict[UUID, list[UUID]]


AGAINST = st.sampled_from(["", "worker", "agency", "role", "role here"])
BLOCK = st.tuples(
    AGAINST, st.integers(0, 8), st.none() | st.integers(0, ITEMS - 1), st.booleans(), st.booleans()
)
AGREEMENT = st.tuples(
    st.integers(1, 2),
    st.sampled_from(["", "", "caseworker", "specialist"]),
    st.sampled_from(DAYS),
    st.sampled_from([True, True, False]),
    st.sampled_from([False, False, True]),
    st.sets(st.integers(0, ITEMS - 1)),
    st.sampled_from(["", "draft", "requested", "accepted", "rejected"]),
    st.sampled_from(["", "", "caseworker"]),
)
FILE = st.tuples(
    st.integers(0, 2),
    st.lists(BLOCK, max_size=3),
    st.lists(AGREEMENT, max_size=3),
    st.sampled_from([False, False, False, True]),
    st.tuples(*[st.none() | st.integers(0, 8)] * 3),
)
WORLD = st.tuples(
    st.lists(st.sampled_from([*ROLES[:2], *ROLES[:6], "editor"]), min_size=9, max_size=9),
    st.lists(FILE, min_size=1, max_size=3),
    st.sets(st.integers(0, 8)),
)


def build(ground: Ground, drawn: tuple) -> World:  # type: ignore[type-arg]
    """Put the drawn world down in the database."""
    roles, files, on = drawn
    agencies = [ground.agency(sector) for sector in SECTORS]
    people = [
        Person(
            ground.worker(agencies[n % 3], role, on=n in on), agencies[n % 3], SECTORS[n % 3], role, n in on
        )
        for n, role in enumerate(roles)
    ]
    notices = {
        agency: [ground.insert("consent_notice", id=uuid7(), agency_id=agency, on="today")["id"]]
        for agency in agencies
    }
    made = [_file(ground, agencies, people, *file) for file in files]
    told = ground.superuser.execute("select id, agency_id from consent_notice").fetchall()
    for id, agency in told:  # and one by every ending
        notices[agency] += {id} - set(notices[agency])
    return World(people, made, notices)


def _file(
    ground: Ground,
    agencies: list[UUID],
    people: list[Person],
    keeper: int,
    blocks: list,
    agreements: list,
    being_destroyed: bool = False,
    whose: tuple[int | None, ...] = (None, None, None),
) -> File:  # type: ignore[type-arg]
    agency = agencies[keeper]
    lead, backup, opener = (None if n is None else people[n].id for n in whose)
    asker = people[keeper].id
    id = ground.file(agency, uuid4(), lead_id=lead, backup_id=backup)
    whom = {
        "files_justification": {"worker_id": opener or uuid4()},
        **{table: {"worker_id": asker} for table in KEPT_IN_SIGHT},
    }
    rows: dict[str, UUID] = {}
    for table in ROWS:
        rows[table] = row_of(ground, table, id, agency, rows, **whom.get(table, {}))
    items = [row for table, row in rows.items() if table in SHARED]
    unshared = [
        row
        for table, row in rows.items()
        if table not in {*SHARED, *OF_OTHERS, "files_justification", "files_destruction", "referrals_message"}
    ]
    reasons = {rows["files_justification"]: whom["files_justification"]["worker_id"]}
    ground.insert("files_searchterm", agency_id=agency, term=1, file_id=id)
    sealed = {row for table, row in rows.items() if table not in SAYS_NOTHING}
    promised = {rows[table]: asker for table in KEPT_IN_SIGHT}
    trail = [entry(ground, id, agency), rows["files_hold"]]
    asked = [rows["files_destruction"]]
    passed = [rows["handovers_transfer"]]
    file = File(id, agency, items, unshared, trail, asked, passed, sealed, being_destroyed, reasons, promised)
    for block in (b for b in blocks if b[4]):
        file.blocks.append(_block(ground, file, agencies, people, *block))
    for agreement in agreements:
        _agreement(ground, file, asker, agencies[(keeper + agreement[0]) % 3], *agreement[1:])
    for block in (b for b in blocks if not b[4]):
        file.blocks.append(_block(ground, file, agencies, people, *block))
    if being_destroyed:
        ground.being_destroyed(id, agency)
    # whoever was under a "not them" leads no more, though it was lifted
    file.lead, file.backup = ground.superuser.execute(
        "select lead_id, backup_id from files_file where id = %s", [id]
    ).fetchone()
    return file


def row_of(
    ground: Ground, table: str, file: UUID, agency: UUID, made: dict[str, UUID], **more: object
) -> UUID:
    """Put down a row of a table; what it says of another row of the file is said of the one there is."""
    columns = ROWS[table]() | more
    for rule in declared()[table].rules:
        if isinstance(rule, ForeignRow) and columns.get(rule.column):
            if rule.to not in made:
                made[rule.to] = row_of(ground, rule.to, file, agency, made)
            columns[rule.column] = made[rule.to]
    return ground.row(table, file, agency, **columns)


def entry(ground: Ground, file: UUID, agency: UUID) -> UUID:
    """Put down that somebody read the file."""
    id = uuid7()
    with ground.superuser.transaction():
        ground.superuser.execute("set local session_replication_role = replica")
        ground.insert(
            "trail_entry",
            id=id,
            xid=0,
            at="now",
            action="files.read",
            role="",
            purpose="",
            item_kind="",
            custodian_id=agency,
            file_id=file,
        )
    return id


def _block(
    ground: Ground,
    file: File,
    agencies: list[UUID],
    people: list[Person],
    kind: str,
    whom: int,
    item: int | None,
    lifted: bool,
    _before: bool,
) -> Block:
    who = people[whom]
    against = {
        "": "",
        "worker": f"worker:{who.id}",
        "agency": f"agency:{agencies[whom % 3]}",
        "role": f"role:{who.role}",
        "role here": f"role:{who.agency}:{who.role}",
    }[kind]
    item_id = None if item is None else file.items[item]
    id = ground.block(file.id, file.agency, against, item_id)
    if lifted:
        ground.superuser.execute(
            "update consent_block set lifted_at = now(), lifted_by = gen_random_uuid(), lifted_how = 'desk' "
            "where id = %s",
            [id],
        )
    return Block(id, against, item_id, lifted)


def _agreement(
    ground: Ground,
    file: File,
    asker: UUID,
    to: UUID,
    role: str,
    days: tuple[int, int],
    given: bool,
    ended: bool,
    named: set[int],
    request: str,
    request_role: str,
) -> None:
    now, (starts, until) = datetime.now(UTC), days  # noqa: TID251 - the database's own clock decides
    terms = {"starts_at": now + timedelta(days=starts), "until": now + timedelta(days=until), "to_role": role}
    terms |= {"given_at": now if given else None, "ended_at": now if given and ended else None}
    items = {file.items[n]: "item" for n in named}
    id = ground.release(file.id, file.agency, to, items=items, **terms)
    rows = dict(
        ground.superuser.execute(
            "select id, item_id from consent_releaseditem where release_id = %s", [id]
        ).fetchall()
    )
    agreement = Agreement(id, to, role, starts, until, given, given and ended, rows)
    file.agreements.append(agreement)
    if request:
        row = ground.referral(
            file.id, file.agency, to, id, state=request, to_role=request_role, requested_by=asker
        )
        facts = ROWS["referrals_message"]() | {"to_agency_id": to, "from_agency_id": to}
        facts |= {"referral_id": row, "release_id": id, "to_role": request_role}
        ours = {"from_agency_id": file.agency, "kind": "message"}
        said = {ground.row("referrals_message", file.id, file.agency, **facts | more) for more in ({}, ours)}
        file.requests.append(Request(row, agreement, request_role, request, asker, said))
