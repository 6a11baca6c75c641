"""What `make bench` counts rather than times, at a small scale.

Statements of a page and of the demonstration, requests of a referral, and what is seen after it ended.
"""

import pytest
from django.test import Client

from alongside.desk.tests.test_demo import few_places
from alongside.kernel import ctx
from alongside.referrals.tests import cast
from bench import telling, waiting
from bench.counting import counted
from bench.jobs import day, withdrawal
from bench.jobs import referral as path

CASELOAD, ONE_FILE, A_DAY = 8, 25, 10
# what a capability's part of the demonstration may take; ninety-five files take more
PART, PARTS = (
    700,
    {"files": 1700, "plans": 1500, "referrals": 2600, "gaps": 1050, "fund": 1300, "kernel": 1000},
)


class Browser:
    """Django's client, answering as the measurements' own does."""

    def __init__(self, who):
        self.client, self.asked = cast.sign_in(Client(), who), 0

    def get(self, place, **headers):
        return self._answer(self.client.get(place, headers=headers))

    def post(self, place, fields=None, **headers):
        return self._answer(self.client.post(place, fields or {}, headers=headers))

    def _answer(self, answer):
        self.asked += 1
        body = answer.content.decode()
        return type(
            "Answer",
            (),
            {"status": answer.status_code, "body": body, "location": answer.get("Location", ""), "took": 0},
        )


def _asked(files: int = 1):
    here, there = cast.agency("Riverside"), cast.agency("Lakeside")
    maya, ines = cast.worker(here), cast.worker(there, "Ines")
    for _ in range(files):
        file = cast.file(maya)
        wish = cast.priority(file, maya)
    return maya, ines, file, wish, cast.request(file, maya, there, wish)


def _statements(browser, place):
    browser.get(place)
    with counted() as said:
        assert browser.get(place).status == 200
    return len(said)


def test_a_caseload_takes_as_few_statements_with_thirty_files_as_with_one(db):
    maya, _ines, _file, _wish, _request = _asked(1)
    browser = Browser(maya)
    statements = _statements(browser, "/files/")

    for _ in range(29):
        cast.file(maya)

    assert _statements(browser, "/files/") == statements <= CASELOAD
    assert _statements(browser, "/files/list.json") <= statements


@pytest.mark.costly("lets forty things wait, of every kind there is")
def test_a_day_takes_as_few_statements_with_seventy_things_as_with_forty(db):
    who = waiting.make()
    browser = Browser(who.maya)
    assert browser.get("/day").body.count('<p class="when">') == day.THINGS
    statements = _statements(browser, "/day")

    waiting.more(who, hours=10)

    assert browser.get("/day").body.count('<p class="when">') > day.THINGS + 20
    assert _statements(browser, "/day") == statements <= A_DAY


@pytest.mark.costly("asks six agencies, each in eight steps")
def test_one_file_takes_as_few_statements_with_much_in_it_as_with_little(db):
    maya, _ines, file, _wish, _request = _asked()
    browser = Browser(maya)
    before = _statements(browser, f"/files/{file.id}")

    for number in range(5):
        cast.priority(file, maya, statement=f"A door that locks. {number}")
        cast.request(file, maya, cast.agency(f"Agency {number}"))

    assert _statements(browser, f"/files/{file.id}") == before <= ONE_FILE


def test_a_referral_takes_three_requests_a_side(db):
    maya, ines, file, wish, _request = _asked()
    sender, receiver = Browser(maya), Browser(ines)
    asked = path.prepared(sender, str(file.id), str(wish.id), str(ines.agency_id))
    agreed = path.read_back(sender, asked)
    sender.asked = 0

    path.follow(sender, sender.post(f"/requests/{asked}/check", agreed).location)
    assert receiver.get(f"/requests/{asked}").status == 200
    path.follow(receiver, receiver.post(f"/requests/{asked}/acceptance").location)

    assert "They said yes" in sender.get(f"/requests/{asked}").body
    assert (sender.asked, receiver.asked) == (3, 3)


def test_nothing_is_seen_after_it_ended(db):
    maya, ines, file, wish, request = _asked()
    with ctx.as_worker(maya.pk):
        handle = file.handle
    browsers = [Browser(maya), Browser(ines)]
    told = {"id": str(file.id), "called": "Jo", "handle": handle, "priorities": [str(wish.id)]}
    shared = {
        "referral": str(request.id),
        "release": str(request.release_id),
        "to": 1,
        "mark": request.handle,
        "state": "requested",
    }
    installation = type(
        "Small",
        (),
        {"client": lambda self, agency: browsers[agency], "scene": {"files": [told | {"shares": [shared]}]}},
    )()

    ended, before, asked, leaks = withdrawal.withdrawn(installation, 23)

    assert (ended, before, leaks) == (1, 1, 0)
    assert asked >= 23


@pytest.mark.thorough("tells the whole demonstration")
def test_no_part_of_the_demonstration_takes_many_statements(db):
    with few_places():
        parts = telling.tell()

    assert {"files", "directory", "evidence", "briefs"} <= set(parts)
    assert {
        name: part.statements for name, part in parts.items() if part.statements > PARTS.get(name, PART)
    } == {}
