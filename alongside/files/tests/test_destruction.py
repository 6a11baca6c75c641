"""A file is destroyed by two: shut to everybody at once, final after a day, undone until then."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.formats import date_format

from alongside.agencies.roles import Role
from alongside.files import commands, queries
from alongside.files.models import Destruction, Detail, SafeContact
from alongside.files.tests import cast
from alongside.kernel import clock, ctx, seal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_postgresql]
A_WEEK_AGO = "update agencies_worker set right_since = now() - interval '8 days'"
SECONDS = {Role.CASEWORKER, Role.LEADER, Role.PRIVACY_OFFICER}


@pytest.fixture
def desk():
    return cast.agency("Riverside")


@pytest.fixture
def maya(desk):
    return cast.worker(desk)


@pytest.fixture
def lee(desk, superuser):
    leader = cast.worker(desk, "Lee", "leader")
    superuser.execute(A_WEEK_AGO)
    return leader


@pytest.fixture
def file(maya):
    file = cast.file(maya)
    with ctx.as_worker(maya.pk):
        commands.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
    return file


def ask(file, by):
    """Ask on the page; return where it leads."""
    answer = cast.sign_in(Client(), by).post(
        f"/files/{file.pk}/closing", {"act": "shred", "handle": file.handle}
    )
    assert answer.status_code == 302
    return answer["Location"]


def say(page, by, act="confirm"):
    return cast.sign_in(Client(), by).post(page, {"act": act})


def read(page, by):
    return cast.sign_in(Client(), by).get(page).content.decode()


def told(page, by):
    """What can be read there; where it leads is left out."""
    return cast.words(cast.sign_in(Client(), by).get(page))


def seen(by):
    """How much of what the file says this worker can read."""
    with ctx.as_worker(by.pk):
        return Detail.objects.count() + SafeContact.objects.count()


def state(superuser):
    return superuser.execute("select state from files_destruction order by id desc").fetchone()[0]


def test_two_say_so_and_it_is_shut_at_once_and_gone_after_a_day(file, maya, lee, superuser):
    page = ask(file, maya)
    gone = clock.today() + timedelta(days=36)

    assert seen(maya) == 2  # one alone takes nothing from anybody
    assert "Lee" in read(page, maya)
    assert "I say so too" not in read(page, maya)
    assert file.handle in read("/day", lee)
    theirs = told(page, lee)
    assert file.handle in theirs
    assert "Jo" not in theirs
    assert "555" not in theirs

    assert say(page, lee).status_code == 302

    assert seen(maya) == 0
    shut = told(f"/files/{file.pk}", maya)
    assert "Jo" not in shut
    assert date_format(gone, "DATE_FORMAT") in shut
    assert "Ask what they want" not in shut
    assert seal.keyring().holds(file.pk)
    superuser.execute("update files_destruction set confirmed_at = now() - interval '23 hours 59 minutes'")
    assert commands.finish_destructions() == 0
    superuser.execute("update files_destruction set confirmed_at = now() - interval '24 hours 1 second'")

    assert commands.finish_destructions() == 1

    assert commands.finish_destructions() == 0
    assert not seal.keyring().holds(file.pk)
    after = read(f"/files/{file.pk}", maya)
    assert "was destroyed" in after
    assert "Old copies of keys" in after
    assert "Ask what they want" not in after
    superuser.execute("update files_destruction set final_at = now() - interval '36 days'")
    assert "it is gone everywhere, from every copy too" in read(f"/files/{file.pk}", maya)
    said = "select action, worker_id from trail_entry where action ~ 'destr|shred' order by id"
    assert superuser.execute(said).fetchall() == [
        ("files.destruction_asked", maya.pk),
        ("files.destruction_confirmed", lee.pk),
        ("files.shredded", None),
    ]


@pytest.mark.parametrize("who", ["maya", "lee", "a third"])
@pytest.mark.parametrize("how", ["asked", "confirmed"])
def test_until_it_is_final_any_of_them_undoes_it_and_all_is_as_it_was(
    how, who, file, desk, maya, lee, superuser
):
    others = {"maya": maya, "lee": lee, "a third": cast.worker(desk, "Bo")}
    page = ask(file, maya)
    if how == "confirmed":
        say(page, lee)

    assert say(page, others[who], "undo").status_code == 302

    assert seen(maya) == 2
    assert state(superuser) == "undone"
    assert "Jo" in read(f"/files/{file.pk}", maya)
    cast.a_day_later(Destruction(id=page.rpartition("/")[2]))
    assert commands.finish_destructions() == 0
    assert say(page, lee).status_code == 409
    assert ask(file, maya) != page  # it can be asked anew


def test_what_is_final_is_not_undone(file, maya, lee, superuser):
    page = ask(file, maya)
    say(page, lee)
    cast.a_day_later(Destruction(id=page.rpartition("/")[2]))
    commands.finish_destructions()

    assert say(page, maya, "undo").status_code == 409

    assert state(superuser) == "final"
    assert "Destroyed" in read(page, lee)


@pytest.mark.parametrize("role", list(Role))
def test_the_second_is_whoever_may_destroy_files(role, file, desk, maya, lee, superuser):
    other = cast.worker(desk, "Kim", role)
    superuser.execute(A_WEEK_AGO)
    page = ask(file, maya)

    answer = say(page, other)

    assert answer.status_code == (302 if role in SECONDS else 404)
    assert state(superuser) == ("confirmed" if role in SECONDS else "asked")
    assert (page in read("/day", other)) is (role in SECONDS)


@pytest.mark.parametrize("role", [Role.INTAKE])
def test_who_reads_a_file_and_destroys_nothing_is_told_who_asks(role, file, desk):
    other = cast.worker(desk, "Kim", role)

    assert "Your role destroys nothing" in read(f"/files/{file.pk}/closing", other)
    answer = cast.sign_in(Client(), other).post(
        f"/files/{file.pk}/closing", {"act": "shred", "handle": file.handle}
    )

    assert answer.status_code == 409
    assert "Your role destroys nothing" in answer.content.decode()
    with pytest.raises(DatabaseError, match="row-level security"), ctx.as_worker(other.pk):
        Destruction.objects.create(file_id=file.pk, agency_id=file.agency_id, asked_by=other.pk)


@pytest.mark.parametrize(
    "not_one",
    [
        "right_since = now() - interval '6 days'",
        "vouched_by = array['{maya}']::uuid[]",
        "left_at = now()",
    ],
)
def test_no_second_is_whoever_is_new_or_let_in_by_the_first_alone(not_one, file, desk, maya, superuser):
    bo = cast.worker(desk, "Bo")
    superuser.execute(A_WEEK_AGO)
    superuser.execute(f"update agencies_worker set {not_one.format(maya=maya.pk)} where id = %s", [bo.pk])
    page = ask(file, maya)

    assert say(page, bo).status_code in (403, 404, 409, 302)

    assert state(superuser) == "asked"
    assert "Nobody here can be the second" in read(page, maya)


def test_whom_a_not_them_keeps_from_the_file_does_not_learn_that_it_is_to_be_destroyed(
    file, maya, lee, superuser
):
    page = ask(file, maya)
    assert file.handle in read("/day", lee)
    superuser.execute("update files_file set blocked_principals = array['role:leader']")

    assert cast.sign_in(Client(), lee).get(page).status_code == 404
    assert say(page, lee).status_code == 404
    assert file.handle not in read("/day", lee)
    assert "Lee" not in told(page, maya)
    say(page, maya, "undo")
    page = ask(file, maya)
    assert say(page, lee).status_code == 404


def test_another_agency_is_told_nothing(file, maya, lee, superuser):
    elsewhere = cast.agency("Elsewhere")
    page = ask(file, maya)
    for role in Role.values:
        noor = cast.worker(elsewhere, role.title(), role)
        superuser.execute(A_WEEK_AGO)
        assert cast.sign_in(Client(), noor).get(page).status_code == 404
        assert say(page, noor).status_code == 404
    assert state(superuser) == "asked"


ALONE = (
    "update files_destruction set state = 'confirmed'",
    "update files_destruction set state = 'final'",
    "update files_destruction set state = 'confirmed', confirmed_by = '{lee}', confirmed_at = '2001-01-01'",
    "update files_destruction set confirmed_by = '{lee}'",
    "update files_destruction set asked_by = '{lee}'",
    "update files_destruction set undone_at = null, state = 'asked'",
    "delete from files_destruction",
    "insert into files_destruction (file_id, id, agency_id, asked_by, state, confirmed_by, confirmed_at)"
    " values ('{other}', gen_random_uuid(), '{agency}', '{lee}', 'confirmed', '{maya}', '2001-01-01')",
    "insert into files_destruction (file_id, id, agency_id, asked_by)"
    " values ('{other}', gen_random_uuid(), '{agency}', '{lee}')",
    "update files_destruction set state = 'confirmed' where file_id = '{other}'",
    "update files_file set shredded_at = now()",
    "update files_file set shut_at = now()",
    "insert into kernel_effect (id, kind, about, agency_id, particulars, due_at)"
    " values (gen_random_uuid(), 'files.destroy_key', '{file}', '{agency}', '{{}}', now())",
    "select ctx.finish_destructions()",
    "select ctx.carry_out_destruction()",
    "set role ctxo",
    "alter table files_destruction disable trigger all",
)
TAKEN = """
    select (select count(*) from files_file where shredded_at is not null or shut_at is not null),
        (select count(*) from files_destruction where state in ('confirmed', 'final')),
        (select count(*) from files_destruction where asked_by <> %s),
        (select count(*) from kernel_effect)
"""


def tried_alone(file, maya, lee, superuser):
    """Whether one alone, with any statement as `app`, took something away: what they could."""
    other = cast.file(maya)
    cast.ask_to_destroy(file, maya)
    named = {"lee": lee.pk, "maya": maya.pk, "file": file.pk, "agency": file.agency_id, "other": other.pk}
    for statement in ALONE:
        try:
            with ctx.as_worker(maya.pk), connection.cursor() as cursor:
                cursor.execute(statement.format(**named))
        except DatabaseError as denied:
            assert isinstance(denied.__cause__, psycopg.Error)  # noqa: PT017
    superuser.execute("update files_destruction set confirmed_at = confirmed_at - interval '1 day'")
    commands.finish_destructions()
    return sum(superuser.execute(TAKEN, [maya.pk]).fetchone())


def test_one_alone_takes_nothing_away_with_any_statement(file, maya, lee, superuser):
    assert tried_alone(file, maya, lee, superuser) == 0

    assert seen(maya) == 3
    assert seal.keyring().holds(file.pk)


BROKEN = {
    "alter table files_destruction disable trigger check_destruction": (
        "alter table files_destruction enable trigger check_destruction"
    ),
    "grant update (shredded_at) on files_file to app": "revoke update (shredded_at) on files_file from app",
    "grant update (shut_at) on files_file to app": "revoke update (shut_at) on files_file from app",
    "create policy loose on kernel_effect for insert to app with check (true)": (
        "drop policy loose on kernel_effect"
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_whoever_takes_a_rule_away_is_noticed(broken, file, maya, lee, superuser):
    superuser.execute(broken)
    try:
        assert tried_alone(file, maya, lee, superuser) > 0
    finally:
        superuser.execute(BROKEN[broken])


def test_who_and_when_is_not_the_statements_to_say(file, maya, lee, superuser):
    with ctx.as_worker(maya.pk):
        Destruction.objects.create(
            file_id=file.pk,
            agency_id=file.agency_id,
            asked_by=lee.pk,
            asked_at=clock.now() - timedelta(days=9),
        )
    with ctx.as_worker(lee.pk):
        Destruction.objects.update(state="confirmed")

    row = superuser.execute(
        "select asked_by, confirmed_by, asked_at > now() - interval '1 minute',"
        " confirmed_at > now() - interval '1 minute', handle from files_destruction"
    ).fetchone()

    assert row == (maya.pk, lee.pk, True, True, file.handle)


def test_asking_twice_is_told_and_leads_to_what_waits(file, maya, lee):
    page = ask(file, maya)

    again = cast.sign_in(Client(), maya).post(
        f"/files/{file.pk}/closing", {"act": "shred", "handle": file.handle}
    )

    assert again.status_code == 409
    assert page in again.content.decode()
    assert page in read(f"/files/{file.pk}", maya)
    assert page in read(f"/files/{file.pk}/closing", maya)


def test_the_list_shows_that_a_file_is_shut_and_a_search_opens_no_name(file, maya, superuser):
    cast.shut(file, maya)

    assert "Shut" in read("/files/", maya)
    with ctx.as_worker(maya.pk), transaction.atomic():
        assert [person.name for _file, person in queries.find(maya, "Jo")] in ([], [file.handle])
        assert [person.name for _file, person in queries.find(maya, file.handle)] == [file.handle]
