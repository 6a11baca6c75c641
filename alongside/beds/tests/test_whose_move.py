"""What no injected statement can do to a request.

Pass it on, rewrite what was asked, or say what is the other side's to say.
"""

import pytest
from django.db import ProgrammingError, connection

from alongside.beds.tests.conftest import asked, do, draft
from alongside.kernel import ctx

pytestmark = pytest.mark.django_db


def _try(by, words, *values):
    with ctx.as_worker(by.pk), connection.cursor() as cursor:
        cursor.execute(words, values)
        return cursor.rowcount


@pytest.mark.parametrize("column", ["agency_id", "shelter_id"])
@pytest.mark.parametrize("who", ["maya", "ruth"])
def test_a_request_is_not_passed_on(house, who, column):
    request = asked(house.offering, house.maya)

    with pytest.raises(ProgrammingError):
        _try(
            getattr(house, who),
            f"update beds_request set {column} = %s where id = %s",
            house.noor.agency_id,
            request.pk,
        )


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("ruth", "handle = 'Somebody Else'"),
        ("ruth", "age = 17"),
        ("maya", "circumstances = array['pets']"),
        ("maya", "state = 'arrived'"),
        ("maya", "state = 'not-offered'"),
        ("maya", "answer = 'full'"),
        ("ruth", "state = 'accepted'"),
        ("ruth", "state = 'declined'"),
    ],
)
def test_each_side_says_only_what_is_its_own(house, who, change):
    request = asked(house.offering, house.maya)

    with pytest.raises(ProgrammingError):
        _try(getattr(house, who), f"update beds_request set {change} where id = %s", request.pk)


def test_a_no_is_not_taken_back_by_anybody(house):
    request = asked(house.offering, house.maya)
    do("not_offer", request, house.ruth, answer="full", barriers=[])

    for who in (house.maya, house.ruth):
        with pytest.raises(ProgrammingError):
            _try(who, "update beds_request set state = 'soft-hold' where id = %s", request.pk)


def test_a_draft_may_still_be_written_anew(house):
    request = draft(house.offering, house.maya)

    assert _try(house.maya, "update beds_request set age = 30 where id = %s", request.pk) == 1


def test_nothing_is_asked_of_a_house_that_does_not_keep_that_place(house):
    request = draft(house.offering, house.maya)
    copy = """insert into beds_request
        select (jsonb_populate_record(r,
            jsonb_build_object('id', gen_random_uuid(), 'shelter_id', %s::text))).*
        from beds_request r where id = %s"""

    with pytest.raises(ProgrammingError):
        _try(house.maya, copy, str(house.noor.agency_id), request.pk)
