"""The rows of one file as lines for COPY, table by table."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.apps import apps

from alongside.kernel import seal
from bench.network import CONTACT, DETAIL, ENTRY, ITEM, NEEDS, PRIORITY, REFERRAL, RELEASE, STATES, STEP

if TYPE_CHECKING:
    from django.db.models import Model

    from bench.network import Made, Network, Terms

COLUMNS = {
    "files_file": "id, agency_id, handle, opened_by, opened_at, lead_id, backup_id, blocked_principals",
    "files_detail": (
        "file_id, id, agency_id, blocked_principals, kind, body, written_by, written_how, written_at"
    ),
    "files_safecontact": (
        "file_id, id, agency_id, blocked_principals, state, body, "
        "verified_at, verified_by, verified_how, expires_at, written_by, written_how, written_at"
    ),
    "files_searchterm": "agency_id, term, file_id",
    "plans_priority": (
        "file_id, id, agency_id, blocked_principals, rank, pace, "
        "language, words, private, need, written_by, written_how, written_at"
    ),
    "plans_step": (
        "file_id, id, agency_id, blocked_principals, priority_id, ours, words, worker_id, due_on, done_at, "
        "done_by, written_by, written_at"
    ),
    "consent_release": (
        "file_id, id, agency_id, blocked_principals, to_agency_id, to_role, purpose, manner, state, "
        "starts_at, until, language, interpreter, capacity, method, others_present, explained, copy_given, "
        "onward_allowed, regime_from, regime_to, offered_by, offered_at, given_at, given_by, given_how, "
        "ended_because"
    ),
    "consent_releaseditem": (
        "file_id, id, agency_id, blocked_principals, release_id, item_id, kind, columns, to_agency_id, "
        "to_role, starts_at, until, given_at"
    ),
    "referrals_referral": (
        "file_id, id, agency_id, blocked_principals, to_agency_id, to_role, handle, need, priority_id, ours, "
        "release_id, introduction, introduction_approved_at, state, answer_by, written_by, written_at, "
        "requested_by, requested_at, answered_at, moved_at, noted_at, reason, barriers, wait_band, outcome"
    ),
    "trail_entry": (
        "id, xid, at, worker_id, agency_id, role, purpose, action, "
        "custodian_id, file_id, item_kind, other_agency_id"
    ),
}
ACTIONS = (
    "files.opened",
    "files.called",
    "files.read",
    "plans.wanted",
    "files.read",
    "referrals.requested",
    "files.read",
    "referrals.accepted",
    "files.read",
    "files.read",
)
LOOKS_SEALED = ["\\\\x01" + os.urandom(size).hex() for size in (60, 110, 140, 170, 230) for _ in range(20)]


def copy(connection: psycopg.Connection[Any], lines: dict[str, list[str]], columns: dict[str, str]) -> None:
    """Copy lines into their tables.

    Triggers and foreign keys rest meanwhile: what is copied is whole by itself.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for table, names in columns.items():
            with cursor.copy(f"copy {table} ({names}) from stdin") as target:
                target.write("".join(lines[table]))


@cache
def _model(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


class Rows:
    """Collects the lines of many files."""

    def __init__(self, network: Network, terms: Terms) -> None:
        self.network, self.terms = network, terms
        self.lines: dict[str, list[str]] = defaultdict(list)
        now = network.now
        self.given, self.until = (now - timedelta(days=3)).isoformat(), (now + timedelta(days=60)).isoformat()
        self.asked, self.answer_by = (
            (now - timedelta(days=2)).isoformat(),
            (now + timedelta(days=2)).isoformat(),
        )
        self.checked, self.stale = (
            (now - timedelta(days=5)).isoformat(),
            (now + timedelta(days=25)).isoformat(),
        )
        self.due = (now + timedelta(days=20)).date().isoformat()

    def add(self, made: Made) -> None:
        """Add everything of one file."""
        agency, lead = (
            self.network.agencies[made.agency],
            self.network.workers[made.agency][made.number // 7 % 4],
        )
        blocked_principals = f'{{"worker:{self.network.workers[0][0]}"}}' if made.hides else "{}"
        at = made.moment
        self.lines["files_file"].append(
            f"{made.id}\t{agency}\t{made.handle}\t{lead}\t{at}\t{lead}\t\\N\t{blocked_principals}\n"
        )
        self._told(made, agency, lead, at)
        self._wanted(made, agency, lead, at)
        for nth, other in enumerate(made.others):
            self._shared(made, agency, lead, nth, other)
        for nth, action in enumerate(ACTIONS):
            asked = self.network.agencies[made.others[0]] if action.startswith("referrals") else "\\N"
            self.lines["trail_entry"].append(
                f"{made.row(ENTRY, nth)}\t1\t{at}\t{lead}\t{agency}\t"
                f"caseworker\tcare\t{action}\t{agency}\t{made.id}\t\t{asked}\n"
            )
        words = f"{made.handle} {made.called}"
        self.lines["files_searchterm"].extend(
            f"{agency}\t{term}\t{made.id}\n" for term in self.terms.of(made.agency, words)
        )

    def _told(self, made: Made, agency: str, lead: str, at: str) -> None:
        told = {
            "called": {"called": made.called, "pronouns": "they/them"},
            "languages": {"tags": ["so", "en"], "words": "Somali at home"},
        }
        for nth, (kind, words) in enumerate(told.items()):
            row = made.row(DETAIL, nth)
            body = self._sealed(made, "files_detail", row, "body", words, nth)
            self.lines["files_detail"].append(
                f"{made.id}\t{row}\t{agency}\t{{}}\t{kind}\t{body}\t{lead}\ttheir-word\t{at}\n"
            )
        row = made.row(CONTACT, 0)
        body = self._sealed(
            made,
            "files_safecontact",
            row,
            "body",
            {"channel": "phone", "value": "555-0100", "when": "Mornings", "we_say_we_are": "the library"},
            2,
        )
        self.lines["files_safecontact"].append(
            f"{made.id}\t{row}\t{agency}\t{{}}\tok\t{body}\t{self.checked}\t"
            f"{lead}\ttheir-word\t{self.stale}\t{lead}\ttheir-word\t{self.checked}\n"
        )

    def _wanted(self, made: Made, agency: str, lead: str, at: str) -> None:
        for nth in range(4):
            row = made.row(PRIORITY, nth)
            words = {
                "statement": f"A door that locks, and nobody who knows it but me. {nth}",
                "good": "I sleep.",
                "step": "See the room on Friday.",
            }
            private = {"why": "He has the key to the old one.", "not_with": "Not the desk on King Street."}
            sealed = self._sealed(made, "plans_priority", row, "words", words, 3)
            hidden = self._sealed(made, "plans_priority", row, "private", private, 4)
            need = NEEDS[(made.number + nth) % len(NEEDS)]
            self.lines["plans_priority"].append(
                f"{made.id}\t{row}\t{agency}\t{{}}\t{nth + 1}\tnow\t"
                f"en\t{sealed}\t{hidden}\t{need}\t{lead}\ttheir-word\t{at}\n"
            )
        for nth in range(10):
            row, done = made.row(STEP, nth), nth < 9
            about = made.row(PRIORITY, nth % 4) if nth < 8 else "\\N"
            promise = self._sealed(
                made, "plans_step", row, "words", "Ring the landlord about the lock; go along on Friday.", nth
            )
            when = f"{at}\t{lead}" if done else "\\N\t\\N"
            self.lines["plans_step"].append(
                f"{made.id}\t{row}\t{agency}\t{{}}\t{about}\t{'f' if nth < 8 else 't'}\t{promise}\t{lead}\t"
                f"{self.due}\t{when}\t{lead}\t{at}\n"
            )

    def _shared(self, made: Made, agency: str, lead: str, nth: int, other: int) -> None:
        release, referral, to = made.row(RELEASE, nth), made.row(REFERRAL, nth), self.network.agencies[other]
        self.lines["consent_release"].append(
            f"{made.id}\t{release}\t{agency}\t{{}}\t{to}\t\tanswer\tview\tgiven\t{self.given}\t{self.until}\t"
            f"en\t\tself\toral-witnessed\talone\tt\tf\tf\t\t\t{lead}\t{self.given}\t{self.given}\t{lead}\ttheir-word\t\n"
        )
        for place, (kind, item, column) in enumerate(items_of(made, nth)):
            self.lines["consent_releaseditem"].append(
                f"{made.id}\t{made.row(ITEM, nth * 3 + place)}\t{agency}\t{{}}\t{release}\t{item}\t{kind}\t"
                f"{column}\t{to}\t\t{self.given}\t{self.until}\t{self.given}\n"
            )
        state = STATES[(made.number + nth * 3) % len(STATES)]
        words = self._sealed(
            made,
            "referrals_referral",
            referral,
            "introduction",
            f"{made.called} needs a room with a door that locks.",
            4,
        )
        answered = "\\N" if state == "requested" else self.asked
        noted, outcome = (self.asked, "worked") if state == "completed" else ("\\N", "")
        self.lines["referrals_referral"].append(
            f"{made.id}\t{referral}\t{agency}\t{{}}\t{to}\t\tQuiet Harp {made.number}-{nth}\t"
            f"{NEEDS[made.number % len(NEEDS)]}\t{made.row(PRIORITY, nth)}\tf\t{release}\t{words}\t"
            f"{self.given}\t{state}\t{self.answer_by}\t{lead}\t{self.given}\t{lead}\t{self.asked}\t"
            f"{answered}\t{self.asked}\t{noted}\t\t{{}}\t\t{outcome}\n"
        )

    def _sealed(self, made: Made, table: str, row: str, column: str, words: Any, nth: int) -> str:
        if not made.is_opened and table != "files_detail":  # names are opened by every agency's own search
            return LOOKS_SEALED[(made.number + nth) % len(LOOKS_SEALED)]
        about: Any = _model(table)(id=UUID(row), file_id=UUID(made.id))
        return (
            "\\\\x"
            + seal.seal(about, column, words, agency_id=UUID(self.network.agencies[made.agency])).hex()
        )


def items_of(made: Made, nth: int) -> list[tuple[str, str, str]]:
    """What the n-th agreement of a file names: kind, item, column."""
    return [
        ("called", made.row(DETAIL, 0), "body"),
        ("priority", made.row(PRIORITY, nth), "words"),
        ("introduction", made.row(REFERRAL, nth), "introduction"),
    ]
