"""Idle under every button: nothing is done, and it is told where it stood, in the button's own words."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from lxml import html

from alongside.agencies.tests.conftest import PASSPHRASE, sign_in
from tests import lanes
from tests.test_every_page import full, where  # noqa: F401 - fixture

pytestmark = pytest.mark.django_db
IN_THE_BAR = ("/language", "/drafts", "/unsent", "/account/session")
AT_ONCE = {"End it now", "Write it down"}  # they can only take away
IDLE = "update ctx.session set seen_at = seen_at - interval '16 minutes' where ended_at is null"


def words_of(element):
    return " ".join(element.text_content().split())


def buttons_on(page, path):
    """Each button of a page with what pressing it sends: `(label, address, fields)`."""
    for form in html.fromstring(page.content, base_url=f"http://testserver{path}").iter("form"):
        if (form.get("method") or "").lower() != "post":
            continue
        for button in form.iter("button"):
            address = (button.get("formaction") or form.get("action") or path).split("?")[0]
            if button.get("type", "submit") == "submit" and address not in IN_THE_BAR:
                fields = dict(form.fields)
                if button.get("name"):
                    fields[button.get("name")] = button.get("value", "")
                yield words_of(button), address, {k: v for k, v in fields.items() if v is not None}


def is_told(client, who, path, button):
    """Press a button of an idle session, sign in again, and return what the page says it did not do."""
    _label, address, fields = button
    late = client.post(address, fields, headers={"Referer": f"http://testserver{path}"})
    back = sign_in(client, who)
    page = client.get(back["Location"])
    told = html.fromstring(page.content).xpath("//section[@aria-labelledby='unsent']")
    client.post("/unsent")
    return late["Location"], back["Location"], page.status_code, words_of(told[0]) if told else ""


@lanes.variants("prefix", [("/files/",), ("/requests/",), ("/",)], quick=[("/requests/",)])
@pytest.mark.costly("signs in anew for every button there is")
def test_what_every_button_did_not_do_is_told_where_it_stood(full, superuser, prefix):
    who = full.people["caseworker"]
    superuser.execute("update agencies_account set password = %s", [make_password(PASSPHRASE)])
    client, pressed, at_once, wrong = Client(), set(), set(), []
    sign_in(client, who)
    others = ("/files/", "/requests/") if prefix == "/" else ()
    before = counted(superuser)
    for path in where(full):
        if not path.startswith(prefix) or path.startswith(others):
            continue
        page = client.get(path)
        for button in buttons_on(page, path) if page.status_code == 200 else ():
            label, address, _fields = button
            if (label, address) in pressed:
                continue
            pressed.add((label, address))
            superuser.execute(IDLE)
            late, back, status, told = is_told(client, who, path, button)
            if late == "/account/sign-in/?done=1":
                at_once.add(label)
            elif (late, back, status) != ("/account/sign-in/", path, 200) or label not in told:
                wrong.append((path, label, address, late, back, status, told))

    assert len(pressed) > 3
    assert not wrong, "\n".join(map(str, wrong))
    assert {label.partition(":")[0] for label in at_once} <= AT_ONCE  # whose it is may follow
    assert at_once or counted(superuser) == before


def counted(superuser):
    """How many rows there are of what the buttons are about."""
    return superuser.execute(
        "select (select count(*) from consent_release where ended_at is null),"
        " (select count(*) from referrals_referral), (select count(*) from consent_block),"
        " (select count(*) from files_file), (select count(*) from agencies_worker where left_at is null)"
    ).fetchone()
