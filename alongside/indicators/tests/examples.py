"""What the tests of the whole have to know of the numbers."""

DOORS_IN = (
    "alongside/indicators/tests/test_doors.py::test_no_address_is_forgotten",
    "alongside/indicators/tests/test_doors.py::test_who_is_let_in",
    "alongside/indicators/tests/test_costs.py::test_who_doesnt_look_at_numbers_finds_no_such_page",
)
LOOKED_AT_IN = ("alongside/indicators/tests/test_in_a_browser.py::test_every_page_can_be_read_by_everybody",)
GUIDES = ("numbers",)
