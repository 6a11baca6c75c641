"""My day: one line of time for everybody, one thing to do in each row, and nothing empty without a way on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html

from alongside.agencies.roles import Role
from alongside.beds.tests import conftest as beds
from alongside.desk.queries import day_of
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there():
    """Maya with a file in which something is promised for yesterday, today, in three days, and some time."""
    agency = cast.agency("Riverside")
    maya = cast.worker(agency, "Maya")
    file = cast.file(maya)
    today = clock.today()
    with ctx.as_worker(maya.pk):
        for words, due in (
            ("Ring the school", today - timedelta(days=1)),
            ("Find the key", today),
            ("Ask about a deposit", today + timedelta(days=3)),
            ("Say thank you", None),
        ):
            plans.add_step(
                file_id=file.id,
                priority_id=None,
                words=words,
                worker_id=maya.pk,
                due_on=due,
                by=maya,
                at=clock.now(),
            )
    return {"agency": agency, "maya": maya, "file": file}


def day(worker):
    return html.fromstring(cast.sign_in(Client(), worker).get("/day").content)


def words_under(page, heading):
    [section] = page.xpath(f"//section[h2[normalize-space()='{heading}']]")
    return [row.text_content() for row in section.xpath(".//li")]


def test_what_is_due_stands_under_today_and_the_rest_under_this_week(there):
    page = day(there["maya"])

    today, later = words_under(page, "Today"), words_under(page, "This week")

    assert [any(words in row for row in today) for words in ("Ring the school", "Find the key")] == [True] * 2
    assert len(today) == 2
    assert "Ask about a deposit" in later[0]
    assert "Say thank you" in later[-1]


def test_each_row_has_one_thing_to_do_and_only_the_first_is_framed(there):
    page = day(there["maya"])

    for row in page.xpath("//ol[contains(@class, 'day')]/li"):
        assert len(row.xpath(".//*[contains(concat(' ', @class, ' '), ' button ')]")) == 1, row.text_content()
    assert len(page.xpath("//li[@class='next']")) == 1


def test_one_button_is_green_whatever_waits(there):
    for page in (day(there["maya"]), day(cast.worker(there["agency"], "Sam"))):
        assert len(page.xpath("//main//*[normalize-space(@class) = 'button']")) == 1


def test_what_was_done_today_folds_away_and_can_be_undone(there):
    client = cast.sign_in(Client(), there["maya"])
    page = html.fromstring(client.get("/day").content)
    [form] = page.xpath("//li[contains(., 'Find the key')]//form")
    sends = {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")}

    client.post(form.get("action"), sends)
    page = html.fromstring(client.get("/day").content)
    [folded] = page.xpath("//details[contains(., 'Done today')]")
    assert "Find the key" in folded.text_content()
    assert not any("Find the key" in row for row in words_under(page, "Today"))

    [form] = folded.xpath(".//form")
    client.post(
        form.get("action"),
        {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")},
    )
    assert any("Find the key" in row for row in words_under(day(there["maya"]), "Today"))


@pytest.mark.parametrize("role", Role.values)
def test_nobody_finds_an_empty_page(there, role):
    page = day(cast.worker(there["agency"], "Ada", role))

    [main] = page.xpath("//main")
    assert main.xpath(".//h1")
    assert main.xpath(".//a[contains(@class, 'button')] | .//button"), "a way on"


def test_a_day_with_many_files_takes_as_few_statements_as_one_with_a_few(
    there, django_assert_max_num_queries
):
    maya = there["maya"]
    with ctx.as_worker(maya.pk):
        few = len(day_of(maya, clock.now())["today"])
        with django_assert_max_num_queries(100) as first:
            day_of(maya, clock.now())
    for _number in range(5):
        file = cast.file(maya)
        with ctx.as_worker(maya.pk):
            plans.add_step(
                file_id=file.id,
                priority_id=None,
                words="Ring them",
                worker_id=maya.pk,
                due_on=clock.today(),
                by=maya,
                at=clock.now(),
            )
    with ctx.as_worker(maya.pk), django_assert_max_num_queries(len(first)):
        assert len(day_of(maya, clock.now())["today"]) == few + 5


def test_a_coordinator_is_asked_whether_what_a_programme_says_is_still_so(there, superuser):
    dana = cast.worker(there["agency"], "Dana", "coordinator")
    kept = beds.offering(dana)
    assert "still so" not in day(dana).text_content(), "it was said today"

    long_ago = clock.today() - timedelta(days=91)
    superuser.execute("update beds_offering set verified_on = %s where id = %s", [long_ago, kept.pk])

    assert any("Cedar nights" in row and "still so" in row for row in words_under(day(dana), "This week"))
