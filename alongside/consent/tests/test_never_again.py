"""After a "not them", nothing that anybody does shows the other agency anything (practice.md 10)."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.kernel import clock, ctx, seal
from alongside.kernel.actors import PERSON
from alongside.kernel.keyring import KeyGone
from alongside.kernel.refusal import Refusal
from alongside.plans import commands as plans
from alongside.plans import queries as plan_queries
from alongside.referrals import commands as referrals
from alongside.referrals import queries as referral_queries
from alongside.referrals.tests import cast
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]


def _theirs(scene):
    asked, ines = scene["asked"], scene["ines"]
    return {
        "they look": lambda: referrals.mark_seen(referral=asked, by=ines, at=clock.now()),
        "they say yes": lambda: referrals.accept(referral=asked, by=ines, at=clock.now()),
        "they say no": lambda: referrals.decline(
            referral=asked, reason="no-capacity", barriers=[], wait_band="", by=ines, at=clock.now()
        ),
        "they go on": lambda: referrals.progress(referral=asked, to="in-progress", by=ines, at=clock.now()),
        "they finish": lambda: referrals.progress(referral=asked, to="completed", by=ines, at=clock.now()),
    }


def _ours(scene):
    asked, maya, file, wish = scene["asked"], scene["maya"], scene["file"], scene["wish"]
    return {
        "we take it back": lambda: referrals.take_back(referral=asked, by=maya, at=clock.now()),
        "we write the words anew": lambda: plans.rewrite_priority(
            priority=wish,
            words={"statement": "In new words."},
            private={},
            facts={"pace": "later"},
            by=maya,
            at=clock.now(),
        ),
        "we put it in order": lambda: plans.order(file_id=file.id, ids=[wish.id], by=maya, at=clock.now()),
        "we call them otherwise": lambda: files.set_name(
            file=file, called="Sam", pronouns="", by=maya, at=clock.now()
        ),
        "we hear": lambda: referrals.record_outcome(
            referral=asked, outcome="worked", by=maya, at=clock.now()
        ),
        "we block and lift": lambda: _block_and_lift(scene),
        "we ask somebody else": lambda: cast.request(file, maya, scene["other"].agency, wish),
        "we close and open": lambda: (
            files.close(file=file, by=maya, at=clock.now()),
            files.reopen(file=file, by=maya, at=clock.now()),
        ),
        "we end it again": lambda: referrals.withdraw(
            file_id=file.id, release_id=asked.release_id, by=maya, at=clock.now()
        ),
    }


def _block_and_lift(scene):
    maya, file = scene["maya"], scene["file"]
    referrals.block(
        file_id=file.id, against=f"agency:{scene['ines'].agency_id}", item_id=None, by=maya, at=clock.now()
    )
    for block in consents.blocks(file.id):
        consent.lift_block(block=block, by=maya, at=clock.now())


def _scene():
    desk, hospital = cast.agency("Riverside"), cast.agency("North Shore", "healthcare", "hospital")
    maya, ines, other = (
        cast.worker(desk),
        cast.worker(hospital, "Ines", "intake"),
        cast.worker(cast.agency("Hillcrest"), "Noor"),
    )
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    return {
        "maya": maya,
        "ines": ines,
        "other": other,
        "file": file,
        "wish": wish,
        "asked": cast.request(file, maya, hospital, wish),
    }


def _shown(scene):
    """Everything the other agency could get hold of, through every query and every key."""
    ines, file_id, asked = scene["ines"], scene["file"].id, scene["asked"]
    with ctx.as_worker(ines.pk):
        found = [
            *referral_queries.asked_of_us(ines),
            *referral_queries.waiting(ines),
            *consents.lets_see(ines, file_id),
        ]
        found += plan_queries.released(ines, file_id, [scene["wish"].id])
        details = file_queries.released_details(ines, file_id, [scene["wish"].id, asked.id])
        found += [details["person"].called] if details["person"].called else []
        found += details["contacts"]
        for get in (
            lambda: referral_queries.get_referral(ines, asked.id),
            lambda: consents.get_release(ines, file_id, asked.release_id),
        ):
            with contextlib.suppress(ObjectDoesNotExist):
                found.append(get())
    for item in ((scene["wish"].id, "words"), (asked.id, "introduction")):
        with contextlib.suppress(KeyGone):
            found.append(seal.keyring().open(file_id, seal.item(*item), ines.agency_id))
    return found


@settings(
    max_examples=often(quick=3, thorough=12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    before=st.lists(st.sampled_from(["they look", "they say yes"]), max_size=2),
    after=st.lists(st.integers(0, 13), max_size=6),
)
def test_after_withdrawal_no_sequence_of_commands_reveals_anything(db, before, after):
    scene = _scene()
    assert _shown(scene), "before, the other agency sees what was agreed"
    moves = _theirs(scene) | _ours(scene)
    for name in before:
        _try(scene, name, moves)

    with ctx.as_worker(scene["maya"].pk):
        referrals.withdraw(
            file_id=scene["file"].id, release_id=scene["asked"].release_id, by=scene["maya"], at=clock.now()
        )

    assert _shown(scene) == []
    for number in after:
        _try(scene, list(moves)[number], moves)
        assert _shown(scene) == []


def _try(scene, name, moves):
    who = scene["ines"] if name.startswith("they") else scene["maya"]
    with contextlib.suppress(Refusal, ObjectDoesNotExist):
        if name == "we ask somebody else":
            moves[name]()
            return
        with ctx.as_worker(who.pk):
            moves[name]()


def test_the_same_command_ends_an_agreement_for_the_person_themselves_and_on_their_word(db):
    scene = _scene()
    second = cast.request(scene["file"], scene["maya"], scene["other"].agency, scene["wish"])

    with ctx.as_worker(scene["maya"].pk):
        for asked, by in ((scene["asked"], PERSON), (second, scene["maya"])):
            consent.end(
                release=consents.get_release(scene["maya"], scene["file"].id, asked.release_id),
                by=by,
                at=clock.now(),
            )
        ended = [
            consents.get_release(scene["maya"], scene["file"].id, asked.release_id)
            for asked in (scene["asked"], second)
        ]

    assert [(release.ended_by, release.ended_how) for release in ended] == [
        (None, "door"),
        (scene["maya"].pk, "their-word"),
    ]
    assert {release.given_how for release in ended} == {"their-word"}
    assert _shown(scene) == []


def test_an_agreement_runs_out_by_itself_with_no_job(db):
    scene = _scene()
    maya, asked = scene["maya"], scene["asked"]
    soon = clock.now() + timedelta(seconds=1.5)
    second = cast.request(scene["file"], maya, scene["other"].agency, scene["wish"], until=soon)
    with ctx.as_worker(scene["other"].pk):
        assert referral_queries.introduction(scene["other"], second)

    while clock.now() < soon:
        pass

    with ctx.as_worker(scene["other"].pk), pytest.raises(ObjectDoesNotExist):
        referral_queries.get_referral(scene["other"], second.id)
    with ctx.as_worker(scene["ines"].pk):
        assert referral_queries.get_referral(scene["ines"], asked.id), "the other agreement still lives"


def test_withdrawal_holds_inside_a_transaction_that_began_before_it(db):
    scene = _scene()
    ines, asked = scene["ines"], scene["asked"]

    def withdraw():
        with ctx.as_worker(scene["maya"].pk):
            referrals.withdraw(
                file_id=scene["file"].id, release_id=asked.release_id, by=scene["maya"], at=clock.now()
            )
        connection.close()

    with ctx.as_worker(ines.pk):
        assert list(referral_queries.waiting(ines))
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(withdraw).result()
        assert list(referral_queries.waiting(ines)) == [], "from the next statement on"


def test_somebody_in_another_agency_is_blocked_by_name_and_nobody_learns_whether_they_exist(db):
    scene = _scene()
    maya, ines, file = scene["maya"], scene["ines"], scene["file"]
    omar = cast.worker(ines.agency, "Omar Haddad", "intake")
    with ctx.as_worker(omar.pk):
        assert list(referral_queries.waiting(omar))

    with ctx.as_worker(maya.pk):
        for name in ("omar haddad", "Nobody Atall"):
            referrals.block_by_name(
                file_id=file.id, agency_id=ines.agency_id, name=name, by=maya, at=clock.now()
            )
        written = list(consents.blocks(file.id))

    assert [consents.name_in(maya, block) for block in written] == ["omar haddad", "Nobody Atall"]
    assert len({len(block.against) for block in written}) == 1
    with ctx.as_worker(omar.pk):
        assert list(referral_queries.waiting(omar)) == []
    with ctx.as_worker(ines.pk):
        assert list(referral_queries.waiting(ines))


def test_one_thing_is_kept_from_everybody_and_its_agreement_ends(db):
    scene = _scene()
    maya, ines, wish = scene["maya"], scene["ines"], scene["wish"]

    with ctx.as_worker(maya.pk):
        referrals.block(file_id=scene["file"].id, against="", item_id=wish.id, by=maya, at=clock.now())

    assert _shown(scene) == []
    with ctx.as_worker(maya.pk):
        assert plan_queries.plan(maya, scene["file"].id)[0].statement
    with ctx.as_worker(ines.pk):
        assert len(consents.unread_notices(ines)) == 1
