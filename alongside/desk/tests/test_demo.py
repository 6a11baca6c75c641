"""The demonstration district: the same every time, every state in it, everybody in it can sign in."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.agencies.tests import cast
from alongside.desk import jobs
from alongside.desk.demo import district, guide, places
from alongside.desk.demo.people import KEEP_FILES, PASSPHRASE, WORKERS
from alongside.referrals.models import Reason, State
from config.settings import STATE
from tests import databases
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
ROLES = {role for seats in WORKERS.values() for _name, _full, role in seats}


@contextmanager
def few_places():
    """Few places, so that the tests look at the district."""
    whole = places.as_hsds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "as_hsds", lambda: whole(30))
        yield
    (STATE / "demo.txt").unlink(missing_ok=True)


@pytest.fixture
@frozen
def told():
    """The district, and what was said when it was made."""
    with few_places():
        return made()


def made():
    """Make the district as the operator does; what it said."""
    said = StringIO()
    call_command("demo", "--invented", stdout=said)
    return said.getvalue()


def rows(superuser, sql):
    return superuser.execute(sql).fetchall()


def shape(superuser):
    """What has to come out the same: handles, counts, states."""
    counted = {
        name: rows(superuser, f"select count(*) from {name}")
        for name in sorted(databases.filled())
        if name.startswith("public.")
    }
    counted.pop("public.files_searchterm")  # blinded with the agency's own random key: what collides differs
    handles = rows(superuser, "select handle from files_file order by handle")
    asked = rows(superuser, "select handle, state, reason from referrals_referral order by 1, 2, 3")
    return counted, handles, asked


def test_every_stage_is_there_and_every_role_signs_in(superuser, told):
    _every_stage_is_there(superuser, told)
    _everybody_signs_in(told)


@pytest.mark.thorough("makes the district once more; the quick lane looks at one")
def test_two_districts_are_the_same(superuser, told):
    first = shape(superuser)
    with few_places():
        again = made()
        unchanged = shape(superuser)
        databases.empty()
        made()

    assert "there already" in again
    assert unchanged == first
    assert shape(superuser) == first


def _every_stage_is_there(superuser, said):
    assert {state for (state,) in rows(superuser, "select distinct state from referrals_referral")} == set(
        State
    )
    assert {reason for (reason,) in rows(superuser, "select distinct reason from referrals_referral")} == {
        "",
        *Reason,
    }
    assert {o for (o,) in rows(superuser, "select distinct outcome from referrals_referral")} == {
        "",
        "worked",
        "chose-otherwise",
        "not-said",
    }
    assert {s for (s,) in rows(superuser, "select distinct state from consent_release")} >= {
        "offered",
        "declined",
        "deferred",
        "given",
        "withdrawn",
        "fulfilled",
    }
    assert {s for (s,) in rows(superuser, "select distinct state from files_safecontact")} == {
        "unverified",
        "ok",
        "suspended",
        "revoked",
    }
    expected = {
        "select count(*) from files_safecontact where state = 'ok' and expires_at < now()": 3,
        "select count(*) from consent_release where state = 'given' and until < now()": 2,
        (
            "select count(*) from consent_release where state = 'given' "
            "and until between now() and now() + interval '7 days'"
        ): 3,
        "select count(*) from referrals_referral where state = 'requested' and answer_by < now()": 5,
        "select count(*) from consent_block where lifted_at is null": 5,
        "select count(*) from consent_block where lifted_at is not null": 1,
        "select count(*) from consent_notice where read_at is null": 5,
        "select count(*) from files_file where closed_at is not null": 7,
        "select count(*) from files_file where shredded_at is not null": 1,
        "select count(*) from referrals_referralintake": 10,
        "select count(*) from plans_suggestion": 5,
        "select count(*) from gaps_gap": 300,
        "select count(distinct quarter) from gaps_gap": 5,
    }
    assert {
        sql: rows(superuser, sql)[0][0]
        for sql, least in expected.items()
        if rows(superuser, sql)[0][0] < least
    } == {}
    assert "14 agencies, 44 workers" in said
    lately = "select count(*) from agencies_worker where right_since > now() - interval '1 year'"
    assert rows(superuser, lately) == [(0,)], "nobody could confirm an invitation"
    [(opened,)] = rows(
        superuser,
        (
            "select count(*) from files_file f where not exists (select "
            "from referrals_referralintake r where r.file_id = f.id)"
        ),
    )
    assert opened == 95 == sum(number for _who, number in KEEP_FILES.values())
    assert len(rows(superuser, "select 1 from directory_entry where offered_by_id is not null")) == len(
        district.AGENCIES
    )


def _everybody_signs_in(said):
    """One worker of every role, with the printed passphrase."""
    assert PASSPHRASE in said
    for username in {role: name for seats in WORKERS.values() for name, _full, role in seats}.values():
        client = Client()
        assert (
            client.post("/account/sign-in/", {"login": username, "password": PASSPHRASE}).status_code == 302
        ), username
        assert client.get("/day").status_code == 200
    assert len(ROLES) == 10


@pytest.mark.costly("tells the evidence of the district, beside its requests")
def test_the_evidence_is_told_once_while_somebody_looks_around(superuser, told):
    [(waiting,)] = rows(
        superuser,
        "select count(*) from procrastinate_jobs where task_name = 'desk.tell_voices' and status = 'todo'",
    )

    jobs.tell_evidence()
    jobs.tell_evidence()

    assert waiting == 1
    assert Client().get("/briefs/two-rivers/1").status_code == 200
    assert rows(superuser, "select slug, number from briefs_edition") == [("two-rivers", 1)]


def test_everybody_on_the_tour_is_there():
    usernames = {name for seats in WORKERS.values() for name, _full, _role in seats}

    assert {guest.username for guest in guide.GUESTS} <= usernames


def test_it_is_never_put_beside_real_agencies():
    cast.agency("Somebody real")

    with pytest.raises(CommandError, match="agencies already"):
        call_command("demo", "--invented")


def test_invented_places_are_the_same_bytes_every_time():
    assert places.as_hsds(50) == places.as_hsds(50)
