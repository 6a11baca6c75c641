"""Every id there is, at every address that takes one, asked for by everybody, by looking and by pressing.

In the demonstration district, where every capability has something of everything. What somebody may not see,
as the database says of its row, may as well not be there: the answer is the one to an id that nobody has, and
nothing is written. Nothing breaks, nothing is written where the answer was a refusal, and no page says words
of a file, a study or a source that its reader may not open. With one factor, where two are required, nothing
answers but the way to the second. Beside the real ids: those of another thing, absent and malformed ones.

What is pressed is nothing, and what the pages of those who may see them would send. Each request is undone,
so that none finds what another did.
"""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from lxml import html
from psycopg import sql

from alongside.agencies.models import Worker
from alongside.agencies.tests import cast
from alongside.consent import commands as consent
from alongside.desk import jobs
from alongside.desk.tests.test_demo import told  # noqa: F401 - a fixture
from alongside.evidence import commands as evidence
from alongside.evidence.tests.test_exchange import packed
from alongside.files import commands as files
from alongside.files.models import File
from alongside.handovers import commands as handovers
from alongside.kernel import clock, ctx, seal
from alongside.kernel.rls.models import Sealed
from alongside.plans import commands as plans
from alongside.referrals.models import DeclinedReferral
from tests import lanes
from tests.addresses import capability_of, patterns, plain
from tests.frozen import frozen
from tests.ground import acting
from tests.test_closed_files import NOTED_ANYWAY, everything

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
NOBODYS_NUMBER, NOWHERE = 2**31 - 1, UUID("00000000-0000-7000-8000-000000000000")
LEAST = 12  # letters of a word that no page says by chance
# Of the places in addresses whose name is not the name of a table: which table and column, or which words.
OTHERWISE = {
    ("referrals", "release_id"): ("consent.Release", "id"),
    ("referrals", "recusal_id"): ("consent.Block", "id"),
    ("referrals", "ranked_id"): ("referrals.RankedAgency", "id"),
    ("referrals", "capacity_id"): ("referrals.CapacityRequest", "id"),
    ("directory", "key"): ("directory.Service", "id"),
    ("indicators", "line"): ("indicators.Parameter", "line"),
    ("handovers", "batch_id"): ("handovers.Handover", "batch_id"),
    ("handovers", "holder_id"): ("agencies.Worker", "id"),
    ("views", "pk"): ("mfa.Authenticator", "id"),
}
WORDS = {
    "region": ["central", "north"],
    "kind": ["services", "definition", "plea"],
    "language": ["en", "fr"],
    "slug": ["two-rivers", "another"],
    "token": ["nobodys"],
    "number": ["1", "2", "4294967296"],
    "before": ["1", "4294967296"],
    "ending": ["pdf", "csv"],
    "session_id": [NOWHERE],
    "name": ["en.pdf", "brief.css", "secrets.txt", "caseworker"],
    "code": ["vacancy", "capacity"],
}
MALFORMED = ("0", "-1", "x" * 300, "%00", "01a2234d30417b119d7e9f2a4b6c8d0e", "9" * 40)
# What a session with one factor may do where two are required: add the second, or leave.
LEAD_AWAY = {"exit", "account_logout"}
ASKING_NOTHING = {"hugo", "sami"}  # whose passkeys are no real ones
SAMPLE, FEW = 24, 6  # of the quick lane: how much is asked, and by how many
MANY = 300  # of the thorough lane, by everybody; ALONGSIDE_EVERY_ID=all asks all there is
# where things of other agencies are shown, as nothing in them is about anybody
OTHERS_TOO = {"directory:entry", "directory:edit", "directory:visibility", "directory:hsds_record"}
NOTES_READING = {"referrals:referral"}  # who was asked has read it: the sender sees when
PUBLISHED = "briefs:published"  # what a brief printed with an agreement is everybody's
SELDOM = 0.15  # what is nobody's and what is no id: not for everybody at each address
MOST_FORMS = 20  # kept of each address
PEOPLE = """
    select distinct on (w.role, g.slug in ('riverside', 'police'), blocked, is_on)
        a.username, w.role, w.id, w.agency_id
    from agencies_worker w
        join agencies_agency g on g.id = w.agency_id
        join agencies_account a on a.id = w.account_id,
        lateral (select exists (select from consent_block where against = 'worker:' || w.id),
            exists (select from agencies_shift s where s.worker_id = w.id)) b (blocked, is_on)
    where a.username <> all(%s)
    order by w.role, g.slug in ('riverside', 'police'), blocked, is_on, g.slug, a.username
"""
WITH_ONE_FACTOR = {
    "second_step",
    "account_reauthenticate",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "account_logout",
    "exit",
    "language",
}


@pytest.fixture
@frozen
def district(superuser, told):
    """The district with its evidence, and one of each kind that it has nothing of.

    Returns what each worker can read of what is sealed.
    """
    jobs.tell_evidence()
    maya, priya, tomas, esme, ada = (
        seat(superuser, name) for name in ("maya", "priya", "tomas", "esme", "ada")
    )
    superuser.execute("delete from agencies_shift where worker_id = %s", [priya.pk])
    theirs = "select id from files_file where lead_id = %s and closed_at is null order by id limit 3"
    first, second, third = (id for (id,) in superuser.execute(theirs, [maya.pk]).fetchall())
    with ctx.as_worker(priya.pk):
        file = File.objects.get(pk=first)
        files.justify(file=file, why="there", words="They rang at the door", by=priya, at=clock.now())
        plans.add_step(
            file_id=first,
            priority_id=None,
            words="Ask the ward which evening",
            worker_id=priya.pk,
            due_on=clock.day(clock.now()),
            by=priya,
            at=clock.now(),
        )
        handovers.hand_over(to=maya, notes={first: "They like to be asked first."}, by=priya, at=clock.now())
        handovers.say_check(file_id=first, due_on=clock.today(), by=priya, at=clock.now())
    with ctx.as_worker(maya.pk):
        passed = handovers.hand_over_held(whose=maya, takers={third: priya.pk}, leaves=True, by=maya)
        assert passed == 1
    with ctx.as_worker(tomas.pk):
        consent.recuse(file_id=second, by=tomas, at=clock.now())
    invited = cast.sign_in(Client(), ada).post(
        reverse("invitations"), {"id": str(uuid4()), "name": "Nell", "role": "intake"}
    )
    assert invited.status_code == 302, invited.content.decode()
    (study,) = superuser.execute("select id from evidence_study").fetchone()
    with ctx.as_worker(esme.pk):
        evidence.write_memo(study_id=study, words="A thought of the editor", by=esme, at=clock.now())
    client = cast.sign_in(Client(), esme)
    sent = SimpleUploadedFile("project.qdpx", packed())
    came = client.post(
        reverse("evidence:exchange", args=[study]), {"upload": sent, "kind": "interview", "language": "en"}
    )
    assert came.status_code == 302, came.content.decode()
    for who in (seat(superuser, name) for name in ASKING_NOTHING):
        superuser.execute(
            "insert into mfa_authenticator (user_id, type, data, created_at)"
            """ values (%s, 'webauthn', '{"name": "k"}', now())""",
            [who.account_id],
        )

    everybody = [id for (id,) in superuser.execute("select id from agencies_worker").fetchall()]
    return {worker: set(opened_by(worker)) for worker in everybody}


def opened_by(worker: UUID) -> Iterator[str]:
    """What somebody can read of everything that is sealed."""
    with ctx.as_worker(worker), seal.unlogged():
        agency = Worker.objects.get(pk=worker).agency_id
        for model in apps.get_models():
            columns = [each.name for each in model._meta.fields if isinstance(each, Sealed)]
            for row in model._default_manager.all() if columns else ():
                for column in columns:
                    yield from words_in(seal.unseal(row, column, agency_id=agency))


def words_in(said: Any) -> Iterator[str]:
    """The words of something sealed that are long enough to be known again."""
    if isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from words_in(part)
    elif isinstance(said, str) and len(said) >= LEAST and " " in said:
        yield said


def seat(superuser, username):
    """The seat of somebody in the district."""
    found = (
        "select w.id from agencies_worker w join agencies_account a on a.id = w.account_id"
        " where a.username = %s"
    )
    (id,) = superuser.execute(found, [username]).fetchone()
    with ctx.as_worker(id):
        return Worker.objects.select_related("account", "agency").get(pk=id)


@dataclass(frozen=True)
class Row:
    """Something that addresses name: its id, the ids beside it, whose it is, its state, its file's."""

    id: Any
    beside: dict[str, Any]
    agency: Any
    state: tuple[Any, ...]
    blocks: set[str]

    def is_to(self, somebody: Somebody, *, seen: bool) -> tuple[Any, ...]:
        """What it is to somebody; one of each is tried."""
        mine = {f"worker:{somebody.worker}", f"agency:{somebody.agency}"}
        return seen, self.agency == somebody.agency, bool(self.blocks & mine), self.state if seen else None


@dataclass(frozen=True)
class Case:
    """An address, filled; and the same as if nothing were there of what its asker may not see."""

    name: str
    address: str
    absent: str
    malformed: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back, and in which tables something was written meanwhile."""

    status: int
    where: str
    body: str
    told: bytes
    wrote: set[str]

    def is_like(self, other: Answer) -> bool:
        return (self.status, self.where, self.told) == (other.status, other.where, other.told)


@dataclass
class Somebody:
    """Who asks: signed in with one factor or two, or not at all."""

    who: str
    client: Client
    worker: UUID | None = None
    agency: UUID | None = None
    sees: dict[str, set[Any]] = field(default_factory=dict)  # ids of rows, by table
    hidden: set[str] = field(default_factory=set)  # words that nothing tells them


def kind_of(capability: str, place: str) -> tuple[type[models.Model] | None, str]:
    """Which table a place in an address is about, by which column: the capability's own before others'."""
    if place in WORDS:
        return None, ""
    if (capability, place) in OTHERWISE:
        label, column = OTHERWISE[capability, place]
        return apps.get_model(label), column
    name = place.removesuffix("_id").replace("_", "")
    own = [model for model in apps.get_models() if model._meta.app_label == capability]
    exact = [model for model in (*own, *apps.get_models()) if model._meta.model_name == name]
    return [*exact, *(model for model in own if str(model._meta.model_name).endswith(name))][0], "id"


def as_id(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) else value


def fill(path: str, ids: dict[str, Any]) -> str:
    return PLACE.sub(lambda place: str(ids[place[1]]), path)


def leads(address: str) -> bool:
    """Whether anything answers at this address."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def absent(places: list[str], *, but: set[str]) -> dict[str, Any]:
    """Ids that nobody has, for what may not be seen."""
    return {place: NOBODYS_NUMBER if place == "pk" else NOWHERE for place in places if place not in but}


def counted() -> dict[str, int]:
    """How many rows were written in this transaction so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select case schemaname when 'public' then '' else schemaname || '.' end || relname,"
            " n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
        )
        return {name: number for name, number in cursor.fetchall() if not NOTED_ANYWAY.match(name)}


ROWS = """
    select t.{id}, to_jsonb(t) - 'body', f.closed_at is not null, f.shredded_at is not null,
        array(select against from consent_block b where b.file_id = f.id and b.lifted_at is null)
    from {table} t left join files_file f on f.id::text = coalesce(to_jsonb(t) ->> 'file_id', t.{id}::text)
    order by t.{id}
"""


class World:
    """What there is, who may see it, and what is asked."""

    def __init__(self, superuser, seed: int) -> None:
        self.superuser, self.draw = superuser, random.Random(seed)  # noqa: S311 - the same each time
        self.rows: dict[str, list[Row]] = {}
        self.forms: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.told: dict[tuple[Any, ...], Answer] = {}
        self.wrong: list[str] = []
        self.foreign = 0

    def rows_of(self, model: type[models.Model], column: str) -> list[Row]:
        """Every row of a table."""
        table = model._meta.db_table
        if (key := f"{table}.{column}") not in self.rows:
            words = sql.SQL(ROWS).format(id=sql.Identifier(column), table=sql.Identifier(table))
            self.rows[key] = [
                Row(
                    id,
                    {name: as_id(value) for name, value in facts.items() if name.endswith("_id")},
                    as_id(facts.get("agency_id")),
                    (facts.get("state"), closed, gone),
                    set(blocks),
                )
                for id, facts, closed, gone, blocks in self.superuser.execute(words).fetchall()
            ]
            assert self.rows[key], f"the district has nothing in {table}"
        return self.rows[key]

    def cases(self, somebody: Somebody) -> Iterator[Case]:
        """Each address with one of each group of rows, with nobody's ids, and with what is no id."""
        for name, path, pattern in patterns():
            places = PLACE.findall(path)
            if not places:
                yield Case(name, path, path)
                continue
            capability = capability_of(pattern)
            kinds = {place: kind_of(capability, place) for place in places}
            for ids in self._ids(kinds, places, somebody):
                seen = {place for place, id in ids.items() if self._may_see(name, kinds[place], id, somebody)}
                address, gone = fill(path, ids), fill(path, ids | absent(places, but=seen))
                yield Case(name, address, gone, malformed=not leads(address))
            if self.draw.random() > SELDOM:
                continue
            malformed = dict.fromkeys(places, self.draw.choice(MALFORMED))
            yield Case(name, fill(path, malformed), fill(path, malformed), malformed=True)

    def _ids(self, kinds, places, somebody) -> Iterator[dict[str, Any]]:
        about, column = kinds[places[-1]]
        if about is None:
            about, column = kinds[places[0]]
        words = [WORDS[place] for place in places if kinds[place][0] is None]
        for spoken in product(*words):
            said = dict(zip([place for place in places if kinds[place][0] is None], spoken, strict=True))
            if about is None:
                yield said
                continue
            last = next(place for place in reversed(places) if kinds[place][0] is about)
            groups, seen = defaultdict(list), self._seen(somebody, about, column)
            for row in self.rows_of(about, column):
                groups[row.is_to(somebody, seen=row.id in seen)].append(row)
            for group in groups.values():
                row = self.draw.choice(group)
                others = [place for place in places if place != last and place not in said]
                others_of = {place: self._any(kinds, place) for place in others}
                yield (
                    said
                    | others_of
                    | {last: row.id}
                    | {place: row.beside[place] for place in others if row.beside.get(place)}
                )
                if others:  # a thing of another
                    yield said | others_of | {last: row.id}
            if self.draw.random() < SELDOM:
                yield said | absent(places, but=set(said))

    def _any(self, kinds, place) -> Any:
        return self.draw.choice(self.rows_of(*kinds[place])).id

    def _may_see(self, name, kind, id, somebody) -> bool:
        """Whether they may see a row; where all may be read, another agency’s only where it says so."""
        if kind[0] is None:
            return True
        if id not in self._seen(somebody, *kind):
            return False
        if self._is_guarded(kind[0]) or name in OTHERS_TOO:
            return True
        return next(row for row in self.rows_of(*kind) if row.id == id).agency == somebody.agency

    def _is_guarded(self, model: type[models.Model]) -> bool:
        asked = "select relrowsecurity from pg_class where oid = %s::regclass"
        return self.superuser.execute(asked, [model._meta.db_table]).fetchone()[0]

    def _seen(self, somebody: Somebody, model: type[models.Model], column: str) -> set[Any]:
        table = model._meta.db_table
        if (key := f"{table}.{column}") not in somebody.sees:
            words = sql.SQL("select {} from {}").format(sql.Identifier(column), sql.Identifier(table))
            with acting(somebody.worker) as app:
                somebody.sees[key] = {id for (id,) in app.execute(words).fetchall()}
        return somebody.sees[key]

    def ask(self, somebody: Somebody, method: str, address: str, sends: dict[str, Any]) -> Answer:
        """Ask, and undo."""
        cookies = SimpleCookie(somebody.client.cookies)
        with transaction.atomic():
            before = counted()
            somebody.client.raise_request_exception = False
            answer = getattr(somebody.client, method)(address, sends)
            body = answer.getvalue() if answer.streaming else answer.content
            status, after = answer.status_code, counted()
            try:
                connection.check_constraints()  # as a commit would
            except IntegrityError:
                status = 500
            transaction.set_rollback(True)
        somebody.client.cookies = cookies
        wrote = {table for table, number in after.items() if number > before.get(table, 0)}
        where = answer.get("Location", "").partition("?")[0]
        return Answer(status, where, body.decode(errors="replace"), plain(answer), wrote)

    def judge(self, somebody: Somebody, method: str, case: Case, sends: dict[str, Any]) -> Answer:
        """Ask what is asked, and remember what is wrong with the answer."""
        answer = self.ask(somebody, method, case.address, sends)
        wrong = [f"{answer.status}"] if answer.status >= 500 else []
        if case.absent != case.address:
            self.foreign += 1
            key = (somebody.who, method, case.absent, repr(sends))
            if key not in self.told:
                self.told[key] = self.ask(somebody, method, case.absent, sends)
            own_no = method == "post" and answer.status == 409 and self._is_own_no(somebody, case)
            if not answer.is_like(self.told[key]) and not own_no:
                wrong.append(f"{answer.status} {answer.where}, and {self.told[key].status} if it were absent")
        looked = method == "get" and case.name not in NOTES_READING
        if answer.wrote and (looked or answer.status >= 400 or case.absent != case.address):
            wrong += self._written(somebody, method, case, sends)
        if not case.name.startswith(PUBLISHED):
            wrong += [
                f"says {word!r}"
                for word in somebody.hidden
                if word in answer.body and word not in repr(sends)
            ]
        self.wrong += [f"{method} {case.address} as {somebody.who} {sends}: {what}" for what in wrong]
        return answer

    def _is_own_no(self, somebody: Somebody, case: Case) -> bool:
        """Whether their own agency said no to it, which whoever presses after that is told."""
        declined = self._seen(somebody, DeclinedReferral, "referral_id")
        return any(str(id) in case.address for id in declined)

    def _written(self, somebody, method, case, sends) -> list[str]:
        """What stays written, past what was undone inside the request."""
        before = everything()
        cookies = SimpleCookie(somebody.client.cookies)
        getattr(somebody.client, method)(case.address, sends)
        somebody.client.cookies = cookies
        after = everything()
        return [f"writes in {table}" for table in after if before[table] != after[table]]

    def gather(self, answer: Answer) -> None:
        """Keep what the forms of a page would send, by the address they go to."""
        if answer.status != 200 or "<form" not in answer.body:
            return
        for form in html.fromstring(answer.body.encode()).iter("form"):
            buttons = [button for button in form.iter("button") if button.get("type", "submit") == "submit"]
            for button in buttons if (form.get("method") or "").lower() == "post" else ():
                sends = {name: value for name, value in form.fields.items() if value is not None}
                if button.get("name"):
                    sends[button.get("name")] = button.get("value", "")
                try:
                    name = resolve((button.get("formaction") or form.get("action")).split("?")[0]).view_name
                except (Resolver404, AttributeError):
                    continue
                if len(self.forms[name]) < MOST_FORMS:
                    self.forms[name].append(sends)


def people(superuser, words: dict[UUID, set[str]], factors: int) -> list[Somebody]:
    """Each role where most files are and elsewhere, on and not; whom a person said "not them" of; nobody."""
    every = set().union(*words.values())
    found = superuser.execute(PEOPLE, [list(ASKING_NOTHING)]).fetchall()
    return [Somebody("nobody", Client(), hidden=every)] * (factors == 2) + [
        Somebody(
            f"{name}, {role}",
            cast.sign_in(Client(), seat(superuser, name), factors),
            worker,
            agency,
            hidden=every - words[worker],
        )
        for name, role, worker, agency in found
    ]


@pytest.fixture
def world(superuser, district, settings):
    settings.SECOND_STEP_REQUIRED = True
    return World(superuser, seed=24)


def to_ask(world: World, everybody: list[Somebody]) -> list[tuple[Somebody, Case]]:
    """Who asks what: a sample, the same each time, larger in the thorough lane; or all there is."""
    if not lanes.THOROUGH:
        everybody = world.draw.sample(everybody, FEW)
    cases = [(who, case) for who in everybody for case in world.cases(who) if case.name not in LEAD_AWAY]
    if os.environ.get("ALONGSIDE_EVERY_ID") == "all":
        return cases
    return world.draw.sample(cases, MANY if lanes.THOROUGH else SAMPLE)


@pytest.mark.costly("a sample of every id, larger in the thorough lane")
def test_what_one_may_not_see_may_as_well_not_be_there_at_any_address(world, superuser, district):
    cases = to_ask(world, people(superuser, district, factors=2))

    for who, case in cases:
        world.gather(world.judge(who, "get", case, {}))
    for who, case in cases:
        for sends in [{}, *world.draw.sample(world.forms[case.name], min(1, len(world.forms[case.name])))]:
            world.judge(who, "post", case, sends)

    assert not world.wrong, "\n".join(world.wrong)
    assert world.foreign > len(cases) / 10, "there is hardly anything they may not see"


@pytest.mark.costly("a sample of every id, larger in the thorough lane")
def test_with_one_factor_nothing_opens_but_the_way_to_the_second_at_any_address(world, superuser, district):
    cases = to_ask(world, people(superuser, district, factors=1))

    for who, case in (each for each in cases if not each[1].malformed):
        for method in ("get", "post"):
            answer = world.ask(who, method, case.address, {})
            opens = (answer.status, answer.where) != (302, reverse("second_step"))
            if opens != (case.name in WITH_ONE_FACTOR) or (answer.wrote and case.name not in WITH_ONE_FACTOR):
                world.wrong.append(f"{method} {case.address} as {who.who}: {answer.status} {answer.wrote}")

    assert not world.wrong, "\n".join(world.wrong)
