"""What the tests of the whole have to know of the gaps."""

DOORS_IN = (
    "alongside/gaps/tests/test_a_no.py::test_whoever_asks_for_people_may_write_a_no_down",
    "alongside/gaps/tests/test_summary.py::test_who_may_look",
)
