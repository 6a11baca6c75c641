"""What somebody held who leaves passes to others, by code name; nobody opens a file for it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import html

from alongside.consent import commands as consent
from alongside.files import commands as files
from alongside.files.tests import cast
from alongside.handovers import commands
from alongside.handovers.queries.transfers import SMALLEST
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from tests import lanes
from tests.browsing import PICTURES, SCREENS, fits, press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there():
    """Maya leads two files, of one of which Noor is the backup; she promised something in each."""
    here = cast.agency("Riverside")
    there = SimpleNamespace(
        **{name: cast.worker(here, name.title(), on=name == "maya") for name in ("maya", "noor", "sam")},
        leader=cast.worker(here, "Lee", "leader"),
        admin=cast.worker(here, "Ada", "administrator"),
        elsewhere=cast.worker(cast.agency("Harbour"), "Elo", "leader"),
    )
    maya, at = there.maya, clock.now()
    there.files = [cast.file(maya, "Jo"), cast.file(maya, "Kit")]
    with ctx.as_worker(maya.pk):
        files.choose_lead(file=there.files[0], lead_id=maya.pk, backup_id=there.noor.pk, by=maya, at=at)
        for file in there.files:
            plans.add_step(
                file_id=file.id,
                priority_id=None,
                words="Ring the school",
                worker_id=maya.pk,
                due_on=clock.today(),
                by=maya,
                at=at,
            )
            files.write_contact(
                file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=at
            )
    return there


def leaves(superuser, worker, column="left_at"):
    """Somebody leaves; or their seat is closed for now."""
    superuser.execute(
        f"update agencies_worker set {column} = now() + interval '1 day' where id = %s", [worker.pk]
    )


def held(worker):
    return f"/handovers/held/{worker.pk}"


def as_(worker):
    return cast.sign_in(Client(), worker)


def pictured(page, name):
    """Keep a picture, where pictures are kept."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"leaving-{name}.png", full_page=True)


def chosen(there, *takers):
    return {str(file.id): str(taker.pk) for file, taker in zip(there.files, takers, strict=False)}


def left_of(superuser, worker):
    """What still names a worker who has something to do, and could pass."""
    return superuser.execute(
        "select what, file from ctx._held(%s, array[%s::uuid]) where passes", [worker.agency_id, worker.pk]
    ).fetchall()


def transfer_of(client):
    """The page on which the person of a file that passed is asked, as the day leads to it."""
    links = html.fromstring(client.get("/day").content).xpath("//main//a/@href")
    return next(link for link in links if link.startswith("/handovers/transfers/"))


@pytest.mark.parametrize("column", ["left_at", "suspended_until"])
def test_a_leader_hands_over_everything_of_who_is_gone_with_one_press(there, superuser, column):
    leaves(superuser, there.maya, column)
    leader = as_(there.leader)
    assert "What Maya held waits" in cast.words(leader.get("/day"))
    page = cast.words(leader.get(held(there.maya)))
    assert all(file.handle in page for file in there.files)
    assert not [said for said in ("Ring the school", "Jo", "555 0134") if said in page]

    assert leader.post(held(there.maya), chosen(there, there.noor, there.sam)).status_code == 302

    assert left_of(superuser, there.maya) == []
    assert "What Maya held waits" not in cast.words(leader.get("/day"))
    for taker in (there.noor, there.sam):
        assert "Ring the school" in cast.words(as_(taker).get("/day"))


@pytest.mark.parametrize("one", [True, False])
def test_with_nobody_chosen_it_is_said_so_and_not_that_nothing_was_left(there, superuser, one):
    leaves(superuser, there.maya)
    leader, only = as_(there.leader), {"only": str(there.files[1].id)} if one else {}

    answer = leader.post(held(there.maya), only)

    assert answer.status_code == 422
    assert "Nobody is chosen" in cast.words(answer)
    assert left_of(superuser, there.maya)


def test_who_said_that_they_leave_is_not_among_those_the_person_can_choose(there):
    maya = as_(there.maya)
    maya.post("/handovers/mine", chosen(there, there.noor, there.sam) | {"goes": "leaves"})

    page = html.fromstring(as_(there.noor).get(transfer_of(as_(there.noor))).content)

    assert set(page.xpath("//main//input[@name='lead']/@value")) == {str(there.noor.pk), str(there.sam.pk)}


def test_until_the_person_was_asked_the_file_opens_to_nobody_new(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    backup, new = as_(there.noor), as_(there.sam)

    assert backup.get(f"/files/{there.files[0].id}").status_code == 200, "whom the person chose for it"
    assert new.get(f"/files/{there.files[1].id}").url.endswith("/justification")


@pytest.mark.parametrize("who", ["leader", "sam"])
def test_whoever_may_ask_sees_what_is_due_and_how_to_reach_them_and_nothing_else(there, superuser, who):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    asks = as_(getattr(there, who))
    links = html.fromstring(asks.get("/handovers/transfers").content).xpath("//main//li/a/@href")
    page = asks.get(links[-1])
    reached = cast.words(asks.post(links[-1] + "/contact"))

    assert "Something was promised" in cast.words(page)
    assert "555 0134" in reached
    assert "Kit" not in cast.words(page) + reached


def test_once_they_were_asked_the_file_opens_to_whom_they_chose(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    new = as_(there.sam)
    page = transfer_of(new)
    assert new.post(page, {}).status_code == 422

    assert new.post(page, {"lead": str(there.sam.pk)}).status_code == 302

    assert new.get(f"/files/{there.files[1].id}").status_code == 200
    assert new.get(page).status_code == 404
    assert new.post(page, {"lead": str(there.sam.pk)}).status_code == 404, "it was settled"


def test_they_may_want_somebody_else_and_nobody_asks_why(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    new = as_(there.sam)
    new.post(transfer_of(new), {"lead": str(there.noor.pk)})

    assert as_(there.noor).get(f"/files/{there.files[1].id}").status_code == 200
    assert new.get(f"/files/{there.files[1].id}").url.endswith("/justification")


def test_whoever_is_under_a_not_them_is_missing_without_a_word_and_gets_nothing(there, superuser):
    with ctx.as_worker(there.maya.pk):
        consent.block(
            file_id=there.files[1].id,
            item_id=None,
            against=f"worker:{there.sam.pk}",
            by=there.maya,
            at=clock.now(),
        )
    leaves(superuser, there.maya)
    leader = as_(there.leader)
    page = html.fromstring(leader.get(held(there.maya)).content)
    offered = page.xpath(f"//select[@name='{there.files[1].id}']/option/text()")
    assert "Noor" in offered
    assert "Sam" not in offered

    assert leader.post(held(there.maya), chosen(there, there.noor, there.sam)).status_code == 422
    with ctx.as_worker(there.leader.pk):
        takers = {there.files[1].id: there.sam.pk}
        assert commands.hand_over_held(whose=there.maya, takers=takers, leaves=True, by=there.leader) == 0


@pytest.mark.parametrize("who", ["admin", "elsewhere", "sam"])
def test_it_is_nobody_elses_to_see(there, superuser, who):
    leaves(superuser, there.maya)
    asks = as_(getattr(there, who))

    assert asks.get(held(there.maya)).status_code == 404
    assert asks.post(held(there.maya), chosen(there, there.sam)).status_code == 404
    assert len(left_of(superuser, there.maya)) == 4


def test_what_somebody_holds_who_is_there_is_nobodys_to_look_through(there):
    for who in (there.leader, there.noor, there.admin):
        assert as_(who).get(held(there.maya)).status_code == 404


def test_the_backup_passes_on_what_was_held_in_their_file_alone(there, superuser):
    leaves(superuser, there.maya)
    backup = as_(there.noor)
    page = cast.words(backup.get(held(there.maya)))
    assert there.files[0].handle in page
    assert there.files[1].handle not in page

    backup.post(held(there.maya), chosen(there, there.noor, there.noor))

    assert {file for _, file in left_of(superuser, there.maya)} == {there.files[1].id}


def test_whoever_leaves_on_good_terms_hands_over_themselves(there, superuser):
    maya = as_(there.maya)
    sends = chosen(there, there.noor, there.sam) | {"goes": "leaves"}
    assert maya.post("/handovers/mine", sends).status_code == 302

    assert left_of(superuser, there.maya) == []
    assert "You hold nothing" in cast.words(maya.get(held(there.maya)))


def test_whoever_is_away_stays_whom_they_chose_and_what_is_due_passes(there, superuser):
    as_(there.maya).post(held(there.maya), chosen(there, there.noor, there.sam) | {"goes": "away"})

    assert {what for what, _ in left_of(superuser, there.maya)} == {"files_file.lead_id"}
    assert "Ring the school" in cast.words(as_(there.sam).get("/day"))


def test_pressed_twice_it_is_done_once(there, superuser):
    leaves(superuser, there.maya)
    for _ in range(2):
        as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))

    assert superuser.execute("select count(*) from handovers_transfer").fetchone() == (2,)


def test_one_file_is_handed_over_by_itself(there, superuser):
    leaves(superuser, there.maya)
    sends = chosen(there, there.noor, there.sam) | {"only": str(there.files[1].id)}
    as_(there.leader).post(held(there.maya), sends)

    assert {file for _, file in left_of(superuser, there.maya)} == {there.files[0].id}


def test_whoever_took_over_and_leaves_too_hands_it_on(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    leaves(superuser, there.sam)
    as_(there.leader).post(held(there.sam), {str(there.files[1].id): str(there.noor.pk)})

    assert left_of(superuser, there.sam) == []
    assert transfer_of(as_(there.noor))


def test_a_not_them_said_meanwhile_takes_the_file_from_whoever_was_to_lead(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    with ctx.as_worker(there.noor.pk):
        file = there.files[0]
        against = f"worker:{there.noor.pk}"
        consent.block(file_id=file.id, item_id=None, against=against, by=there.noor, at=clock.now())

    assert superuser.execute("select next_lead_id from files_file where id = %s", [file.id]).fetchone() == (
        None,
    )
    assert as_(there.noor).get("/handovers/transfers").status_code == 200
    assert file.handle not in cast.words(as_(there.noor).get("/handovers/transfers"))


def test_a_file_that_is_to_be_destroyed_is_nobodys_to_ask_about(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    cast.shut(there.files[0], there.noor)

    page = cast.words(as_(there.leader).get("/handovers/transfers"))
    assert there.files[0].handle not in page
    assert there.files[1].handle in page


def signed_in(new_page, live, worker, **options):
    """A browser in which somebody is signed in with two factors."""
    page = new_page(**options)
    page.context.add_cookies([{"name": "s", "value": as_(worker).cookies["s"].value, "url": live}])
    return page


def test_how_many_hands_is_said_of_the_agency_and_not_of_few(there, superuser):
    leader = as_(there.leader)
    assert "Too few files" in cast.words(leader.get("/handovers/continuity"))
    more = [cast.file(there.maya, "") for _ in range(2 * SMALLEST - 2)]
    for file in more[:SMALLEST]:
        with ctx.as_worker(there.maya.pk):
            files.choose_lead(file=file, lead_id=there.sam.pk, backup_id=None, by=there.maya, at=clock.now())

    page = cast.words(leader.get("/handovers/continuity"))
    assert f"{SMALLEST} of {2 * SMALLEST} open files are still with" in page
    assert "Sam" not in page
    assert as_(there.sam).get("/handovers/continuity").status_code == 404


@pytest.mark.costly("a leader and who takes over, in two browsers")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_in_the_browser_everything_passes_and_the_person_is_asked(
    new_page, live, there, superuser, language, javascript, width
):
    leaves(superuser, there.maya)
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    leader, new = (signed_in(new_page, live, who, **options) for who in (there.leader, there.sam))
    leader.goto("/day")
    press(leader, f"main a[href='{held(there.maya)}']")
    fits(leader)
    pictured(leader, f"held-{language}-{width}")
    assert leader.locator(f"select[name='{there.files[0].id}']").input_value() == str(there.noor.pk)
    leader.select_option(f"select[name='{there.files[1].id}']", str(there.sam.pk))
    press(leader, "main form button.button:not(.second)")
    assert held(there.maya) not in leader.content()

    new.goto("/day")
    assert "Ring the school" in new.locator("main").inner_text()
    pictured(new, f"day-{language}-{width}")
    press(new, "main a[href*='/handovers/transfers/']")
    fits(new)
    pictured(new, f"transfer-{language}-{width}")
    asked = new.url
    press(new, "main form[action$='/contact'] button")
    fits(new)
    assert "555 0134" in new.locator("main").inner_text()
    new.goto(asked)
    new.check(f"input[name=lead][value='{there.sam.pk}']")
    press(new, "main form button.button:not(.second)")
    new.goto(f"/files/{there.files[1].id}")
    assert "Kit" in new.locator("h1").inner_text()
    assert left_of(superuser, there.maya) == []
