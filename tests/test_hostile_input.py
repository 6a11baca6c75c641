"""Nothing that can be sent breaks a page: at the desk, in its files and requests. The other folders ask the same of their own scenes."""

import pytest
from django.test import Client

from alongside.kernel.sent import NOTHING, as_day, as_id, as_moment
from tests import cast, hostile
from tests.test_access_matrix import scene  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("folder", "who"), [("desk", "privacy"), ("desk", "caseworker"), *((one, "caseworker") for one in ("files", "plans", "referrals"))]
)
def test_nothing_sent_to_the_desk_breaks_a_page(scene, folder, who):
    client = cast.sign_in(Client(), scene["people"][who])
    if folder == "referrals":
        client.post(f"/requests/of/{scene['ids']['file_id']}/seeking")  # so that /requests/new knows for whom

    assert not hostile.broken(client, folder, scene["ids"])


def test_what_is_no_id_is_nobodys():
    known = "01a2234d-3041-7b11-9d7e-9f2a4b6c8d0e"

    assert str(as_id(known)) == str(as_id(known.upper())) == known
    for value in [*hostile.VALUES, None, f"urn:uuid:{known}", known.replace("-", ""), f"{known}\n", known.replace("0", "٠")]:
        assert value == known or as_id(value) == NOTHING
        assert value == known or as_id(value, None) is None


def test_what_is_no_day_and_no_moment_is_none():
    assert str(as_day("2028-02-29")) == "2028-02-29"
    assert [as_day(one) for one in ("", "x", "2026-02-29", "2026-02-30T10:00:00Z", "٢٠٢٦-١٢-٠١", "9" * 5000)] == [None] * 6
    assert as_moment("2026-11-28T10:00:00-05:00").isoformat() == "2026-11-28T10:00:00-05:00"
    assert [as_moment(one) for one in ("", "x", "2026-02-30T10:00:00Z", "2026-11-28T10:00:00", "2026-11-28T25:00:00Z")] == [None] * 5
