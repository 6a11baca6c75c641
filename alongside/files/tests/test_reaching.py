"""Ways of reaching somebody: asked about again, paused, paused for longer, never again.

And no refusal that isn't so.
"""

import re
from datetime import timedelta

import pytest

from alongside.files import commands, rules
from alongside.files.models import SafeContact
from alongside.files.tests import cast
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db

STATES = SafeContact.State


@pytest.fixture
def maya(client):
    worker = cast.worker(cast.agency("Riverside"))
    cast.sign_in(client, worker)
    return worker


@pytest.fixture
def contact(maya):
    file = cast.file(maya)
    with ctx.as_worker(maya.pk):
        return commands.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )


@pytest.fixture
def answer(client, contact):
    return lambda **said: client.post(
        f"/files/{contact.file_id}/contacts/{contact.id}/check", said, follow=True
    )


def stands(maya, contact):
    with ctx.as_worker(maya.pk):
        now = SafeContact.objects.get(id=contact.id)
        return now.state, now.stop_until


def test_a_pause_can_be_made_longer_and_without_a_day_and_end(maya, contact, answer):
    first, second = clock.today() + timedelta(days=3), clock.today() + timedelta(days=30)

    for until in (first, second, ""):
        assert answer(answer="pause", until=str(until)).status_code == 200
        assert stands(maya, contact) == ("suspended", until or None)
    answer(answer="safe")

    assert stands(maya, contact) == ("ok", None)


@pytest.mark.parametrize("until", ["2026-02-30", "soon", "9" * 400, "\x00", "٢٠٢٦-١٢-٠١", "0001-01-01"])
def test_a_day_that_is_none_pauses_all_the_same_and_says_so(maya, contact, answer, until):
    page = answer(answer="pause", until=until)

    assert stands(maya, contact) == ("suspended", None)
    assert "It is paused" in page.content.decode()


def test_a_day_that_is_none_leaves_the_day_that_stood(maya, contact, answer):
    day = clock.today() + timedelta(days=7)
    answer(answer="pause", until=str(day))

    page = answer(answer="pause", until="2026-02-30")

    assert stands(maya, contact) == ("suspended", day)
    assert str(day) in page.content.decode()


@pytest.mark.parametrize(
    "said",
    [{"answer": "safe", "until": "2099-01-15"}, {"answer": "safe", "until": "soon"}, {"answer": "zzz"}, {}],
)
def test_safe_is_said_by_its_own_button_alone(maya, contact, answer, said):
    day = clock.today() + timedelta(days=7)
    answer(answer="pause", until=str(day))

    page = answer(**said)

    assert stands(maya, contact) == ("suspended", day)
    assert "Nothing was changed" in page.content.decode()


def test_enter_beside_the_day_never_means_safe(client, contact, answer):
    page = client.get(f"/files/{contact.file_id}/contacts/{contact.id}/check").content.decode()

    form = next(form for form in page.split("<form")[1:] if 'name="until"' in form.split("</form>")[0]).split(
        "</form>"
    )[0]
    assert re.findall(r'name="answer" value="(\w+)"', form) == ["pause"]


def test_what_was_said_never_to_be_used_is_not_paused_or_called_safe_but_may_be_said_again(
    maya, contact, answer
):
    answer(answer="never")

    told = {said: answer(answer=said) for said in ("pause", "safe", "never")}

    assert [told[said].status_code for said in told] == [409, 409, 200]
    assert "never this way again" in told["pause"].content.decode()
    assert stands(maya, contact) == ("revoked", None)


def test_never_is_only_said_of_what_they_said_it_of():
    """Every state and every answer there is.

    A refusal to move says “never again”, and so may be given of nothing else.
    """
    for state in STATES:
        for to in (STATES.OK, STATES.SUSPENDED, STATES.REVOKED):
            try:
                rules.check_can_move(SafeContact(state=state), to)
            except rules.CannotUse:
                assert state == STATES.REVOKED, f"{state} to {to}"
