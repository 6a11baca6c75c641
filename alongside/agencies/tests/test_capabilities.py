"""What an agency may do follows from its sector.

What a worker may do follows from their role too (practice.md 0.1, 1.3).
"""

import pytest

from alongside.agencies import rules
from alongside.agencies.models import Agency, Worker
from alongside.agencies.roles import Role, Sector

KEEPS = {"caseworker", "intake"}
MEETS = KEEPS | {"specialist", "companion"}


def seat(sector, role):
    return Worker(agency=Agency(name="X", sector=sector), role=role, name="Y")


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("sector", Sector.values)
@pytest.mark.parametrize("verb", ["keep_files", "search_files", "ask", "answer"])
def test_who_may_do_what(sector, role, verb):
    expected = role in MEETS if verb == "answer" else role in KEEPS and sector != "criminal-legal"
    worker = seat(sector, role)

    assert getattr(rules, f"may_{verb}")(worker) is expected
    if expected:
        getattr(rules, f"check_can_{verb}")(worker)
    else:
        with pytest.raises(rules.Refusal) as refused:
            getattr(rules, f"check_can_{verb}")(worker)
        assert str(refused.value).endswith((".", "do: ask one of them."))


@pytest.mark.parametrize("sector", Sector.values)
def test_every_sector_receives_and_answers(sector):
    capabilities = rules.capabilities_of(Agency(name="X", sector=sector))

    assert (capabilities.receives, capabilities.answers) == (True, True)


def test_a_criminal_legal_agency_can_never_browse_list_or_search():
    capabilities = rules.capabilities_of(Agency(name="X", sector=Sector.CRIMINAL_LEGAL))

    assert (capabilities.keeps_files, capabilities.searches, capabilities.lists, capabilities.asks) == (
        False,
        False,
        False,
        False,
    )


@pytest.mark.parametrize("role", [role for role in Role.values if role != "administrator"])
def test_only_administrators_arrange_seats(role):
    with pytest.raises(rules.NotYourRole):
        rules.check_can_arrange(seat("community", role))
    rules.check_can_arrange(seat("community", "administrator"))
