"""Nothing that can be sent breaks a page: at the desk, in its files and requests.

The other folders ask the same of their own scenes.
"""

import pytest
from django.test import Client

from alongside.kernel.sent import NOTHING, as_day, as_id, as_moment
from tests import cast, hostile
from tests.test_closed_files import scene  # noqa: F401 - a fixture
from tests.test_house import HOUSE, doors

pytestmark = pytest.mark.django_db
DRAFTS = ("/introduction", "/items", "/terms", "/agreement", "/check")  # of a request that was not sent


@hostile.every_address_of("desk", "kernel", "files", "plans", "referrals")
def test_nothing_sent_to_the_desk_breaks_a_page(scene, address):
    who = (
        cast.worker(scene["maya"].agency, "Pia", "privacy-officer")
        if address[1] == "/looks"
        else scene["maya"]
    )
    ids = scene["ids"] | (
        {"referral_id": scene["draft"].id}
        if address[1].startswith("/requests/") and address[1].endswith(DRAFTS)
        else {}
    )
    client = cast.sign_in(Client(), who)
    client.post(f"/requests/of/{ids['file_id']}/seeking")  # so that /requests/new knows for whom

    assert not hostile.broken(client, address, ids, absent={"/requests/new"})


def test_what_is_no_id_is_nobodys():
    known = "01a2234d-3041-7b11-9d7e-9f2a4b6c8d0e"

    assert str(as_id(known)) == str(as_id(known.upper())) == known
    for value in [
        *hostile.VALUES,
        None,
        f"urn:uuid:{known}",
        known.replace("-", ""),
        f"{known}\n",
        known.replace("0", "٠"),
    ]:
        assert value == known or as_id(value) == NOTHING
        assert value == known or as_id(value, None) is None


def test_what_is_no_day_and_no_moment_is_none():
    assert str(as_day("2028-02-29")) == "2028-02-29"
    assert [
        as_day(one) for one in ("", "x", "2026-02-29", "2026-02-30T10:00:00Z", "٢٠٢٦-١٢-٠١", "9" * 5000)
    ] == [None] * 6
    assert as_moment("2026-11-28T10:00:00-05:00").isoformat() == "2026-11-28T10:00:00-05:00"
    assert [
        as_moment(one)
        for one in ("", "x", "2026-02-30T10:00:00Z", "2026-11-28T10:00:00", "2026-11-28T25:00:00Z")
    ] == [None] * 5


def test_every_folder_with_addresses_is_sent_it():
    folders = {
        pattern.callback.__module__.split(".")[1]
        for pattern in doors()
        if pattern.callback.__module__.startswith("alongside.")
    }
    asked = {"desk", "kernel", "files", "plans", "referrals"} | {
        path.parts[-3] for path in HOUSE.glob("*/tests/test_hostile_input.py")
    }

    assert folders == asked
