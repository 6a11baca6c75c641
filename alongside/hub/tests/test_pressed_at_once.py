"""Somebody waits, twice at once or under a number that is taken; and a desk stays where it is."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from alongside.agencies.tests.cast import sign_in, words
from alongside.hub import commands
from alongside.hub.tests import cast
from alongside.hub.words import words_in
from alongside.kernel import clock, ctx
from tests.at_once import twice_at_once

pytestmark = pytest.mark.django_db


def test_twice_at_once_somebody_waits_once(db, superuser):
    there = cast.people()
    cast.sits(there.maya, there.hub)
    said = {"topic": "health", "services": [], "kept_out": [], "not_while": "", "language": "en"}
    number, at = uuid4(), clock.now()

    def wait():
        return commands.wait(hub=there.hub, waiting_id=number, **said, by=there.maya, at=at).word

    first, second = twice_at_once(wait, there.maya)

    assert first == second
    assert superuser.execute("select count(*) from hub_waiting").fetchone() == (1,)


def test_a_number_one_may_not_see_is_as_one_of_nobody(db):
    there = cast.people()
    for who in (there.maya, there.noor):
        cast.sits(who, there.hub)
    hidden = cast.waits(there.maya, there.hub, kept_out=[f"worker:{there.noor.pk}"])
    client = sign_in(Client(), there.noor)

    answers = [
        client.post(f"/hub/{there.hub.id}/waiting/new", {"id": str(number), "topic": "health"}).status_code
        for number in (hidden.id, uuid4())
    ]

    assert answers == [302, 302]


def test_where_no_word_is_left_it_is_said(db, superuser):
    there = cast.people()
    for who in (there.maya, there.noor):
        cast.sits(who, there.hub)
    waits = cast.waits(there.maya, there.hub, kept_out=[f"worker:{there.noor.pk}"])
    for word in set(words_in("en")) - {waits.word}:
        superuser.execute(
            "insert into hub_waiting (id, hub_id, agency_id, word, services, kept_out, waits_on, came_at)"
            " select gen_random_uuid(), hub_id, agency_id, %s, '{}', kept_out, waits_on, came_at"
            " from hub_waiting where id = %s",
            [word, waits.id],
        )

    answer = sign_in(Client(), there.noor).post(
        f"/hub/{there.hub.id}/waiting/new", {"id": str(uuid4()), "topic": "health"}
    )

    assert answer.status_code == 409


def test_a_desk_does_not_come_along_to_another_place(db):
    there = cast.people()
    with ctx.as_operator():
        agencies = [there.maya.agency, there.noor.agency]
        second = commands.open_hub(name="Second", name_fr="", agencies=agencies)
    cast.sits(there.noor, second)
    cast.waits(there.noor, second, not_while="Joe is here")
    cast.sits(there.maya, there.hub)
    client = sign_in(Client(), there.maya)
    client.post(f"/hub/{there.hub.id}/desk")
    client.post(f"/hub/{second.id}/sitting", {"until": "23:59", "called": "Maya"})

    page = client.post(f"/hub/{second.id}/waiting", follow=True)

    assert "Joe is here" not in words(page)


def test_sent_again_with_somebody_kept_out_it_is_refused_with_the_word_that_stands(db, superuser):
    there = cast.people()
    for who in (there.maya, there.noor):
        cast.sits(who, there.hub)
    client, path = sign_in(Client(), there.maya), f"/hub/{there.hub.id}/waiting/new"
    said = {"id": str(uuid4()), "topic": "health"}

    answers = [client.post(path, said | more) for more in ({}, {}, {"kept_out": f"worker:{there.noor.pk}"})]

    assert [answer.status_code for answer in answers] == [302, 302, 409]
    ((word,),) = superuser.execute("select word from hub_waiting").fetchall()
    assert word in words(answers[2])
