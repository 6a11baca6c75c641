"""Ontario has two clocks: what is today is said by the agency's own."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from alongside.agencies.models import Agency
from alongside.agencies.tests import cast
from alongside.gaps.rules import quarter_of
from alongside.indicators.queries.cubes import span_of
from alongside.kernel import ctx, geography

pytestmark = pytest.mark.django_db
EASTERN, CENTRAL = "America/Toronto", "America/Winnipeg"
FIVE_TO_MIDNIGHT = {
    EASTERN: datetime(2026, 11, 29, 4, 55, tzinfo=UTC),
    CENTRAL: datetime(2026, 11, 29, 5, 55, tzinfo=UTC),
}


@pytest.mark.parametrize("before", ["thunder-bay", "kenora"])
@pytest.mark.parametrize(
    ("zone", "minutes", "day"),
    [
        (EASTERN, 0, "Saturday 28 November"),
        (EASTERN, 6, "Sunday 29 November"),
        (CENTRAL, -54, "Saturday 28 November"),
        (CENTRAL, 0, "Saturday 28 November"),
        (CENTRAL, 6, "Sunday 29 November"),
    ],
)
def test_a_workers_day_begins_at_their_agencys_midnight(client, zone, minutes, day, before):
    with time_machine.travel(FIVE_TO_MIDNIGHT[zone] + timedelta(minutes=minutes), tick=False):
        other = cast.worker(
            cast.agency("Other", time_zone={"thunder-bay": EASTERN, "kenora": CENTRAL}[before])
        )
        maya = cast.worker(cast.agency("Riverside", time_zone=zone))
        cast.sign_in(client, other).get("/day")

        page = cast.sign_in(client, maya).get("/day").content.decode()

    assert f"<h1>{day}</h1>" in page
    assert timezone.get_current_timezone_name() == EASTERN, (
        "what comes after a worker's page has the installation's clock again"
    )


@pytest.mark.parametrize(
    ("division", "zone"),
    [("3558", EASTERN), ("3559", CENTRAL), ("3560", CENTRAL), ("3506", EASTERN), ("", EASTERN)],
)
def test_an_agencys_clock_is_its_divisions_unless_it_is_said(division, zone):
    call_command(
        "agency_add", slug="here", name="Here", sector="community", kind="shelter", division=division
    )
    call_command(
        "agency_add",
        slug="said",
        name="Said",
        sector="community",
        kind="shelter",
        division=division,
        time_zone=CENTRAL,
    )

    with ctx.as_operator():
        zones = dict(Agency.objects.filter(slug__in=("here", "said")).values_list("slug", "time_zone"))
    assert zones == {"here": zone, "said": CENTRAL}
    assert set(geography.TIME_ZONES) == {EASTERN, CENTRAL}


def test_a_clock_that_ontario_does_not_have_is_refused():
    with pytest.raises(CommandError, match="time-zone"):
        call_command(
            "agency_add",
            "--slug=x",
            "--name=X",
            "--sector=community",
            "--kind=shelter",
            "--time-zone=Europe/Paris",
        )


def test_what_agencies_count_together_has_one_calendar():
    new_year = datetime(
        2027, 1, 1, 5, 30, tzinfo=UTC
    )  # half past midnight in Toronto, half past eleven in Kenora
    with timezone.override(CENTRAL):
        told_in_kenora = quarter_of(new_year), span_of("2026-H2")

    assert told_in_kenora == (quarter_of(new_year), span_of("2026-H2"))
    assert quarter_of(new_year) == "2027-Q1"
