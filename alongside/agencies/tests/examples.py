"""What the tests of the whole have to know of the agencies: who is there, before there is a file."""

from alongside.agencies.tests import cast
from tests.examples import Scene

DOORS_IN = (
    "alongside/agencies/tests/test_capabilities.py::test_who_may_do_what",
    "alongside/agencies/tests/test_seats.py::test_everybody_sees_the_plain_facts_of_their_own_agency",
)
LOOKED_AT_IN = ("alongside/agencies/tests/test_pages.py::test_every_page_can_be_read_by_everybody",)
FURTHER_PAGES = ("/account/agency", "/account/me")  # as a caseworker sees them


def around_a_file(scene: Scene) -> None:
    """The custodian's people, and an agency that is never asked."""
    desk = cast.agency("Riverside")
    scene.people |= {
        "caseworker": cast.worker(desk, "Maya"),
        "colleague": cast.worker(desk, "Cleo", on=False),
        "companion": cast.worker(desk, "Sol", "companion"),
        "specialist": cast.worker(desk, "June", "specialist"),
        "barred": cast.worker(desk, "Bo"),
        "privacy": cast.worker(desk, "privacy", "privacy-officer"),
        "leader": cast.worker(desk, "leader", "leader"),
        "admin": cast.worker(desk, "admin", "administrator"),
        "editor": cast.worker(desk, "editor", "editor"),
        "steward": cast.worker(desk, "steward", "data-steward"),
        "never": cast.worker(cast.agency("The never"), "Noor"),
    }
    scene.ids |= {"maya": scene.people["caseworker"].pk, "ana": cast.worker(desk, "Ana").pk}


def on_every_page(scene: Scene) -> None:
    """Who looks, somebody at a hospital, and the police."""
    scene.people |= {
        "caseworker": cast.worker(cast.agency("Riverside"), "Maya"),
        "hospital": cast.worker(cast.agency("North Shore", "healthcare", "hospital"), "Ines", "intake"),
    }
    scene.made["police"] = cast.agency("City Police", "criminal-legal", "police")
