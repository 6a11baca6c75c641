"""Nothing that can be sent breaks a page at the desk, in its files and requests."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests import hostile
from tests.test_access_matrix import scene  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
OF = {  # whose page it is, where it is no caseworker's
    "privacy": ("/looks", "/files/justifications", "/requests/not-me"),
    "leader": (
        *("/handovers/held/", "/handovers/away", "/handovers/continuity"),
        *("/fund/pots/new", "/fund/pots/<uuid:pot_id>/change", "/fund/pots/<uuid:pot_id>/allotments"),
    ),
    "specialist": (
        "/accompaniment/<uuid:accompaniment_id>/going",
        "/accompaniment/<uuid:accompaniment_id>/check-",
    ),
}
DRAFTS = ("/introduction", "/passing-on", "/agreement", "/check")  # of a request that was not sent


@hostile.every_address_of(
    "desk",
    "kernel",
    "files",
    "plans",
    "handovers",
    "visits",
    "referrals",
    "appointments",
    "accompaniment",
    "fund",
)
def test_nothing_sent_to_the_desk_breaks_a_page(scene, address):
    who = scene.people[
        next((name for name, paths in OF.items() if address[1].startswith(paths)), "caseworker")
    ]
    ids = (
        scene.ids
        | {"name": "caseworker", "number": "abc123"}
        | (
            {"referral_id": scene.ids["draft_id"]}
            if address[1].startswith("/requests/") and address[1].endswith(DRAFTS)
            else {}
        )
    )
    client = cast.sign_in(Client(), who)

    assert not hostile.broken(client, address, ids, absent={"/sheet/<slug:number>"})
