"""Invented programmes of the network's shelters, drawn from a seed.

Whom they are for, what stands in the way there, what was counted, what is held.

Of every programme: about eleven rules, a count each morning and evening of three days (of one in twenty none
at all, of one in twenty none lately), three holds that ended, and of one in four a hold that is live. Two in
five lie in the region in which the measured worker looks. One more has a single bed left, which anybody may
have held at once: four of its five are taken, so that only the count under a lock keeps a second hold off it,
and no slot does.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from alongside.kernel import vocabulary
from bench.network import KEEPERS
from bench.rows import copy

if TYPE_CHECKING:
    from bench.network import Network

REGIONS = ("north",) * 4 + ("toronto",) * 3 + ("central", "east", "west")
STAYS = ("tonight",) * 8 + ("months", "home")
STANDS = {
    "pets": (50, 70, 85),
    "identification": (25, 50, 80),
}  # of a hundred: those it stops, those that talk it over, those where it is fine
STANDS_ELSE = (10, 20, 40)
FOR = (("", ""), ("", ""), ("woman,trans_woman", ""), ("man,trans_man", "alone"), ("", "children,relatives"))
HOURS = (60, 48, 36, 24, 12, 2)
LAST_BED = "00000000-0000-7000-8000-d99999999999"
HOUSE = 40  # whose the last bed is: none of those who ask for it
COLUMNS = {
    "beds_offering": (
        "id, agency_id, name, name_fr, face, face_fr, stay, unit, region, genders, minimum_age, households, "
        "room_types, languages, exceptions_contact, exceptions_phone, urgent_phone, holds_at_once, "
        "hold_hours, think_hours, covers, stops, talks, clears, verified_on, kept_by, kept_at"
    ),
    "beds_rule": (
        "id, offering_id, agency_id, barrier, stands, negotiable, decided_by, words, words_fr, verified_on"
    ),
    "beds_count": (
        "id, offering_id, agency_id, number, actual, unavailable, occupied, reason, counted_by, counted_at"
    ),
    "beds_request": (
        "id, offering_id, shelter_id, agency_id, handle, state, asked_by, drafted_at, asked_at, answered_at, "
        "answer, moved_at, gender, household, children, circumstances, languages"
    ),
    "beds_hold": (
        "id, offering_id, shelter_id, agency_id, request_id, "
        "token, slot, asker, asker_slot, held_at, until, ended_at"
    ),
}
GATHERED = """
    update beds_offering o set stops = r.stops, talks = r.talks, clears = r.clears from (
        select offering_id, coalesce(array_agg(barrier order by barrier) filter (where stands
            and not negotiable), '{}') as stops,
            coalesce(array_agg(barrier order by barrier) filter (where stands and negotiable), '{}') as talks,
            coalesce(array_agg(barrier order by barrier) filter (where not stands), '{}') as clears
        from beds_rule group by offering_id) r where r.offering_id = o.id
"""


class Offerings:
    """So many programmes over the network's shelters."""

    def __init__(self, network: Network, many: int) -> None:
        self.network, self.many, self.draw = network, many, random.Random(network.seed + many)
        self.lines: dict[str, list[str]] = defaultdict(list)

    def fill(self, connection: psycopg.Connection[Any]) -> str:
        """Write them down, and return the one that has a single bed left."""
        for number in range(self.many):
            self._add(number)
        self._last_bed()
        copy(connection, self.lines, COLUMNS)
        connection.execute(GATHERED)  # as the trigger does, rule by rule
        return LAST_BED

    def _add(self, number: int) -> None:
        draw, agency = self.draw, 1 + number % (KEEPERS - 1)
        offering = f"00000000-0000-7000-8000-d{number:011d}"
        genders, households = draw.choice(FOR)
        self._offering(
            offering,
            agency,
            f"{draw.choice(self.network.names)} House {number}",
            draw.choice(REGIONS),
            draw.choice(STAYS),
            genders,
            households,
        )
        self._rules(offering, agency)
        actual = draw.randint(4, 60)
        live = draw.random() < 0.25
        self._counts(offering, agency, actual, draw.randint(actual * 3 // 4, actual) - live, draw.random())
        for nth in range(3):
            self._hold(offering, agency, nth, self._ago(draw.uniform(8, 60)), None)
        if live:
            self._hold(offering, agency, 3, self._ago(draw.uniform(0.1, 3)), 1 + number % actual)

    def _last_bed(self) -> None:
        self._offering(LAST_BED, HOUSE, "The last bed", "toronto", "tonight", "", "", at_once=True)
        self._count(LAST_BED, HOUSE, 1, 5, 4, 2)

    def _offering(
        self,
        offering: str,
        agency: int,
        name: str,
        region: str,
        stay: str,
        genders: str,
        households: str,
        *,
        at_once: bool = False,
    ) -> None:
        kept = f"{self._ago(200):%Y-%m-%d}\t{self.network.workers[agency][3]}\t{self._ago(200)}"
        self.lines["beds_offering"].append(
            f"{offering}\t{self.network.agencies[agency]}\t{name}\t\t\t\t{stay}\tbed\t{region}\t"
            f"{{{genders}}}\t16\t{{{households}}}\t{{dormitory}}\t{{en,fr}}\tcoordinator\t"
            f"555-0{100 + agency}\t555-0{100 + agency}\t{'t' if at_once else 'f'}\t4\t72\t{{}}\t{{}}\t{{}}\t"
            f"{{}}\t{kept}\n"
        )

    def _rules(self, offering: str, agency: int) -> None:
        for nth, barrier in enumerate(vocabulary.CIRCUMSTANCES):
            stops, talks, clears = STANDS.get(barrier, STANDS_ELSE)
            drawn = self.draw.randrange(100)
            if drawn < clears:
                words = "Ask at the desk; there is a place for it." if drawn < talks else ""
                self.lines["beds_rule"].append(
                    f"{_nth(offering, '1', nth)}\t{offering}\t{self.network.agencies[agency]}\t{barrier}\t"
                    f"{'t' if drawn < talks else 'f'}\t{'t' if stops <= drawn < talks else 'f'}\thouse\t"
                    f"{words}\t\t{self._ago(400):%Y-%m-%d}\n"
                )

    def _counts(self, offering: str, agency: int, actual: int, occupied: int, drawn: float) -> None:
        if drawn < 0.05:
            return
        for number, hours in enumerate(HOURS[:2] if drawn < 0.1 else HOURS):
            self._count(offering, agency, number + 1, actual, occupied, hours + drawn)

    def _count(
        self, offering: str, agency: int, number: int, actual: int, occupied: int, hours: float
    ) -> None:
        self.lines["beds_count"].append(
            f"{_nth(offering, '2', number)}\t{offering}\t{self.network.agencies[agency]}\t{number}\t"
            f"{actual}\t0\t{occupied}\tshift\t{self.network.workers[agency][3]}\t{self._ago(hours)}\n"
        )

    def _hold(self, offering: str, agency: int, nth: int, at: datetime, slot: int | None) -> None:
        """A request and its hold, which is live where it has a slot.

        Held for somebody who asks for nothing else.
        """
        asker = agency % (KEEPERS - 1) + 1
        shelter, other, request = (
            self.network.agencies[agency],
            self.network.agencies[asker],
            _nth(offering, "3", nth),
        )
        who, ended = _nth(offering, "5", nth), "\\N" if slot else str(at + timedelta(hours=1))
        state = "accepted" if slot else "declined"
        self.lines["beds_request"].append(
            f"{request}\t{offering}\t{shelter}\t{other}\tQuiet "
            f"Harp\t{state}\t{who}\t{at}\t{at}\t{at}\t\t{at}\t\t\t{{}}\t{{pets}}\t{{}}\n"
        )
        self.lines["beds_hold"].append(
            f"{_nth(offering, '4', nth)}\t{offering}\t{shelter}\t{other}\t{request}\tHBRK7\t"
            f"{slot or 100 + nth}\t{who}\t1\t{at}\t{at + timedelta(hours=4)}\t{ended}\n"
        )

    def _ago(self, hours: float) -> datetime:
        return self.network.now - timedelta(hours=hours)


def _nth(offering: str, kind: str, nth: int) -> str:
    """The id of a programme's n-th row of a kind."""
    return f"{kind}{nth:07d}{offering[8:]}"
