"""What the tests of the whole have to know of the briefs."""

DOORS_IN = (
    "alongside/briefs/tests/test_doors.py::test_every_address_has_its_row",
    "alongside/briefs/tests/test_doors.py::test_who_is_let_in",
)
LOOKED_AT_IN = ("alongside/briefs/tests/test_in_a_browser.py::test_every_page_can_be_read_by_everybody",)
GUIDES = ("briefs",)
