"""A worker for whom forty things wait, of every kind that waits for whoever keeps files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from alongside.accompaniment import commands as companions
from alongside.accompaniment.queries import State as Going
from alongside.agencies.models import Account, Agency, Shift, Worker
from alongside.appointments import commands as appointments
from alongside.beds import commands as beds
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.files.queries import shareable
from alongside.fund import commands as fund
from alongside.fund import queries as purchases
from alongside.handovers import commands as handovers
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.plans import commands as plans
from alongside.plans.queries import shareable as wants
from alongside.referrals import commands as referrals
from alongside.referrals import queries as requests

if TYPE_CHECKING:
    from alongside.appointments.models import Appointment
    from alongside.files.models import File
    from alongside.plans.models import Priority
    from alongside.referrals.models import Referral

A_SHIFT, A_DAY = timedelta(hours=8), timedelta(days=1)
FILES, ASKED, BOOKED, BOUGHT = 8, 4, 5, 3


@dataclass
class Waiting:
    """Who has so much to do, and who asks it of them."""

    maya: Worker
    priya: Worker
    ruth: Worker
    ines: Worker
    dana: Worker


def make() -> Waiting:
    """Make the worker, their colleagues, another agency and a shelter; and forty things that wait."""
    here, there, house = _agency("Open desk", "open-desk"), _agency("Elsewhere"), _agency("House", "shelter")
    who = Waiting(
        _worker(here, "Maya"),
        _worker(here, "Priya"),
        _worker(here, "Ruth", "leader"),
        _worker(there, "Ines"),
        _worker(house, "Dana", "intake"),
    )
    more(who)
    _handed_over(who)
    _of_the_fund(who)
    _of_beds(who)
    return who


def more(who: Waiting, hours: int = 0) -> None:
    """Open some files with something promised; of some of them more waits, from so many hours on."""
    opened = [_file(who.maya, number) for number in range(FILES)]
    for number, (file, wish) in enumerate(opened[:ASKED]):
        _asked(who.maya, who.ines, file, wish, "question" if number % 2 else "yes")
        _asked(who.ines, who.maya, *_file(who.ines, 0))
    for number, (file, _wish) in enumerate(opened[:BOOKED]):
        _booked(who, file, number, hours)
    with ctx.as_worker(who.maya.pk):
        files.choose_lead(file=opened[-1][0], lead_id=None, backup_id=None, by=who.maya, at=clock.now())


def _agency(name: str, kind: str = "other") -> Agency:
    with ctx.as_operator():
        told = {"slug": f"waiting-{token_hex(3)}", "name": f"{name} {token_hex(3)}", "kind": kind}
        return Agency.objects.create(sector="community", division="3558", **told)


def _worker(of: Agency, name: str, role: str = "caseworker") -> Worker:
    with ctx.as_operator(of.pk):
        account = Account.objects.create_user(f"{name.lower()}-{token_hex(4)}")
        seated = Worker.objects.create(account=account, agency=of, name=name, role=role)
    if seated.keeps_files:
        with ctx.as_worker(seated.pk):
            now = clock.now()
            Shift.objects.create(agency_id=of.pk, worker=seated, starts_at=now, ends_at=now + A_SHIFT)
    return seated


def _file(by: Worker, number: int) -> tuple[File, Priority]:
    """Open a file with something that is wanted, and something promised for today."""
    now = clock.now()
    with ctx.as_worker(by.pk):
        file = files.open(by=by, at=now)
        files.set_name(file=file, called=f"Jo {number}", pronouns="", by=by, at=now)
        said = {"channel": "text", "value": "555 0100"}
        ago = now - timedelta(days=31) if number % 4 == 0 else now
        files.write_contact(file=file, contact_id=None, body=said, safe=True, by=by, at=ago)
        facts = {"pace": "now", "need": "housing"}
        words = {"statement": "A door that locks."}
        wish = plans.add_priority(file_id=file.id, words=words, private={}, facts=facts, by=by, at=now)
        plans.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ring the school",
            worker_id=by.pk,
            due_on=clock.today() + timedelta(days=number % 2),
            by=by,
            at=now,
        )
        return file, wish


def _asked(by: Worker, to: Worker, file: File, wish: Priority, answer: str = "") -> None:
    """Ask an agency, until the day after tomorrow; it asks something back, or says yes, or nothing."""
    with ctx.as_worker(by.pk):
        asked = _agreed_on(by, to, file, wish)
    with ctx.as_worker(to.pk):
        if answer == "question":
            referrals.ask_back(referral=asked, words="Until when?", by=to, at=clock.now())
        elif answer:
            referrals.accept(referral=asked, by=to, at=clock.now())


def _agreed_on(by: Worker, to: Worker, file: File, wish: Priority) -> Referral:
    now = clock.now()
    asked = referrals.draft(
        file_id=file.id, to_agency_id=to.agency_id, need="housing", priority_id=wish.id, by=by, at=now
    )
    referrals.introduce(referral=asked, words="Jo is new here.", approved=True, by=by, at=now)
    release = consents.get_release(by, file.id, asked.release_id)
    items = [
        *shareable(by, file),
        *wants(by, file.id),
        *requests.shareable_introduction(by, requests.get_referral(by, asked.id)),
    ]
    consent.name_items(release=release, items=items, by=by)
    terms: dict[str, Any] = {"explained": True, "capacity": "self", "method": "oral-witnessed"}
    consent.set_terms(release=release, by=by, others_present="alone", until=now + 3 * A_DAY, **terms)
    draft = requests.get_draft(by, asked.id)
    read_back = requests.paper(by, draft, consents.get_release(by, file.id, draft.release_id)).version
    return referrals.agree_and_send(
        referral=asked, read_back=read_back, answer_within=2 * A_DAY, by=by, at=now
    )


def _booked(who: Waiting, file: File, number: int, hours: int) -> None:
    """Book an appointment of the worker's; they go along to every second, and arrange the others."""
    starts = clock.now() + timedelta(hours=hours + 2 * number + 1)
    with ctx.as_worker(who.maya.pk):
        booked = appointments.book(
            id=uuid7(),
            file_id=file.id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            words={"alias": "The Tuesday thing", "where": "Side door", "arrangements": {"travel": "A taxi"}},
            by=who.maya,
            at=clock.now(),
        )
    _goes_along(who, booked, number)


def _goes_along(who: Waiting, booked: Appointment, number: int) -> None:
    now, maya = clock.now(), who.maya
    if not number:
        with ctx.as_worker(who.ruth.pk):
            companions.keep_companion(
                worker_id=maya.pk,
                kind="worker",
                record_checked_on=clock.today(),
                trained_on=clock.today(),
                conflicts_said_on=clock.today(),
                languages=["en"],
                gender="",
                is_free=True,
                by=who.ruth,
                at=now,
            )
    with ctx.as_worker(maya.pk):
        going = companions.answer(appointment=booked, state=Going.ACCEPTED, by=maya, at=now)
        if number % 2 == 0:
            companions.choose(
                accompaniment=going, companion_id=maya.pk, backup_id=None, is_own=False, by=maya, at=now
            )
            words = {"alias": "The Tuesday thing", "where": "Side door", "called": "Jo"}
            companions.prepare(
                accompaniment=going,
                words=words,
                warning="",
                met="met",
                seat="beside",
                by=maya,
                at=now,
            )
            companions.confirm(accompaniment=going, by=maya, at=now)


def _handed_over(who: Waiting) -> None:
    """A colleague hands over what is due in two files, twice; the first is taken over."""
    for taken in (True, False):
        for number in (1, 2):
            file, _wish = _file(who.priya, number)
            with ctx.as_worker(who.priya.pk):
                notes = {file.id: "They come by at nine."}
        with ctx.as_worker(who.priya.pk):
            batch = handovers.hand_over(to=who.maya, notes=notes, by=who.priya, at=clock.now())
        if taken:
            with ctx.as_worker(who.maya.pk):
                handovers.take(batch_id=batch, by=who.maya, at=clock.now())


def _of_the_fund(who: Waiting) -> None:
    """Three things of the worker's are approved and to be paid; two of a colleague's wait for the worker."""
    now = clock.now()
    with ctx.as_worker(who.ruth.pk):
        for role in ("caseworker", "leader"):
            fund.set_limit(role=role, cents=100_00, by=who.ruth, at=now)
        pot = fund.open_pot(
            pot_id=uuid7(),
            name="Winter",
            ends_on=clock.today() + 60 * A_DAY,
            cents=900_00,
            by=who.ruth,
            at=now,
        )
    said: dict[str, Any] = {"pot": pot, "kind": "taxi", "cents": 40_00, "times": 1, "payee": "seller"}
    for by in (who.maya, who.maya, who.maya, who.priya, who.priya):
        with ctx.as_worker(by.pk):
            file = files.open(by=by, at=now)
            asked = fund.ask(purchase_id=uuid7(), file_id=file.id, by=by, at=now, **said)
        if by == who.maya:
            with ctx.as_worker(who.ruth.pk):
                fund.approve(purchase=asked, by=who.ruth, at=now)
            with ctx.as_worker(by.pk):
                fund.pay(instalment=purchases.instalments_of(asked)[0], cents=40_00, by=by, at=now)


def _of_beds(who: Waiting) -> None:
    """The worker asked for two beds; others ask two questions of the worker's agency."""
    now = clock.now()
    with ctx.as_worker(who.dana.pk):
        told = {"name": "Cedar nights", "region": "north", "stay": "tonight"}
        offering = beds.keep(offering_id=None, facts=told, by=who.dana, at=now)
        beds.count(
            offering_id=offering.pk, actual=4, unavailable=0, occupied=0, reason="shift", by=who.dana, at=now
        )
    with ctx.as_worker(who.maya.pk):
        for _ in range(2):
            draft = beds.draft(offering=offering, profile={}, by=who.maya, at=now)
            beds.ask(request=draft, by=who.maya, at=now)
    with ctx.as_worker(who.ines.pk):
        for need in ("housing", "food"):
            referrals.ask_for_capacity(
                to_agency_ids=[who.maya.agency_id],
                need=need,
                day=clock.today() + A_DAY,
                people=1,
                languages=[],
                by=who.ines,
                at=now,
            )
