"""What the tests of the whole have to know of the desk."""

from alongside.gaps.tests.examples import WHO_LOOKS
from tests.examples import ALL, CUSTODIAN, KEEPS, Door, Write

DOORS: dict[str, Door] = {
    "day": ("get", ALL),
    "measures": ("get", WHO_LOOKS),
    "watch": ("get", {"privacy"}),
    "watch_csv": ("get", {"privacy"}),
    "toolbox": ("get", CUSTODIAN),
    "desk:file": ("get", CUSTODIAN),
    "desk:looks": ("get", CUSTODIAN),
    "desk:paper": ("get", CUSTODIAN),
    "desk:leaving": ("get", CUSTODIAN),
    "sheet": ("get", set()),  # of the file that this session asked for
    "card": ("get", KEEPS),
}
READ_ONLY = set(DOORS) - {"desk:paper", "desk:leaving"}
WRITES = (
    Write("/files/<file_id>/leaving"),
    Write(
        "/files/<file_id>/paper",
        {"safe": "on", "language": "en"},
        still_closed="what is theirs can be given to them, and nothing is written",
    ),
)
DOORS_IN = (
    "alongside/desk/tests/test_front.py::test_whoever_is_signed_in_goes_to_their_day",
    "alongside/desk/tests/test_paper.py::test_it_says_their_words_and_who_is_around_them_by_kind_and_stands_on_the_trail",
)
NOT_PAGES = {"watch", "watch_csv", "sheet"}  # a privacy officer's; looked at in test_paper.py
HEARD = ("templates/desk/sheet.html",)
