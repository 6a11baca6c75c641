"""Whatever somebody held who leaves: once it was handed over, nothing that is still to be done names them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accompaniment import commands as accompaniment
from alongside.accompaniment.queries import State
from alongside.accompaniment.tests.examples import vouched
from alongside.appointments import commands as appointments
from alongside.files import commands as files
from alongside.files.tests import cast
from alongside.handovers import commands
from alongside.kernel import clock, ctx
from alongside.kernel.holdings import holdings
from alongside.kernel.ids import uuid7
from alongside.plans import commands as plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    """Noor takes over whatever Lee hands over."""
    here = cast.agency("Riverside")
    noor = cast.worker(here, "Noor")
    return SimpleNamespace(here=here, noor=noor, lee=cast.worker(here, "Lee", "leader"))


def _booked(file, by, hours):
    at = clock.now()
    return appointments.book(
        id=uuid7(), file_id=file.id, starts_at=at + timedelta(hours=hours),
        ends_at=at + timedelta(hours=hours + 1), words={"alias": "The library"}, by=by, at=at,
    )  # fmt: skip


def _goes_along(file, who, by, hours, instead=None):
    found = accompaniment.answer(
        appointment=_booked(file, by, hours), state=State.ACCEPTED, by=by, at=clock.now()
    )
    accompaniment.choose(
        accompaniment=found, companion_id=(instead or who).pk, backup_id=who.pk if instead else None,
        is_own=False, by=by, at=clock.now(),
    )  # fmt: skip


def _another(there):
    kim = cast.worker(there.here, "Kim")
    vouched(kim, there.noor)
    return kim


def _promises(there, file, who):
    plans.add_step(
        file_id=file.id, priority_id=None, words="Ring the school", worker_id=who.pk,
        due_on=clock.today(), by=there.noor, at=clock.now(),
    )  # fmt: skip


def _leads(there, file, who):
    files.choose_lead(file=file, lead_id=who.pk, backup_id=there.noor.pk, by=there.noor, at=clock.now())


def _backs_up(there, file, who):
    files.choose_lead(file=file, lead_id=there.noor.pk, backup_id=who.pk, by=there.noor, at=clock.now())


def _interprets(there, file, who):
    appointments.seek_interpreter(
        appointment=_booked(file, there.noor, 30), language="fr", manner="present", source="agency",
        worker_id=who.pk, order="", by=there.noor, at=clock.now(),
    )  # fmt: skip


# each with what its row says, and whoever acts
HOLDS = {
    "files_file.lead_id": _leads,
    "files_file.backup_id": _backs_up,
    "plans_step.worker_id": _promises,
    "appointments_appointment.worker_id": lambda there, file, who: _booked(file, who, 20),
    "appointments_interpreter.worker_id": _interprets,
    "accompaniment_accompaniment.companion_id": (
        lambda there, file, who: _goes_along(file, who, there.noor, 40)
    ),
    "accompaniment_accompaniment.backup_id": (
        lambda there, file, who: _goes_along(file, who, there.noor, 60, instead=_another(there))
    ),
    "handovers_check.worker_id": (
        lambda there, file, who: commands.say_check(
            file_id=file.id, due_on=clock.today(), by=who, at=clock.now()
        )
    ),
}
BY_THEMSELVES = {"appointments_appointment.worker_id", "handovers_check.worker_id"}


def test_all_that_passes_is_tried():
    assert set(HOLDS) == {holding.name for holding in holdings() if holding.passing} - NOT_TRIED.keys()


NOT_TRIED = {
    "handovers_handover.to_id": "a shift falls to whoever is on within the hour: test_handing_over.py",
    "files_file.next_lead_id": "whoever took over and leaves too: test_leaving.py",
}


GOES = {
    "leaves": "left_at = now() + interval '1 day'",
    "is closed out": "suspended_until = now() + interval '1 day'",
    "changes role": "role = 'specialist'",
}
OF_ANY_ROLE = {holding.name for holding in holdings() if holding.any_role}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(sorted(HOLDS)), min_size=1, max_size=8, unique=True),
    st.sampled_from(sorted(GOES)),
)
def test_once_it_is_handed_over_nothing_that_is_open_names_them(there, superuser, held, how):
    leaver = cast.worker(there.here, "Ada", on=True)
    vouched(leaver, there.noor)
    with ctx.as_worker(there.noor.pk):
        file = cast.file(there.noor, "Jo")
    for name in held:
        with ctx.as_worker((leaver if name in BY_THEMSELVES else there.noor).pk):
            HOLDS[name](there, file, leaver)
    superuser.execute(f"update agencies_worker set {GOES[how]} where id = %s", [leaver.pk])
    whose = [there.here.pk, [leaver.pk]]
    open_before = superuser.execute("select distinct what from ctx._held(%s, %s::uuid[])", whose).fetchall()

    with ctx.as_worker(there.lee.pk):
        commands.hand_over_held(whose=leaver, takers={file.id: there.noor.pk}, leaves=True, by=there.lee)

    assert {what for (what,) in open_before} >= set(held) - _taken_over(held)
    left = superuser.execute("select what from ctx._held(%s, %s::uuid[]) where passes", whose).fetchall()
    still_theirs = OF_ANY_ROLE if how == "changes role" else set()
    assert {what for (what,) in left} == still_theirs & set(held)


def _taken_over(held):
    """Of a lead and a backup of one file, only the one that was chosen last."""
    roles = [name for name in held if name in ("files_file.lead_id", "files_file.backup_id")]
    return set(roles[:-1])
