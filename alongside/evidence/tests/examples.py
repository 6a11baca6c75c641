"""What the tests of the whole have to know of the evidence."""

DOORS_IN = ("alongside/evidence/tests/test_doors.py::test_an_editor_comes_in_and_nobody_else",)
LOOKED_AT_IN = ("alongside/evidence/tests/test_every_page.py::test_every_page_can_be_read_by_everybody",)
GUIDES = ("evidence", "exchange")
