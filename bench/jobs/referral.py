"""J7: how many requests a referral takes on each side.

From the page on which everything was read back to the answer on the sender's screen.
"""

from __future__ import annotations

import re

from bench.client import Client
from bench.figures import Bench, Figure, at_most

MOST = 3
RECEIVER = 1


def run(bench: Bench) -> list[Figure]:
    """Prepare a request; then count what sending, answering and seeing the answer take.

    What a browser follows by itself is included.
    """
    if not bench.wants("J7"):
        return []
    installation = bench.smallest
    sender, receiver = installation.client(0), installation.client(RECEIVER)
    file = installation.scene["files"][-1]
    referral = prepared(sender, file["id"], file["priorities"][3], installation.scene["agencies"][RECEIVER])
    agreed = read_back(sender, referral)
    sender.asked = 0
    follow(sender, sender.post(f"/requests/{referral}/check", agreed).location)
    taken = receiver.get(f"/requests/{referral}")
    _check(taken.status == 200 and "introduction" in taken.body.lower(), "The request did not arrive.")
    follow(receiver, receiver.post(f"/requests/{referral}/acceptance").location)
    answered = sender.get(f"/requests/{referral}")
    _check("They said yes" in answered.body, "The answer is not on the sender's screen.")
    size = installation.files
    return [
        at_most(
            "J7", size, "requests of the sender: send, and see the answer", sender.asked, MOST, "requests"
        ),
        at_most("J7", size, "requests of the receiver: read, and say yes", receiver.asked, MOST, "requests"),
    ]


def prepared(sender: Client, file: str, priority: str, agency: str) -> str:
    """Walk through the pages up to the one on which it is read back; return the request's id."""
    sender.post(f"/requests/of/{file}/seeking", {"about": priority})
    begun = sender.post(f"/requests/of/{file}/new", {"agency": agency, "about": priority})
    found = re.search(r"/requests/([0-9a-f-]{36})/", begun.location)
    _check(bool(found), "No request could be begun.")
    referral = found[1] if found else ""
    _sent(
        sender,
        referral,
        "introduction",
        {"words": "They need a room with a door that locks.", "approved": "on"},
    )
    page = sender.get(f"/requests/{referral}/agreement").body
    agreed: dict[str, str | list[str]] = {
        "items": sorted(set(re.findall(r'name="items"[^>]*value="([0-9a-f-]{36})"', page))),
        "purpose": "answer",
        "manner": "view",
        "length": "30",
        "explained": "on",
        "capacity": "self",
        "method": "oral-witnessed",
        "others_present": "alone",
    }
    _sent(sender, referral, "agreement", agreed)
    return referral


def read_back(sender: Client, referral: str) -> dict[str, str]:
    """Read the agreement back; return what is sent when they agree to it."""
    version = re.search(r'name="read_back" value="(\w+)"', sender.get(f"/requests/{referral}/check").body)
    _check(bool(version), "Nothing could be read back.")
    return {"agree": "1", "within": "3", "read_back": version[1] if version else ""}


def follow(client: Client, location: str) -> None:
    """Do what a browser does when it is sent on."""
    _check(bool(location), "The form was not accepted.")
    _check(client.get(location).status == 200, "Where the form led is no page.")


def _sent(sender: Client, referral: str, page: str, fields: dict[str, str | list[str]]) -> None:
    answer = sender.post(f"/requests/{referral}/{page}", fields)
    _check(answer.status == 302, f"The page {page} answered {answer.status}.")


def _check(good: bool, words: str) -> None:
    if not good:
        raise RuntimeError(words)
