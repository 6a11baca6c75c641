"""The closed loop between two agencies, through commands and queries, as the database lets each of them."""

import re

import pytest
from django.utils.html import escape

from alongside.consent import queries as consents
from alongside.files import commands as file_commands
from alongside.files import queries as files
from alongside.files.models import File
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.plans import queries as plans
from alongside.referrals import commands, queries, rules
from alongside.referrals.models import Referral
from alongside.referrals.queries import agreement
from alongside.referrals.tests import cast
from tests.examples import build
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """A request from an open desk to a hospital about a place to sleep; and people who were never asked."""
    desk, hospital, other = (
        cast.agency("Riverside"),
        cast.agency("North Shore", "healthcare", "hospital"),
        cast.agency("Hillcrest"),
    )
    maya, ines, noor = cast.worker(desk), cast.worker(hospital, "Ines", "intake"), cast.worker(other, "Noor")
    file = cast.file(maya)
    priority = cast.priority(file, maya)
    return {
        "maya": maya,
        "ines": ines,
        "noor": noor,
        "file": file,
        "priority": priority,
        "asked": cast.request(file, maya, hospital, priority),
    }


def test_the_agency_asked_reads_the_introduction_first(scene):
    ines, asked = scene["ines"], scene["asked"]

    with ctx.as_worker(ines.pk):
        waiting = list(queries.waiting(ines))
        words = queries.introduction(ines, waiting[0])
        priorities = plans.released(ines, asked.file_id, [scene["priority"].id])

    assert [r.id for r in waiting] == [asked.id]
    assert words == "Jo is new here."
    assert priorities[0].statement == "A place where nobody finds me."
    assert waiting[0].handle != scene["file"].handle


def test_what_was_not_agreed_stays_sealed_even_on_a_visible_row(scene):
    ines, maya = scene["ines"], scene["maya"]
    priority = cast.priority(scene["file"], maya, "See my son.", need="family", why="He turns four.")
    cast.request(scene["file"], maya, ines.agency, priority)

    with ctx.as_worker(ines.pk):
        seen = plans.released(ines, priority.file_id, [priority.id])[0]

    assert seen.statement == "See my son."
    assert seen.private == {}


def test_an_agency_never_asked_finds_nothing(scene):
    noor, asked = scene["noor"], scene["asked"]

    with ctx.as_worker(noor.pk):
        assert list(queries.asked_of_us(noor)) == []
        assert plans.released(noor, asked.file_id, [scene["priority"].id]) == []
        assert consents.lets_see(noor, asked.file_id) == []
        with pytest.raises(Referral.DoesNotExist):
            queries.get_referral(noor, asked.id)


def test_accepting_opens_a_file_of_ones_own_and_both_see_each_other(scene):
    ines, maya, asked = scene["ines"], scene["maya"], scene["asked"]

    with ctx.as_worker(ines.pk):
        commands.accept(referral=asked, by=ines, at=clock.now())
        own = queries.own_file(ines, asked)
        received = queries.received(ines, own)
    with ctx.as_worker(maya.pk):
        around = queries.circle(maya, asked.file_id, clock.now())
        with pytest.raises(File.DoesNotExist):
            files.get_file(maya, own)

    assert [agency.name for agency, _ in received] == ["Riverside"]
    assert [a.agency.name for a in around] == ["North Shore"]
    assert around[0].referrals[0].state == "accepted"


def test_not_them_leaves_nothing_on_the_other_side(scene):
    ines, maya, asked = scene["ines"], scene["maya"], scene["asked"]
    with ctx.as_worker(ines.pk):
        commands.accept(referral=asked, by=ines, at=clock.now())
        own = queries.own_file(ines, asked)

    with ctx.as_worker(maya.pk):
        commands.withdraw(file_id=asked.file_id, release_id=asked.release_id, by=maya, at=clock.now())

    with ctx.as_worker(ines.pk):
        assert list(queries.asked_of_us(ines)) == []
        assert queries.received(ines, own) == []
        assert plans.released(ines, asked.file_id, [scene["priority"].id]) == []
        assert len(consents.unread_notices(ines)) == 1
    with ctx.as_worker(maya.pk):
        assert queries.circle(maya, asked.file_id, clock.now()) == []
        assert queries.get_referral(maya, asked.id).state == "cancelled"


def test_a_decline_is_a_gap_and_says_which_barrier(scene):
    ines, maya, asked = scene["ines"], scene["maya"], scene["asked"]

    with ctx.as_worker(ines.pk):
        commands.decline(
            referral=asked, reason="not-a-fit", barriers=["pets"], wait_band="", by=ines, at=clock.now()
        )

    with ctx.as_worker(maya.pk):
        gap = Gap.objects.get()
    assert (gap.need, gap.barriers, gap.asking_agency_id, gap.id.version) == (
        "shelter_tonight",
        ["pets"],
        maya.agency_id,
        4,
    )


def test_a_decline_without_its_reason_is_refused_and_changes_nothing(scene):
    ines, asked = scene["ines"], scene["asked"]

    with pytest.raises(rules.CannotMove), ctx.as_worker(ines.pk):
        commands.decline(referral=asked, reason="", barriers=[], wait_band="", by=ines, at=clock.now())

    with ctx.as_worker(ines.pk):
        assert queries.get_referral(ines, asked.id).state == "requested"
        assert not Gap.objects.exists()


@pytest.mark.parametrize("reason", ["waitlist", "not-a-fit"])
def test_the_rest_of_a_no_is_optional(scene, reason):
    ines, asked = scene["ines"], scene["asked"]

    with ctx.as_worker(ines.pk):
        commands.decline(referral=asked, reason=reason, barriers=[], wait_band="", by=ines, at=clock.now())

    with ctx.as_worker(scene["maya"].pk):
        assert Gap.objects.get().reason == reason


def test_a_criminal_legal_agency_receives_but_keeps_no_file(scene):
    police = cast.agency("City Police", "criminal-legal", "police")
    leo, maya = cast.worker(police, "Leo", "intake"), scene["maya"]
    asked = cast.request(scene["file"], maya, police)

    with ctx.as_worker(leo.pk):
        commands.accept(referral=asked, by=leo, at=clock.now())
        assert queries.introduction(leo, queries.get_referral(leo, asked.id)) == "Jo is new here."
        assert queries.own_file(leo, asked) is None
        assert list(files.caseload(leo)) == []
        assert files.find(leo, "jo") == []


def test_who_is_told_not_them_sees_what_anybody_unasked_sees(scene):
    maya, colleague = scene["maya"], cast.worker(scene["maya"].agency, "Ana")

    with ctx.as_worker(maya.pk):
        commands.block(
            file_id=scene["file"].id, against=f"worker:{colleague.pk}", item_id=None, by=maya, at=clock.now()
        )

    with ctx.as_worker(colleague.pk):
        assert list(files.caseload(colleague)) == []
        assert files.find(colleague, "Jo") == []
        with pytest.raises(File.DoesNotExist):
            files.get_file(colleague, scene["file"].id)
    with ctx.as_worker(maya.pk):
        assert len(files.find(maya, "jo")) == 1


def test_whatever_can_be_agreed_to_can_be_read_by_who_was_asked(client):
    made = build("around_a_file")
    maya, ines, file = made.people["caseworker"], made.people["released"], made.made["file"]
    with ctx.as_worker(maya.pk):
        file_commands.set_languages(file=file, tags=["oj"], words="", by=maya, at=clock.now())
    asked = cast.request(file, maya, ines.agency, made.made["wish"], to_role="intake")
    with ctx.as_worker(maya.pk):
        agreed = agreement.shareable(maya, queries.get_referral(maya, asked.id))
    cast.sign_in(client, ines)

    page = client.get(f"/requests/{asked.id}").content.decode()

    never = set(consents.KINDS) - {item["kind"] for item in agreed}
    assert not never, f"nothing of it in around_a_file, or in a `shareable`: {sorted(never)}"
    unread = {
        i["kind"] for i in agreed for said in re.split(": |, |\n", i["spoken"]) if escape(said) not in page
    }
    assert not unread, (
        f"{sorted(unread)}: may be agreed to, and who was agreed to can’t read it. `seen` in "
        "referrals/queries/agreement.py gives it to the template theirs.html"
    )
