"""A page that looks again by itself keeps no session awake.

When the session is over, the whole page goes.
"""

import pytest

from alongside.agencies.tests.conftest import came_in, house, passphrase_hash  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
AGED = "update ctx.session set seen_at = seen_at - interval '10 minutes'"
SEEN = "select clock_timestamp() - max(seen_at) < interval '1 minute' from ctx.session"


@pytest.mark.parametrize(
    ("headers", "awake"),
    [({"X-By-Itself": "1", "HX-Request": "true"}, False), ({"HX-Request": "true"}, True), ({}, True)],
)
def test_only_somebody_who_is_there_keeps_a_session_awake(house, superuser, headers, awake):
    client = came_in(house.maya)
    superuser.execute(AGED)

    assert client.get("/account/agency", headers=headers).status_code == 200

    assert superuser.execute(SEEN).fetchone() == (awake,)


def test_a_part_of_a_page_asked_after_the_end_takes_the_whole_page_away(house, superuser):
    client = came_in(house.maya)
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")

    answer = client.get("/account/agency", headers={"HX-Request": "true", "X-By-Itself": "1"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"].startswith("/account/sign-in/?next=")


def test_every_page_that_looks_again_says_so():
    from pathlib import Path

    house_of = Path(__file__).resolve().parents[2]
    polling = [
        line
        for path in house_of.rglob("*.html")
        for line in path.read_text().splitlines()
        if 'hx-trigger="every' in line
    ]

    assert polling
    assert all("X-By-Itself" in line for line in polling)
