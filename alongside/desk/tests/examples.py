"""What the tests of the whole have to know of the desk."""

from tests.examples import ALL, CUSTODIAN, Door

DOORS: dict[str, Door] = {
    "day": ("get", ALL),
    "watch": ("get", {"privacy"}),
    "desk:file": ("get", CUSTODIAN),
    "desk:looks": ("get", CUSTODIAN),
}
READ_ONLY = set(DOORS)
DOORS_IN = ("alongside/desk/tests/test_front.py::test_whoever_is_signed_in_goes_to_their_day",)
NOT_PAGES = {"watch"}  # a privacy officer's
