"""What is sent and is no id, no day and no moment is nobody's; and every folder is sent it.

Each folder asks of its own scene that nothing sent breaks a page, in its `tests/test_hostile_input.py`.
"""

import ast
import http.client
import re

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.kernel.sent import NOTHING, as_day, as_id, as_moment, as_number
from tests import hostile
from tests.addresses import addresses, filled
from tests.test_house import HOUSE, doors
from tests.test_rooms import modules, parsed

PARSERS = {"int", "float", "UUID", "fromisoformat", "strptime", "Decimal", "fromtimestamp"}
MEETS_BROWSERS = {"views", "forms", "middleware", "criteria", "display", "decorators", "signin"}
# What is parsed there by hand, and why it can't be anything else.
PARSED = {
    "agencies.signin": "the key of an account, which Django kept in the session",
    "beds.forms.requests": "digits a pattern found, of a field that is short",
    "beds.display.charts": "a place on a drawing",
    "directory.criteria": "a yes, as it stands in an address of ours",
    "evidence.views.sources": "a choice of a form",
    "occupancy.display.filters": "months that are ours",
    "desk.views": "what the session keeps, written by us",
    "referrals.forms.agreement": "a choice of the form",
    "kernel.forms": "a choice of the form",
    "referrals.views.blocks": "a choice of a form",
}
BOTH, FEW = ("POST", "GET"), ("/account/sign-in/", "/directory/", "/policy-reports")
SENT = "application/x-www-form-urlencoded"


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


def test_what_is_no_number_is_none():
    assert [as_number(value, None) for value in ("0", "007", "999999999")] == [0, 7, 999_999_999]
    for value in ("", "-1", "+1", " 1", "1 ", "1\n", "1.0", "1e3", "²", "١", "1" * 10, "9" * 5000, "NaN"):
        assert as_number(value, None) is None


def unguarded(module):
    """What a module that meets browsers parses by itself: neither a choice of a form nor kernel.sent."""
    return {
        ast.unparse(call)
        for call in module.calls()
        if (ast.unparse(call.func).rpartition(".")[2] in PARSERS)
        and call.args
        and not isinstance(call.args[0], ast.Constant)
        and "cleaned_data[" not in ast.unparse(call)
    }


def test_ids_numbers_and_days_from_a_browser_are_read_in_one_place():
    found = {module.name: unguarded(module) for module in modules() if module.room in MEETS_BROWSERS}

    assert {name for name, calls in found.items() if calls} == set(PARSED)


def test_a_number_parsed_by_hand_is_noticed():
    planted = "def page(request):\n    return int(request.GET['part']), UUID(form.cleaned_data['file'])"

    assert unguarded(parsed("views", planted)) == {"int(request.GET['part'])"}


CHARSETS = ("hex", "foo", "utf-16", "utf-7", "idna", "undefined", "base64", "")
ODD = [f"{kind}; charset={name}" for kind in (SENT, "multipart/form-data; boundary=x") for name in CHARSETS]
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


def ask(live, verb, path, kind):
    """What the real web server answers: status, how long it is kept, if in our dress, with our policy."""
    connection = http.client.HTTPConnection(live.removeprefix("http://"), timeout=10)
    try:
        connection.request(verb, f"{path}?a=%ff", PART, {"Content-Type": kind.encode(), "Host": "localhost"})
        answer = connection.getresponse()
        dressed = verb == "HEAD" or b"Leave now" in answer.read()
        policy = answer.getheader("Content-Security-Policy") or ""
        return answer.status, answer.getheader("Cache-Control"), dressed, "default-src 'none'" in policy
    finally:
        connection.close()


@pytest.mark.costly("asks the real web server at every address")
def test_a_charset_that_is_none_of_ours_is_refused_in_our_dress_at_every_address(live):
    """Django reads the address in it as a request is made: before any handler, and without our headers."""
    everywhere = [(verb, filled(paths[0], {}), ODD[0]) for paths in addresses().values() for verb in BOTH]
    asked = everywhere + [(verb, path, kind) for verb in BOTH for path in FEW for kind in ODD]

    wrong = [each for each in asked if ask(live, *each) != (400, "no-store", True, True)]

    assert wrong == []


@pytest.mark.django_db
def test_far_too_much_is_refused_in_our_dress():
    client = cast.sign_in(Client(raise_request_exception=False), cast.worker(cast.agency("Riverside")))
    for answer in (
        client.post("/language", "a=1&" * 2000, content_type=SENT),
        client.post("/language", b"a=" + b"x" * 3_000_000, content_type=SENT),
        client.get("/directory/?" + "a=1&" * 2000),
        client.get("/directory/?" + "visit=1&" * 2000),
    ):
        assert answer.status_code in (400, 413)
        assert "Leave now" in answer.content.decode()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
