"""What the tests of the whole have to know of the directory."""

from alongside.directory.tests import factories
from tests.examples import Scene

DOORS_IN = (
    "alongside/directory/tests/test_entries.py::test_who_may_do_what_with_an_entry",
    "alongside/directory/tests/test_import_pages.py::test_who_may_import",
)
NOT_PAGES = {
    *(
        f"directory:{name}"
        for name in ("csv", "visibility", "put_down", "hsds", "hsds_records", "hsds_record")
    ),
    *("directory:import", "directory:edit"),  # looked at step by step in the folder's own tests
}
FURTHER_PAGES = ("/directory/?need=shelter_tonight&place=Thunder+Bay", "/directory/?words=zzzz")


def on_every_page(scene: Scene) -> None:
    """What the hospital offers."""
    scene.ids["entry_id"] = factories.kept(scene.people["hospital"], "North Shore beds").pk
