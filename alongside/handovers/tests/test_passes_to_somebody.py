"""What passes goes to somebody who can do it, whoever held it and whatever becomes of the file."""

from __future__ import annotations

import psycopg
import pytest
from lxml import html

from alongside.agencies.roles import Role, roles_with
from alongside.desk.commands import leave
from alongside.files import commands as files
from alongside.handovers import commands
from alongside.handovers.tests.test_leaving import (  # noqa: F401 - a fixture
    as_,
    cast,
    chosen,
    held,
    leaves,
    left_of,
    there,
    transfer_of,
)
from alongside.kernel import clock, ctx
from tests.ground import acting

pytestmark = pytest.mark.django_db
KEEP_NONE = sorted(set(Role) - set(roles_with("keep-files")))


@pytest.mark.parametrize("role", KEEP_NONE)
def test_what_somebody_held_who_changed_role_passes_as_of_who_left(there, superuser, role):
    superuser.execute("update agencies_worker set role = %s where id = %s", [role, there.maya.pk])
    leader = as_(there.leader)
    assert "What Maya held waits" in cast.words(leader.get("/day"))

    leader.post(held(there.maya), chosen(there, there.noor, there.sam))

    assert left_of(superuser, there.maya) == []
    assert "Ring the school" in cast.words(as_(there.sam).get("/day"))
    assert as_(there.sam).get(f"/files/{there.files[1].id}").url.endswith("/justification")


def test_whoever_changed_role_is_not_named_as_the_one_who_leads_and_what_they_promised_is_seen(
    there, superuser
):
    file = there.files[0]
    with ctx.as_worker(there.maya.pk):
        commands.say_check(file_id=file.id, due_on=clock.today(), by=there.maya, at=clock.now())
        files.choose_lead(
            file=file, lead_id=there.noor.pk, backup_id=there.maya.pk, by=there.maya, at=clock.now()
        )
    superuser.execute("update agencies_worker set role = 'leader' where id = %s", [there.maya.pk])
    lead = as_(there.noor)

    assert "Ring the school" in cast.words(lead.get("/day"))
    for page in (f"/files/{file.id}", f"/handovers/checks/of/{file.id}"):
        assert "Maya" not in html.fromstring(lead.get(page).content).xpath("string(//main)"), page


def test_what_somebody_holds_who_keeps_files_is_still_nobody_else_s_to_see(there):
    assert as_(there.leader).get(held(there.maya)).status_code == 404
    with acting(there.leader.pk) as app:
        assert app.execute("select * from ctx.held_by(%s)", [there.maya.pk]).fetchall() == []


def test_by_sql_nothing_passes_to_nobody(there, superuser):
    file = there.files[1]
    with acting(there.maya.pk) as app:
        passed = app.execute("select ctx.hand_over(%s, %s, null, true)", [there.maya.pk, file.id])
        assert passed.fetchone() == (False,)
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    with acting(there.leader.pk) as app:
        assert app.execute("select ctx.settle_transfer(%s, null)", [file.id]).fetchone() == (False,)


@pytest.mark.parametrize("who", ["elsewhere", "nobody"])
def test_by_sql_a_check_is_a_colleague_s_to_make(there, who):
    file, maya = there.files[0], there.maya
    with ctx.as_worker(maya.pk):
        said = commands.say_check(file_id=file.id, due_on=clock.today(), by=maya, at=clock.now())
    other = there.elsewhere.pk if who == "elsewhere" else file.id
    insert = (
        "insert into handovers_check (id, file_id, agency_id, worker_id, due_on, said_by, said_at)"
        " values (gen_random_uuid(), %s, %s, %s, current_date, %s, now())"
    )
    update = "update handovers_check set worker_id = %s where id = %s"
    tries = {insert: [file.id, file.agency_id, other, maya.pk], update: [other, said.id]}
    for statement, values in tries.items():
        with acting(maya.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement, values)


def test_of_whoever_left_the_programme_nobody_is_to_be_asked(there, superuser):
    leaves(superuser, there.maya)
    as_(there.leader).post(held(there.maya), chosen(there, there.noor, there.sam))
    backup = as_(there.noor)
    page, file = transfer_of(backup), there.files[0]
    with ctx.as_worker(there.noor.pk):
        leave(file=file, goes_on=[], by=there.noor, at=clock.now())

    assert "whom they want to work with" not in cast.words(backup.get("/day"))
    assert backup.get(page).status_code == 404
    asked = html.fromstring(as_(there.leader).get("/handovers/transfers").content)
    assert file.handle not in asked.text_content()
    with ctx.as_worker(there.noor.pk):
        files.reopen(file=file, by=there.noor, at=clock.now())
    assert f"{file.handle} has nobody who leads" in cast.words(backup.get("/day"))


def test_with_nobody_chosen_it_is_said_so(there, superuser):
    leaves(superuser, there.maya)
    sent = {"only": str(there.files[1].id), **chosen(there, there.noor)}
    answer = as_(there.leader).post(held(there.maya), sent)

    assert answer.status_code == 422
    assert "Choose who takes it over" in cast.words(answer)
    assert as_(there.leader).post(held(there.maya), {}).status_code == 422
    assert left_of(superuser, there.maya)
