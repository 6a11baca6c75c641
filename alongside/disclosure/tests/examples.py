"""What the tests of the whole have to know of the ledger: its pages are those of the numbers."""

DOORS_IN = ("alongside/indicators/tests/test_doors.py::test_who_is_let_in",)
LOOKED_AT_IN = ("alongside/indicators/tests/test_in_a_browser.py::test_every_page_can_be_read_by_everybody",)
