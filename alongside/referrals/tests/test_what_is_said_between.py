"""What two agencies say to each other about a request: a question, messages, not yet, not us but they can."""

from datetime import time, timedelta

import psycopg
import pytest
import time_machine

from alongside.agencies.declarations import takes_only_packages
from alongside.directory import commands as directory
from alongside.files import queries as file_queries
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.referrals import commands, queries
from alongside.referrals.models import Message
from alongside.referrals.rules import CannotMove, CannotTell
from alongside.referrals.tests import cast
from alongside.trail.models import Entry
from tests import databases
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """An open desk that asked a legal clinic and, of another file, the police."""
    desk, cedar = cast.agency("Riverside"), cast.agency("Cedar", "criminal-legal", "legal-clinic")
    police = cast.agency("Town Police", "criminal-legal", "police")
    maya = cast.worker(desk)
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    return {
        "maya": maya,
        "off": cast.worker(desk, "Ana", on=False),
        "ines": cast.worker(cedar, "Ines", "intake"),
        "leo": cast.worker(police, "Leo", "intake"),
        "noor": cast.worker(cast.agency("Hillcrest"), "Noor"),
        "file": file,
        "asked": cast.request(file, maya, cedar, wish),
        "package": cast.request(file, maya, police, wish),
    }


def act(who, command, referral, **what):
    with ctx.as_worker(who.pk):
        return command(referral=queries.get_referral(who, referral.id), by=who, at=clock.now(), **what)


def texts(who, referral):
    with ctx.as_worker(who.pk):
        return [said.text for said in queries.said(who, referral)]


def ask_and_reply(scene):
    act(scene["ines"], commands.ask_back, scene["asked"], words="Is the side door better?")
    act(scene["maya"], commands.write, scene["asked"], words="The side door.")


def test_a_question_is_answered_under_the_same_agreement_and_is_no_no(scene):
    ask_and_reply(scene)
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]

    for who in (maya, ines):
        assert texts(who, asked) == ["Is the side door better?", "The side door."]
    with ctx.as_worker(ines.pk):
        assert queries.get_referral(ines, asked.id).state == "requested"
        assert queries.introduction(ines, asked)
    with ctx.as_worker(maya.pk):
        assert list(Message.objects.order_by("id").values_list("kind", flat=True)) == ["question", "reply"]
        assert not Gap.objects.exists()


def test_a_question_rises_with_whoever_asked_until_it_is_answered(scene):
    maya = scene["maya"]

    act(scene["ines"], commands.ask_back, scene["asked"], words="Is the side door better?")

    with ctx.as_worker(maya.pk):
        assert [r.id for r in queries.answers(maya, clock.now())] == [scene["asked"].id]
    act(maya, commands.write, scene["asked"], words="The side door.")
    with ctx.as_worker(maya.pk):
        assert list(queries.answers(maya, clock.now())) == []


def test_nobody_else_reads_a_word(scene):
    ask_and_reply(scene)

    for who in (scene["off"], scene["noor"], scene["leo"]):
        assert texts(who, scene["asked"]) == []


def end(scene, how):
    maya, ines, asked, at = scene["maya"], scene["ines"], scene["asked"], clock.now()
    if how == "worked":
        act(ines, commands.say_yes, asked)
        act(maya, commands.record_outcome, asked, outcome="worked")
    elif how == "declined":
        act(ines, commands.decline, asked, reason="no-capacity", barriers=[], wait_band="")
    elif how == "taken back":
        act(maya, commands.take_back, asked)
    else:
        with ctx.as_worker(maya.pk):
            if how == "withdrawn":
                commands.withdraw(file_id=asked.file_id, release_id=asked.release_id, by=maya, at=at)
            else:
                against = f"agency:{ines.agency_id}"
                commands.block(file_id=asked.file_id, against=against, item_id=None, by=maya, at=at)


@pytest.mark.parametrize("how", ["withdrawn", "taken back", "worked", "declined", "not them"])
def test_it_is_gone_with_the_agreement_at_the_next_statement(scene, how):
    ask_and_reply(scene)

    end(scene, how)

    assert texts(scene["maya"], scene["asked"]) == texts(scene["ines"], scene["asked"]) == []


def test_it_is_gone_when_the_agreement_has_run_out(scene, superuser):
    ask_and_reply(scene)

    with databases.without_triggers():
        superuser.execute(
            "update consent_release set starts_at = now() - interval '9 days', until = now() - interval '1 s'"
        )

    assert texts(scene["maya"], scene["asked"]) == texts(scene["ines"], scene["asked"]) == []


@pytest.mark.parametrize(
    "words",
    ["Her number is 705-555-0142", "She is 34 years old", "jo@example.org", "22 Elm Street", " ", "x" * 401],
)
def test_what_tells_who_somebody_is_does_not_go(scene, words):
    for who, command in ((scene["ines"], commands.ask_back), (scene["maya"], commands.write)):
        with pytest.raises(CannotTell):
            act(who, command, scene["asked"], words=words)


def test_what_may_be_a_name_is_looked_at_first(scene, client):
    cast.sign_in(client, scene["maya"])
    path = f"/requests/{scene['asked'].id}/messages"

    first = client.post(path, {"words": "Biscuit can come too."})
    then = client.post(path, {"words": "Biscuit can come too.", "looked": "on"})

    assert (first.status_code, then.status_code) == (422, 302)
    assert "Biscuit can come too." in first.content.decode()
    assert texts(scene["ines"], scene["asked"]) == ["Biscuit can come too."]


def test_whatever_tells_is_said_at_once_and_nothing_typed_is_lost(scene, client):
    cast.sign_in(client, scene["maya"])

    answer = client.post(
        f"/requests/{scene['asked'].id}/messages", {"words": "Biscuit can come, call 705-555-0142."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This may tell who somebody is: “705-555-0142”" in page
    assert "This may say who somebody is: “Biscuit”" in page
    assert "Biscuit can come, call 705-555-0142." in page


def test_above_the_box_both_are_told_who_may_read_it(scene, client):
    for who in (scene["maya"], scene["ines"]):
        page = cast.sign_in(client, who).get(f"/requests/{scene['asked'].id}").content.decode()

        assert "The person can read this. So may a court." in page


def test_police_get_a_package_and_answer_it_and_nothing_is_said_in_between(scene, client):
    package, leo, maya = scene["package"], scene["leo"], scene["maya"]

    for who, command in ((leo, commands.ask_back), (leo, commands.write), (maya, commands.write)):
        with pytest.raises(CannotTell):
            act(who, command, package, words="Which door?")
    page = cast.sign_in(client, leo).get(f"/requests/{package.id}").content.decode()
    assert "nothing is said in between" in page
    assert f"/requests/{package.id}/messages" not in page
    act(leo, commands.say_yes, package, hour=time(14))
    with pytest.raises(CannotTell):  # one package, one answer
        act(leo, commands.say_yes, package, bring="Ring me.")
    with ctx.as_worker(maya.pk):
        assert queries.yes_of(maya, package).hour == time(14)


@pytest.mark.parametrize("who", ["leo", "maya"])
@pytest.mark.parametrize("kind", ["question", "message", "reply", "answer"])
def test_the_database_holds_that_too(scene, who, kind):
    worker, package = scene[who], scene["package"]
    theirs = {"question": True, "answer": True, "reply": False}.get(kind, who == "leo")
    columns = {
        "id": uuid7(),
        "file_id": package.file_id,
        "agency_id": package.agency_id,
        "referral_id": package.id,
        "release_id": package.release_id,
        "to_agency_id": package.to_agency_id,
        "to_role": "",
        "from_agency_id": package.to_agency_id if theirs else package.agency_id,
        "kind": kind,
        "words": b"x",
        "written_by": worker.pk,
        "written_at": clock.now(),
    }
    names = ", ".join(columns)
    places = ", ".join(f"%({name})s" for name in columns)

    may = kind == "answer" and who == "leo"
    act(scene["leo"], commands.say_yes, package)  # what a yes carries comes after it
    with acting(worker.pk) as app:
        try:
            app.execute(f"insert into referrals_message ({names}) values ({places})", columns)
        except psycopg.errors.InsufficientPrivilege:
            assert not may
        else:
            assert may


@pytest.mark.parametrize(
    ("sector", "kind", "regime", "only"),
    [
        ("criminal-legal", "police", "mfippa", True),
        ("criminal-legal", "crown", "none", True),
        ("criminal-legal", "counselling", "none", True),
        ("criminal-legal", "legal-clinic", "none", False),
        ("criminal-legal", "victim-services", "none", False),
        ("community", "child-protection", "none", True),
        ("community", "indigenous-led", "cyfsa", True),
        ("community", "shelter", "none", False),
        ("healthcare", "hospital", "phipa", False),
    ],
)
def test_python_and_the_database_agree_on_who_only_takes_packages(scene, sector, kind, regime, only):
    agency = cast.agency("Invented", sector, kind, regime=regime)

    with acting(scene["maya"].pk) as app:
        held = app.execute(
            f"select {takes_only_packages('a')} from agencies_agency a where a.id = %s", [agency.pk]
        ).fetchone()

    assert held == (agency.takes_only_packages,) == (only,)


def test_not_yet_is_no_gap_and_no_end_and_comes_back_on_its_day(scene):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    day = clock.today() + timedelta(days=6)

    act(ines, commands.say_not_yet, asked, possible_from=day)

    with ctx.as_worker(ines.pk):
        assert list(queries.waiting(ines)) == []
        assert queries.introduction(ines, asked)
    with ctx.as_worker(maya.pk):
        assert [r.possible_from for r in queries.answers(maya, clock.now())] == [day]
        assert not Gap.objects.exists()
    for days, waits in ((5, False), (6, True)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=True):
            with ctx.as_worker(ines.pk):
                assert bool(queries.waiting(ines)) == waits
            with ctx.as_worker(maya.pk):
                assert any(r.id == asked.id for r in queries.overdue(maya, clock.now())) == waits


def test_not_yet_from_a_day_that_is_over_is_refused(scene):
    for days in (-1, 0, 181):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(CannotTell):
            act(scene["ines"], commands.say_not_yet, scene["asked"], possible_from=day)


@pytest.mark.parametrize("words", [" ", "\u200b", "\u2060\ufeff", "\u2800"])
def test_nothing_that_is_seen_is_nothing_written(scene, words):
    with pytest.raises(CannotTell, match="Write something first"):
        act(scene["maya"], commands.write, scene["asked"], words=words)


def test_a_no_is_two_taps_on_the_page_of_the_request(scene, client):
    path = f"/requests/{scene['asked'].id}"
    page = cast.sign_in(client, scene["ines"]).get(path).content.decode()

    for reason in ("no-capacity", "waitlist", "not-a-fit"):
        assert f'name="reason" value="{reason}"' in page
    client.post(f"{path}/refusal", {"reason": "not-a-fit"})

    with ctx.as_worker(scene["maya"].pk):
        assert Gap.objects.get().reason == "not-a-fit"


def test_not_us_but_they_can_passes_nothing_on(scene, client):
    maya, ines, noor, asked = (scene[name] for name in ("maya", "ines", "noor", "asked"))
    cast.sign_in(client, ines)

    client.post(f"/requests/{asked.id}/refusal", {"reason": "no-capacity", "instead": str(noor.agency_id)})

    with ctx.as_worker(noor.pk):
        assert list(queries.asked_of_us(noor)) == []
        assert texts(noor, asked) == []
    page = cast.sign_in(client, maya).get(f"/requests/{asked.id}").content.decode()
    assert "Ask Hillcrest" in page
    answer = client.post(f"/requests/{asked.id}/suggestion", {"ask": "1"})
    with ctx.as_worker(maya.pk):
        begun = queries.get_referral(maya, asked.id)
        drafts = [r for r in queries.of_file(maya, asked.file_id) if r.state == "draft"]
        assert [r.to_agency_id for r in drafts] == [noor.agency_id]
        assert drafts[0].release_id != asked.release_id
        assert begun.suggested_agency_id is None
        assert list(queries.asked_of_us(noor)) == []
    assert answer["Location"] == f"/requests/{drafts[0].id}/agreement", "what was read back once stands"
    twice = client.post(f"/requests/{asked.id}/suggestion", {"ask": "1"})
    assert twice["Location"] == answer["Location"]


def test_not_now_is_as_near(scene, client):
    asked, maya = scene["asked"], scene["maya"]
    more = {"reason": "no-capacity", "barriers": [], "wait_band": ""}
    act(scene["ines"], commands.decline, asked, instead=scene["noor"].agency_id, **more)
    cast.sign_in(client, maya)

    client.post(f"/requests/{asked.id}/suggestion", {"not_now": "1"})

    assert "Hillcrest" not in client.get(f"/requests/{asked.id}").content.decode()
    with ctx.as_worker(maya.pk):
        assert [r for r in queries.of_file(maya, asked.file_id) if r.state == "draft"] == []


def test_whom_the_person_said_not_them_of_is_not_offered(scene, client):
    asked, maya, other = scene["asked"], scene["maya"], scene["noor"].agency_id
    more = {"reason": "no-capacity", "barriers": [], "wait_band": ""}
    act(scene["ines"], commands.decline, asked, instead=other, **more)
    with ctx.as_worker(maya.pk):
        commands.block(
            file_id=asked.file_id, against=f"agency:{other}", item_id=None, by=maya, at=clock.now()
        )

    assert "Ask Hillcrest" not in cast.sign_in(client, maya).get(f"/requests/{asked.id}").content.decode()


def test_a_place_of_the_directory_can_be_suggested_and_is_chosen_from_what_it_knows(scene, client):
    asked, noor = scene["asked"], scene["noor"]
    with ctx.as_worker(noor.pk):
        entry = directory.keep(by=noor, at=clock.now(), name="Quiet Mornings", offered_here=False)
    cast.sign_in(client, scene["ines"])
    path, said = f"/requests/{asked.id}/refusal", {"reason": "no-capacity", "place": "Quiet Mornings"}

    assert client.post(path, said | {"place": "Nowhere At All"}).status_code == 422
    assert "Quiet Mornings" in client.post(path, said).content.decode()
    client.post(path, said | {"entry": str(entry.pk)})

    page = cast.sign_in(client, scene["maya"]).get(f"/requests/{asked.id}").content.decode()
    assert f"/directory/entries/{entry.pk}" in page


def test_one_does_not_suggest_oneself(scene):
    more = {"reason": "no-capacity", "barriers": [], "wait_band": ""}
    for agency_id in (scene["ines"].agency_id, scene["maya"].agency_id):
        with pytest.raises(CannotMove):
            act(scene["ines"], commands.decline, scene["asked"], instead=agency_id, **more)


def test_what_was_said_stands_on_the_trail_without_a_word_of_it(scene):
    ask_and_reply(scene)

    with ctx.as_worker(scene["maya"].pk):
        actions = set(Entry.objects.filter(file_id=scene["file"].id).values_list("action", flat=True))

    assert {"referrals.asked_back", "referrals.replied"} <= actions


def test_telephones_of_both_sides_stand_beside_it(scene, client):
    for who, number in ((scene["maya"], "705-555-0170"), (scene["ines"], "705-555-0177")):
        with ctx.as_worker(who.pk):
            directory.keep(by=who, at=clock.now(), name=f"Desk of {who.name}", phone=number)

    for who in (scene["maya"], scene["ines"]):
        page = cast.sign_in(client, who).get(f"/requests/{scene['asked'].id}").content.decode()
        assert "705-555-0170" in page
        assert "705-555-0177" in page


def test_what_waits_for_an_answer_stands_first_on_both_lists(scene):
    maya, ines = scene["maya"], scene["ines"]
    act(ines, commands.say_yes, scene["asked"])
    later = cast.request(scene["file"], maya, ines.agency)

    with ctx.as_worker(ines.pk):
        assert [r.id for r in queries.asked_of_us(ines)] == [later.id, scene["asked"].id]
    with ctx.as_worker(maya.pk):
        assert [r.state for r in queries.asked_by_us(maya)] == ["requested", "requested", "accepted"]


def test_what_was_typed_when_the_agreement_has_run_out_is_not_lost(scene, superuser, client):
    with databases.without_triggers():
        superuser.execute(
            "update consent_release set starts_at = now() - interval '9 days', until = now() - interval '1 s'"
        )

    answer = cast.sign_in(client, scene["maya"]).post(
        f"/requests/{scene['asked'].id}/messages", {"words": "the side door is open"}
    )

    assert answer.status_code == 422
    assert "the side door is open" in answer.content.decode()


def test_nothing_is_asked_back_once_a_colleague_has_said_yes(scene):
    ines, asked = scene["ines"], scene["asked"]
    with ctx.as_worker(ines.pk):
        as_it_was = queries.get_referral(ines, asked.id)
    act(ines, commands.say_yes, asked)

    with ctx.as_worker(ines.pk), pytest.raises(CannotMove):
        commands.ask_back(referral=as_it_was, words="Which door?", by=ines, at=clock.now())


def taken_back(scene, what):
    maya, asked, file, at = scene["maya"], scene["asked"], scene["file"], clock.now()
    with ctx.as_worker(maya.pk):
        if what == "agreement":
            commands.withdraw(file_id=file.id, release_id=asked.release_id, by=maya, at=at)
        elif what:
            item = asked.id if what == "introduction" else file_queries.shareable(maya, file)[0]["id"]
            for each in {item, scene["package"].id if what == "introduction" else item}:
                commands.block(file_id=file.id, against="", item_id=each, by=maya, at=at)


@pytest.mark.parametrize(
    ("what", "words", "approved"),
    [
        ("", "Jo is new here.", True),
        ("name", "Jo is new here.", False),
        ("agreement", "Jo is new here.", False),
        ("introduction", "", False),
    ],
)
def test_an_introduction_is_read_back_anew_when_they_took_something_back_since(
    scene, client, what, words, approved
):
    maya, file = scene["maya"], scene["file"]
    taken_back(scene, what)
    cast.sign_in(client, maya)

    answer = client.post(f"/requests/of/{file.id}/new", {"agency": str(scene["noor"].agency_id)})

    with ctx.as_worker(maya.pk):
        draft = queries.get_referral(maya, answer["Location"].split("/")[2])
        assert queries.introduction(maya, draft) == words
        assert bool(draft.introduction_approved_at) == approved
    assert answer["Location"].endswith("agreement" if approved else "introduction")
