"""What is sent and is no id, no day and no moment is nobody's; and every folder is sent it.

Each folder asks of its own scene that nothing sent breaks a page, in its `tests/test_hostile_input.py`.
"""

import re

from alongside.kernel.sent import NOTHING, as_day, as_id, as_moment
from tests import hostile
from tests.test_house import HOUSE, doors


def test_what_is_no_id_is_nobodys():
    known = "01a2234d-3041-7b11-9d7e-9f2a4b6c8d0e"

    assert str(as_id(known)) == str(as_id(known.upper())) == known
    for value in [
        *hostile.VALUES,
        None,
        f"urn:uuid:{known}",
        known.replace("-", ""),
        f"{known}\n",
        known.replace("0", "٠"),
    ]:
        assert value == known or as_id(value) == NOTHING
        assert value == known or as_id(value, None) is None


def test_what_is_no_day_and_no_moment_is_none():
    assert str(as_day("2028-02-29")) == "2028-02-29"
    assert [
        as_day(value) for value in ("", "x", "2026-02-29", "2026-02-30T10:00:00Z", "٢٠٢٦-١٢-٠١", "9" * 5000)
    ] == [None] * 6
    assert as_moment("2026-11-28T10:00:00-05:00").isoformat() == "2026-11-28T10:00:00-05:00"
    assert [
        as_moment(value)
        for value in ("", "x", "2026-02-30T10:00:00Z", "2026-11-28T10:00:00", "2026-11-28T25:00:00Z")
    ] == [None] * 5


def test_every_folder_with_addresses_is_sent_it():
    folders = {
        pattern.callback.__module__.split(".")[1]
        for pattern in doors()
        if pattern.callback.__module__.startswith("alongside.")
    }
    asked = {
        folder
        for path in HOUSE.glob("*/tests/test_hostile_input.py")
        for named in re.findall(r"every_address_of\(([^)]*)\)", path.read_text(encoding="utf-8"))
        for folder in re.findall(r'"(\w+)"', named)
    }

    assert folders == asked
