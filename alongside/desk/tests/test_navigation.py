"""The menu: which places each role is shown, and in which order."""

from types import SimpleNamespace

import pytest

from alongside.agencies.roles import Role, Sector, may
from alongside.kernel.navigation import places

WITH_PEOPLE = ["/day", "/files/", "/requests/", "/beds/", "/fund/", "/hub/", "/directory/"]
SHOWN = {
    Role.CASEWORKER: [*WITH_PEOPLE, "/gaps/", "/measures"],
    Role.INTAKE: WITH_PEOPLE,
    Role.SPECIALIST: ["/day", "/requests/", "/hub/", "/directory/"],
    Role.COMPANION: ["/day", "/requests/", "/hub/", "/directory/"],
    Role.COORDINATOR: ["/day", "/beds/", "/fund/", "/directory/", "/gaps/", "/measures"],
    Role.PRIVACY_OFFICER: [
        "/day",
        "/fund/",
        "/directory/",
        "/gaps/",
        "/measures",
        "/numbers/",
        "/briefs/",
        "/files/justifications",
        "/looks",
    ],
    Role.LEADER: ["/day", "/beds/", "/fund/", "/directory/", "/gaps/", "/measures", "/numbers/", "/briefs/"],
    Role.ADMINISTRATOR: ["/day", "/directory/"],
    Role.EDITOR: ["/day", "/directory/", "/evidence/", "/numbers/", "/briefs/"],
    Role.DATA_STEWARD: ["/day", "/directory/", "/numbers/", "/briefs/"],
}
NOT_IN_COURT = {"/files/", "/beds/", "/fund/"}  # a criminal-legal agency keeps no files and finds nothing


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("sector", Sector.values)
def test_each_role_is_shown_its_places_in_their_order(role, sector):
    worker = SimpleNamespace(may=lambda permission: may(permission, role, sector))
    left_out = NOT_IN_COURT if sector == Sector.CRIMINAL_LEGAL else set()

    shown = [place["url"] for place in places(worker, "/quotes/1")]

    assert shown == [url for url in SHOWN[Role(role)] if url not in left_out]
    assert [place["url"] for place in places(worker, "/quotes/1") if place["here"]] == (
        ["/evidence/"] if role == Role.EDITOR else []
    )
