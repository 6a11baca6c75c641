"""What takes away is done at once, also from a session that went idle within twelve hours."""

import re

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests.test_access_matrix import scene  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
OVER = "update ctx.session set seen_at = seen_at - interval '{}'"
LIVE = "select count(*) from consent_release where given_at is not null and ended_at is null and id = %s"


@pytest.fixture
def idle(scene, superuser):
    """The custodian's worker, whose session went idle under the button."""
    client = cast.sign_in(Client(), scene.people["caseworker"])
    superuser.execute(OVER.format("16 minutes"))
    ids = scene.ids
    return client, f"/requests/of/{ids['file_id']}/agreements/{ids['release_id']}/end", ids


def lives(superuser, ids):
    return superuser.execute(LIVE, [ids["release_id"]]).fetchone() == (1,)


def test_an_agreement_ends_at_once_in_that_workers_name(idle, scene, superuser):
    client, end, ids = idle
    asked = cast.sign_in(Client(), scene.people["released"])
    [(referral, *_)] = superuser.execute(
        "select id from referrals_referral where release_id = %s limit 1", [ids["release_id"]]
    ).fetchall()
    before = asked.get(f"/requests/{referral}").status_code

    notices = superuser.execute("select count(*) from consent_notice").fetchone()[0]

    answer = client.post(end)
    told = client.get(answer["Location"]).content.decode()

    row = superuser.execute(
        "select state, ended_because, ended_by, ended_how from consent_release where id = %s",
        [ids["release_id"]],
    ).fetchone()
    noted = superuser.execute(
        "select worker_id, purpose, release_id from trail_entry where action = 'consent.ended'"
        " and purpose = 'idled'"
    ).fetchall()
    worker = scene.people["caseworker"].pk
    assert answer["Location"] == "/account/sign-in/?done=1"
    assert "Done at once" in told
    assert row == ("withdrawn", "said-so", worker, "their-word")
    assert noted == [(worker, "idled", ids["release_id"])]
    assert (before, asked.get(f"/requests/{referral}").status_code) == (200, 404)
    assert superuser.execute("select count(*) from consent_notice").fetchone() == (notices + 1,)
    assert superuser.execute("select count(*) from kernel_effect").fetchone() == (0,)  # the keys are back


@pytest.mark.parametrize(
    "said",
    [
        {"which": "who", "against": "agency:<other_id>"},
        {"which": "named", "agency": "<other_id>", "name": "Ines"},
        {"which": "thing", "item": "<priority_id>"},
    ],
)
def test_not_them_is_written_down_at_once(idle, superuser, said):
    client, _end, ids = idle
    form = {name: re.sub(r"<(\w+)>", lambda found: str(ids[found[1]]), value) for name, value in said.items()}
    before = superuser.execute("select count(*) from consent_block").fetchone()[0]

    answer = client.post(f"/requests/of/{ids['file_id']}/blocks", form)

    assert answer["Location"] == "/account/sign-in/?done=1"
    assert superuser.execute("select count(*) from consent_block").fetchone()[0] > before


def test_also_after_another_window_found_the_session_idle(idle, superuser):
    client, end, ids = idle
    client.get("/day")

    client.post(end)

    assert not lives(superuser, ids)


@pytest.mark.parametrize(
    "ended",
    ["exit", "signed out", "signed in as another", "thirteen hours", "seat ended", "seat suspended"],
)
def test_never_after_it_was_left_or_the_seat_is_over(idle, scene, superuser, ended):
    client, end, ids = idle
    cookie = client.cookies["s"].value
    worker = scene.people["caseworker"].pk
    if ended == "exit":
        client.get("/exit")
    elif ended == "signed out":
        client.post("/account/session")
    elif ended == "signed in as another":
        superuser.execute("update ctx.session set ended_at = now()")
    elif ended == "thirteen hours":
        superuser.execute(OVER.format("13 hours"))
    elif ended == "seat ended":
        superuser.execute("update ctx.seat set active = false where worker = %s", [worker])
    else:
        superuser.execute(
            "update ctx.seat set suspended_until = now() + interval '1 day' where worker = %s", [worker]
        )
    client.cookies["s"] = client.cookies["i"] = cookie

    client.post(end)

    assert lives(superuser, ids)


@pytest.mark.parametrize("who", ["released", "never", "blocked", "privacy", "leader"])
def test_nobody_ends_what_they_could_not_end_awake(scene, superuser, who):
    client = cast.sign_in(Client(), scene.people[who])
    superuser.execute(OVER.format("16 minutes"))
    ids = scene.ids

    client.post(f"/requests/of/{ids['file_id']}/agreements/{ids['release_id']}/end")
    client.post(
        f"/requests/of/{ids['file_id']}/blocks", {"which": "who", "against": f"agency:{ids['other_id']}"}
    )

    assert lives(superuser, ids)


def test_nothing_can_be_read_in_its_transaction(idle, superuser, monkeypatch):
    from django.db import connection

    from alongside.consent import commands

    client, end, ids = idle
    seen = []
    real = commands.end_though_idle

    def watched(**named):
        done = real(**named)
        with connection.cursor() as cursor:
            cursor.execute("select ctx.worker(), (select count(*) from files_file)")
            seen.append(cursor.fetchone())
        return done

    monkeypatch.setattr(commands, "end_though_idle", watched)
    client.post(end)

    assert seen == [(None, 0)]
    assert not lives(superuser, ids)


def test_a_forged_form_ends_nothing(idle, superuser):
    client, end, ids = idle
    forger = Client(enforce_csrf_checks=True)
    forger.cookies["s"] = client.cookies["s"].value

    forger.post(end)

    assert lives(superuser, ids)
