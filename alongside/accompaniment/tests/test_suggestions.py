"""Who could come, through the door: what is suggested, to whom, and what nobody can read from it."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.accompaniment import commands
from alongside.accompaniment.commands import availability, suggestions
from alongside.accompaniment.models import Accompaniment, State, SuggestionRun
from alongside.accompaniment.queries import problems
from alongside.accompaniment.queries import suggestions as queries
from alongside.accompaniment.tests.examples import companion, vouched
from alongside.appointments import commands as appointments
from alongside.consent import commands as consents
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
PAGE = "/accompaniment/suggestion"
CHANGES = rb'name="(?:csrfmiddlewaretoken|version|id)" value="[^"]*"|nonce="[^"]*"|[\w-]{43,}'
ALWAYS = {weekday: [(0, 24 * 60)] for weekday in range(7)}


@pytest.fixture
@frozen
def there(live):
    """Maya keeps Jo's file and Ray's; Sol and Kim go along and are always free; Priya keeps others' files."""
    return world()


def world():
    here = cast.agency("Riverside")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE, on=False)
    found = SimpleNamespace(maya=maya, priya=cast.worker(here, "Priya", on=False))
    found.sol, found.kim = companion(maya), companion(maya, "Kim")
    found.files = [cast.file(maya, "Jo"), cast.file(maya, "Ray")]
    for who in (found.sol, found.kim):
        free(who)
    found.asked = [wanted(found, file, 30 + 3 * n) for n, file in enumerate(found.files)]
    return found


def free(who, week=ALWAYS):
    with ctx.as_worker(who.pk):
        availability.keep_week(worker_id=who.pk, week=week, by=who, at=clock.now())


def wanted(there, file, hours, by=None):
    """An appointment to which the person would like somebody to come."""
    starts, by = clock.now() + timedelta(hours=hours), by or there.maya
    with ctx.as_worker(by.pk):
        booked = appointments.book(
            id=uuid7(),
            file_id=file.id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            words={"alias": "The library"},
            by=by,
            at=clock.now(),
        )
        return commands.answer(appointment=booked, state=State.ACCEPTED, by=by, at=clock.now())


def choose(there, made, who, backup=None):
    with ctx.as_worker(there.maya.pk):
        commands.choose(
            accompaniment=made,
            companion_id=who.pk,
            backup_id=backup and backup.pk,
            is_own=False,
            by=there.maya,
            at=clock.now(),
        )


def not_them(there, file, who):
    with ctx.as_worker(there.maya.pk):
        consents.block(
            file_id=file.id,
            against=f"worker:{who.pk}",
            item_id=None,
            by=there.maya,
            at=clock.now(),
        )


def lines(there, by=None):
    """What the page says: for each appointment who is named, and the reasons."""
    by = by or there.maya
    with ctx.as_worker(by.pk):
        today = clock.today()
        asked = queries.asked_for(by, today, 7, clock.now())
        found = queries.shown(by, asked, queries.suggest_now(asked), today, 7)
    return [line for _day, told in found.days for line in told]


def page(by, address=PAGE):
    """The page without what is another at every answer."""
    return re.sub(CHANGES, b"", cast.sign_in(Client(), by).get(address).content)


def test_each_line_says_who_and_why_and_leads_to_the_choice_with_them_chosen(there):
    client = cast.sign_in(Client(), there.maya)

    shown = client.get(PAGE)
    first = lines(there)[0]

    assert "A suggestion, nothing more" in cast.words(shown)
    assert "has not come along with them yet" in first.why
    leads = f"/accompaniment/{first.accompaniment.id}/companion?who={first.worker_id}"
    assert leads in shown.content.decode()
    assert re.search(rf'value="{first.worker_id}"[^>]*checked', client.get(leads).content.decode())


def test_whom_they_chose_is_fixed_and_fair_load_moves_nobody(there):
    choose(there, there.asked[0], there.sol)
    choose(there, there.asked[1], there.sol)

    assert [(line.name, line.is_chosen) for line in lines(there)] == [("Sol", True), ("Sol", True)]


def test_who_goes_elsewhere_is_not_free_then_though_that_file_opens_to_nobody_here(there):
    other = cast.file(there.priya, "Ash")
    made = wanted(there, other, 30, by=there.priya)
    with ctx.as_worker(there.priya.pk):
        commands.choose(
            accompaniment=made, companion_id=there.kim.pk, backup_id=None, is_own=False,
            by=there.priya, at=clock.now(),
        )  # fmt: skip

    told = lines(there)

    assert len(told) == 2, "Ash’s is not among them"
    assert told[0].name == "Sol"
    assert not told[0].others


def test_a_wish_is_met_by_who_speaks_it_and_said(there):
    free(vouched_worker(there))
    with ctx.as_worker(there.maya.pk):
        availability.wish(
            accompaniment=there.asked[0], place_id=None, language="fr", is_must=True, gender="",
            by=there.maya, at=clock.now(),
        )  # fmt: skip

    assert "speaks French" in lines(there)[0].why


def vouched_worker(there):
    vouched(there.priya, there.maya)
    return there.priya


def test_nobody_free_is_said_and_leads_to_what_they_wish_for(there):
    for who in (there.sol, there.kim):
        free(who, {})

    shown = cast.sign_in(Client(), there.maya).get(PAGE)

    assert "Nobody was found for this time" in cast.words(shown)
    assert f"/accompaniment/{there.asked[0].id}/wish" in shown.content.decode()


def test_who_cannot_come_is_not_suggested_again_and_the_backup_is(there):
    choose(there, there.asked[0], there.sol, there.kim)
    with ctx.as_worker(there.sol.pk):
        commands.cannot_come(accompaniment=there.asked[0], by=there.sol, at=clock.now())

    first = lines(there)[0]

    assert first.name == "Kim"
    assert "would take them instead" in first.why
    assert not first.others


def test_who_keeps_no_files_has_no_such_page_and_a_colleague_sees_no_file_that_is_not_open_to_them(there):
    assert cast.sign_in(Client(), there.sol).get(PAGE).status_code == 404
    assert lines(there, by=there.priya) == []


ACTS = st.lists(
    st.tuples(st.sampled_from(["choose", "wish", "hours", "accept"]), st.sampled_from([0, 1])), max_size=4
)


@pytest.mark.costly("each example is a world of its own, asked through the door twice")
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_behind_a_not_them_is_the_same_page_as_not_there_whatever_was_done_before(db, superuser, acts):
    there = world()
    for what, n in acts:
        act(there, what, n)
    for file in there.files:
        not_them(there, file, there.kim)
    addresses = [PAGE, *(f"/accompaniment/{one.id}/companion" for one in there.asked)]
    walled = [page(there.maya, address) for address in addresses]

    superuser.execute("delete from accompaniment_companion where worker_id = %s", [there.kim.pk])
    superuser.execute("delete from accompaniment_availability where worker_id = %s", [there.kim.pk])

    assert [page(there.maya, address) for address in addresses] == walled
    assert b"Kim" not in b"".join(walled)


def act(there, what, n):
    if what == "hours":
        free([there.sol, there.kim][n], {weekday: [(8 * 60, 12 * 60)] for weekday in range(7)})
        return
    with ctx.as_worker(there.maya.pk):
        row = Accompaniment.objects.get(id=there.asked[n].id)
        if what == "wish":
            availability.wish(
                accompaniment=row, place_id=None, language="fr", is_must=bool(n), gender="",
                by=there.maya, at=clock.now(),
            )  # fmt: skip
    if what == "choose" and row.state in (State.ACCEPTED, State.CHOSEN):
        choose(there, row, there.sol)
    if what == "accept" and row.state == State.CHOSEN:
        with ctx.as_worker(there.maya.pk):
            commands.answer(
                appointment=SimpleNamespace(id=row.appointment_id, file_id=row.file_id),
                state=State.ACCEPTED,
                by=there.maya,
                at=clock.now(),
            )


@pytest.fixture
def much(monkeypatch):
    """Everything is too much to be answered at once."""
    monkeypatch.setattr(problems, "SMALL", -1)


def test_what_takes_a_while_is_looked_up_by_a_job_shown_with_its_progress_and_found_again(there, much):
    client = cast.sign_in(Client(), there.maya)
    sends = {"from": clock.today().isoformat(), "days": "7"}

    assert "There is a lot to look at" in cast.words(client.get(PAGE))
    assert client.post(PAGE, sends).status_code == client.post(PAGE, sends).status_code == 302
    (job,) = ProcrastinateJob.objects.filter(task_name=suggestions.TASK)
    assert "<progress" in client.get(PAGE).content.decode()
    suggestions.carry_out(**job.args)

    assert "has not come along with them yet" in cast.words(client.get(PAGE))
    assert not {"library", "Sol", "Jo"} & set(re.findall(r"\w+", str(kept(there).found)))


def test_a_not_them_after_it_was_looked_up_is_another_question(there, much):
    client = cast.sign_in(Client(), there.maya)
    client.post(PAGE, {"from": clock.today().isoformat(), "days": "7"})
    (job,) = ProcrastinateJob.objects.filter(task_name=suggestions.TASK)
    suggestions.carry_out(**job.args)

    not_them(there, there.files[0], there.kim)

    assert "There is a lot to look at" in cast.words(client.get(PAGE))


def test_what_a_killed_job_left_can_be_asked_again(there, much, superuser):
    client = cast.sign_in(Client(), there.maya)
    client.post(PAGE, {"from": clock.today().isoformat(), "days": "7"})
    superuser.execute("update accompaniment_suggestionrun set asked_at = now() - interval '5 minutes'")

    assert "There is a lot to look at" in cast.words(client.get(PAGE))


def test_what_was_looked_up_is_its_askers_alone_and_gone_by_the_night(there, much, superuser):
    with ctx.as_worker(there.maya.pk):
        suggestions.look_up(first=clock.today(), days=7, by=there.maya, at=clock.now())
    with ctx.as_worker(there.priya.pk):
        assert not SuggestionRun.objects.exists()
    superuser.execute("update accompaniment_suggestionrun set asked_at = now() - interval '13 hours'")

    assert kept(there) is None
    assert suggestions.sweep_suggestions() == 1
    assert superuser.execute("select count(*) from accompaniment_suggestionrun").fetchone() == (0,)


def kept(there):
    with ctx.as_worker(there.maya.pk):
        return SuggestionRun.objects.first()
