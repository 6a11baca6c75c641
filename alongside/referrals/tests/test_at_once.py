"""Two press at the same moment: neither waits for the other for ever, and both get an answer."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.tests import cast
from tests.frozen import frozen
from tests.ground import connect

pytestmark = pytest.mark.django_db

ORDER = ["files_file", "referrals_referral", "consent_release"]
LOCKS = re.compile(
    r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE|^UPDATE "(\w+)"',
    re.DOTALL,
)


@pytest.fixture
@frozen
def scene():
    """Two requests that were sent, one of them agreed to, and a draft that was talked about."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    asked, agreed = (cast.request(file, maya, ines.agency, wish) for _ in range(2))
    with ctx.as_worker(ines.pk):
        commands.say_yes(referral=agreed, by=ines, at=clock.now())
    draft = cast.talked_about(file, maya, ines.agency)
    return SimpleNamespace(maya=maya, ines=ines, file=file, asked=asked, agreed=agreed, draft=draft)


ACTS = {
    "ours: end it now": ("of/{file.id}/agreements/{asked.release_id}/end", {}),
    "ours: taken back": ("{asked.id}/taking-back", {}),
    "ours: a mistake": ("{asked.id}/mistake", {}),
    "ours: the last word": ("{agreed.id}/outcome", {"outcome": "worked", "sure": "1"}),
    "ours: sent": ("{draft.id}/check", {"agree": "1", "within": "3"}),
    "ours: a message": ("{asked.id}/messages", {"words": "Thank you."}),
    "ours: not them": ("of/{file.id}/blocks", {"which": "who", "against": "agency:{ines.agency_id}"}),
    "theirs: no": ("{asked.id}/refusal", {"reason": "no-capacity"}),
    "theirs: yes": ("{asked.id}/acceptance", {}),
    "theirs: a question": ("{asked.id}/question", {"words": "Which door is better?"}),
    "theirs: came to nothing": ("{agreed.id}/progress", {"to": "failed"}),
}


def press(scene, name):
    """Press it, as the worker whose side it is."""
    address, sends = ACTS[name]
    client = cast.sign_in(Client(), scene.maya if name.startswith("ours") else scene.ines)
    said = {key: value.format(**vars(scene)) for key, value in sends.items()}
    return client.post(f"/requests/{address.format(**vars(scene))}", said)


@pytest.mark.parametrize("name", ACTS)
def test_whatever_is_locked_is_locked_in_one_order(scene, name):
    with CaptureQueriesContext(connection) as asked:
        answer = press(scene, name)

    found = [LOCKS.search(query["sql"]) for query in asked.captured_queries]
    locked = [table for each in found if each and (table := each[1] or each[2]) in ORDER]
    assert answer.status_code == 302
    assert list(dict.fromkeys(locked)) == sorted(set(locked), key=ORDER.index)


def test_theirs_is_written_while_ours_is_being_written(scene):
    with ctx.as_worker(scene.maya.pk):
        commands.introduce(referral=scene.draft, words="New.", approved=True, by=scene.maya, at=clock.now())
        with ThreadPoolExecutor(1) as elsewhere:
            answer = elsewhere.submit(_and_close, scene, "theirs: a question").result(timeout=5)

    assert answer.status_code == 302


def test_whoever_had_to_yield_is_begun_anew_and_is_done_once(scene, superuser):
    other = connect("postgres")
    other.execute("set deadlock_timeout = '20s'")
    other.execute("select from consent_release where id = %s for update", [scene.asked.release_id])

    with ThreadPoolExecutor(1) as elsewhere:
        pressed = elsewhere.submit(_and_close, scene, "ours: taken back")
        while not superuser.execute("select from pg_locks where not granted").fetchall():
            time.sleep(0.02)
        other.execute("select from referrals_referral where id = %s for update", [scene.asked.id])
        yielded = not pressed.done()
        other.commit()
        answer = pressed.result()
    other.close()

    assert yielded
    assert answer.status_code == 302
    assert superuser.execute(
        "select state from referrals_referral where id = %s", [scene.asked.id]
    ).fetchone() == ("cancelled",)
    assert superuser.execute(
        "select count(*) from trail_entry where action = 'referrals.cancelled'"
    ).fetchone() == (1,)


def _and_close(scene, name):
    """Press it on a connection of one's own, which is closed after it."""
    try:
        return press(scene, name)
    finally:
        connection.close()
