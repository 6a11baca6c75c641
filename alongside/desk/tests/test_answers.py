"""An answer reaches everybody whose it is to hear, by the code name alone; the rest opens with the file."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from alongside.agencies import commands as agencies
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands as referrals
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(db):
    """Maya asked for a file that Priya leads and Sam backs up; the hospital said no. Noor works there too."""
    here, hospital = cast.agency("Riverside"), cast.agency("North Shore", "healthcare", "hospital")
    there = SimpleNamespace(
        **{name: cast.worker(here, name.title(), on=False) for name in ("maya", "priya", "sam", "noor")}
    )
    there.ines, there.file = cast.worker(hospital, "Ines"), cast.file(there.maya, "Jo")
    there.asked = cast.request(there.file, there.maya, hospital)
    led_by(there, there.priya, there.sam)
    with ctx.as_worker(there.ines.pk):
        referrals.decline(
            referral=there.asked,
            reason="no-capacity",
            barriers=[],
            wait_band="",
            by=there.ines,
            at=clock.now(),
        )
    return there


def led_by(there, lead, backup=None):
    with ctx.as_worker(there.maya.pk):
        files.choose_lead(
            file=there.file, lead_id=lead.pk, backup_id=backup and backup.pk, by=there.maya, at=clock.now()
        )


CAME = ("an answer came back", "they ask something before they answer")


def answers_of(who) -> str:
    """The answers and questions in somebody's day, as it is written."""
    page = cast.sign_in(Client(), who).get("/day").content.decode()
    return "".join(line for line in page.split("<li") if any(came in line for came in CAME))


def reached(there):
    return {
        name
        for name in ("maya", "priya", "sam", "noor")
        if there.file.handle in answers_of(vars(there)[name])
    }


def test_it_reaches_who_asked_the_lead_and_the_backup(there):
    assert reached(there) == {"maya", "priya", "sam"}


def test_it_reaches_whoever_is_on(there):
    comes_on(there.noor)

    assert reached(there) == {"maya", "priya", "sam", "noor"}


def comes_on(who):
    with ctx.as_worker(who.pk):
        agencies.come_on(by=who, at=clock.now())


def test_the_line_tells_the_code_name_and_nothing_of_the_answer(there):
    line = answers_of(there.priya)

    assert line
    for told in ("North Shore", "No room", "can’t", "Jo<"):
        assert told not in line
    file = (
        cast.sign_in(Client(), there.priya).get(reverse("desk:file", args=[there.file.id])).content.decode()
    )
    assert "North Shore" in file, "it opens with the file"


def test_the_line_leads_to_the_answer_and_seen_stays_beside_it(there):
    client = cast.sign_in(Client(), there.priya)
    day = html.fromstring(client.get("/day").content)
    [link] = day.xpath(
        "//li[contains(., 'an answer came back')]//a[contains(., $handle)]", handle=there.file.handle
    )

    answer = client.get(link.get("href")).content.decode()

    assert "No room just now" in answer
    [seen] = day.xpath("//li[contains(., 'an answer came back')]//form/@action")
    assert seen == reverse("referrals:noted", args=[there.asked.id])
    assert "Priya looked." in answers_of(there.sam), "reading the answer is a look"


def test_what_was_written_is_not_called_an_answer(there):
    asked = cast.request(there.file, there.priya, there.ines.agency)
    with ctx.as_worker(there.ines.pk):
        referrals.write(referral=asked, words="The side door is open.", by=there.ines, at=clock.now())

    day = cast.words(cast.sign_in(Client(), there.priya).get("/day"))

    assert f"{there.file.handle}: they said something new" in day
    assert day.count("an answer came back") == day.count("they said something new"), "the other was one"


def test_the_answer_opens_to_nobody_to_whom_the_file_does_not(there):
    told = {}
    for name in ("maya", "priya", "sam", "noor"):
        client = cast.sign_in(Client(), vars(there)[name])
        told[name] = [
            client.get(address).status_code
            for address in (
                reverse("desk:file", args=[there.file.id]),
                reverse("referrals:referral", args=[there.asked.id]),
            )
        ]

    assert all((file == 200) == (answer == 200) for file, answer in told.values()), told


def test_where_nobody_leads_any_more_it_reaches_whoever_is_on(there, superuser):
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.priya.pk])
    assert reached(there) == {"maya", "sam"}

    comes_on(there.noor)

    assert reached(there) == {"maya", "sam", "noor"}


def test_it_never_reaches_who_is_not_to_see_the_file(there):
    with ctx.as_worker(there.sam.pk):
        for who in (there.maya, there.priya):
            referrals.block(
                file_id=there.file.id, against=f"worker:{who.pk}", item_id=None, by=there.sam, at=clock.now()
            )

    comes_on(there.noor)
    assert reached(there) == {"sam", "noor"}, "who asked and who led are off; it is anybody's else"


def test_one_who_has_seen_it_has_seen_it_for_all(there):
    client = cast.sign_in(Client(), there.sam)

    client.post(reverse("referrals:noted", args=[there.asked.id]))

    assert reached(there) == set()


def test_a_question_and_a_lapse_reach_the_lead_the_backup_and_whoever_is_on_too(there, superuser):
    superuser.execute("update referrals_referral set noted_at = now() where id = %s", [there.asked.id])
    assert reached(there) == set()

    asked = cast.request(there.file, there.priya, there.ines.agency)
    with ctx.as_worker(there.ines.pk):
        referrals.ask_back(referral=asked, words="Which day?", by=there.ines, at=clock.now())
    comes_on(there.noor)
    assert reached(there) == {"priya", "sam", "noor"}

    with ctx.as_worker(there.priya.pk):
        referrals.write(referral=asked, words="Thursday.", by=there.priya, at=clock.now())
    assert reached(there) == set()
    superuser.execute(
        "update referrals_referral set answer_by = now() - interval '1 hour' where id = %s", [asked.id]
    )
    for who in ("priya", "sam", "noor"):
        day = cast.sign_in(Client(), vars(there)[who]).get("/day").content.decode()
        assert "The term is over" in day, who


def test_who_of_the_team_looked_is_said_quietly(there):
    assert "looked" not in answers_of(there.priya)

    cast.sign_in(Client(), there.sam).get(reverse("desk:file", args=[there.file.id]))

    assert "Sam looked." in answers_of(there.priya)
    page = cast.sign_in(Client(), there.priya).get(reverse("referrals:referral", args=[there.asked.id]))
    assert "Sam looked." in page.content.decode()


def test_what_nobody_looked_at_for_a_day_rises_and_says_since_when(there, superuser):
    superuser.execute(
        "update referrals_referral set answered_at = now() - interval '2 days' where id = %s",
        [there.asked.id],
    )
    day = html.fromstring(cast.sign_in(Client(), there.priya).get("/day").content)
    [first] = day.xpath("//li[@class='next']")
    assert there.file.handle in first.text_content()
    assert "Nobody has looked since" in first.text_content()

    cast.sign_in(Client(), there.sam).get(reverse("desk:file", args=[there.file.id]))

    assert "Nobody has looked" not in answers_of(there.priya)
