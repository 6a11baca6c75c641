"""What the tests of the whole have to know of the quotes."""

DOORS_IN = (
    "alongside/quotes/tests/test_doors.py::test_nobody_but_its_editors_comes_near_a_quote",
    "alongside/quotes/tests/test_doors.py::test_its_editors_are_let_in_everywhere",
)
LOOKED_AT_IN = ("alongside/quotes/tests/test_pages.py::test_every_page_can_be_read_by_everybody",)
GUIDES = ("quotes",)
