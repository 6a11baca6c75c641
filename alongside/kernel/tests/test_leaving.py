"""Leave now, and nothing is left to go back to.

One click, one Tab or Shift three times, with or without JavaScript.
"""

import pytest

from alongside.agencies.tests.conftest import PASSPHRASE, came_in, cookie_of, house, passphrase_hash  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
WEATHER = "https://weather.gc.ca/"


def come_in(page, worker):
    page.goto("/account/sign-in/")
    page.fill("[name=login]", worker.account.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click(".sheet button")
    page.goto("/account/agency")
    assert "Cedar" in page.inner_text("main")


def test_leaving_ends_the_session_on_the_server(house):
    client = came_in(house.maya)
    cookie = cookie_of(client)

    answer = client.get("/exit")
    client.cookies["s"] = cookie

    assert (answer.status_code, answer["Location"]) == (302, WEATHER)
    assert client.get("/account/me").status_code == 302


def test_leaving_takes_the_cookie_changes_one_closed_to_scripts_and_clears_the_browser(house):
    answer = came_in(house.maya).get("/exit")

    assert answer.cookies["s"]["max-age"] == 0
    assert answer.cookies["left"]["httponly"] is True
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_leaving_works_for_somebody_who_is_not_signed_in(client, db):
    assert client.get("/exit").status_code == 302
    assert client.post("/exit").status_code == 405


def test_leaving_goes_to_the_weather_in_ones_own_language(client, db):
    assert client.get("/exit", headers={"Accept-Language": "fr"})["Location"] == "https://meteo.gc.ca/"


def test_exit_with_javascript_off_leaves_a_dead_session_and_a_blank_back_button(new_page, house, superuser):
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 600})
    come_in(page, house.maya)

    with page.expect_request(WEATHER):  # which can't be reached from here
        page.click("text=Leave now")
    page.wait_for_timeout(500)
    page.go_back()

    assert "Cedar" not in page.content()
    assert superuser.execute("select count(*) from ctx.session where ended_at is null").fetchone() == (0,)


def test_without_leaving_the_back_button_shows_the_page_again(new_page, house):
    """So that the tests around this one prove something."""
    page = new_page(java_script_enabled=False)
    come_in(page, house.maya)
    page.goto("about:blank")

    page.go_back()

    assert "Cedar" in page.content()


def test_exit_with_javascript_leaves_nothing_in_the_back_forward_cache(new_page, house):
    page = new_page()
    come_in(page, house.maya)

    with page.expect_request(WEATHER):  # which can't be reached from here
        page.click("text=Leave now")
    page.wait_for_timeout(500)
    page.go_back()
    page.wait_for_load_state()

    assert "Cedar" not in page.content()


def test_shift_three_times_leaves(new_page, house):
    page = new_page()
    come_in(page, house.maya)

    with page.expect_request(WEATHER):
        for _ in range(3):
            page.keyboard.press("Shift")


def test_shift_with_other_keys_between_is_only_typing(new_page, house):
    page = new_page()
    come_in(page, house.maya)

    for key in ("Shift", "a", "Shift", "b", "Shift", "c"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)

    assert page.url.endswith("/account/agency")


PLACES = (
    "/",
    "/account/sign-in/",
    "/account/invitation",
    "/account/recovery",
    "/account/me",
    "/account/agency",
    "/day",
)
UNCOVERED = """() => { const box = document.querySelector('[data-leave]').getBoundingClientRect();
    const hit = (x, y) => document.elementFromPoint(x, y)?.closest('[data-leave]');
    return box.top >= 0 && box.height >= 44
        && hit(box.left + 4, box.top + 4) && hit(box.right - 4, box.bottom - 4) ? true : false }"""


@pytest.mark.costly("seven pages, in a browser")
def test_exit_is_the_first_tab_stop_and_never_covered_at_320_px(new_page, house):
    page = new_page(viewport={"width": 320, "height": 600})
    come_in(page, house.ana)
    for address in PLACES:
        page.goto(address)
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.matches('[data-leave]')"), address
        for at in (0, 200, 100_000):
            page.evaluate("y => scrollTo(0, y)", at)
            assert page.evaluate(UNCOVERED), (address, at)


@pytest.mark.parametrize("address", ["/", "/account/sign-in/", "/account/me", "/account/agency"])
def test_titles_are_neutral(house, address):
    page = came_in(house.maya).get(address, follow=True).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]

    assert title
    assert not any(word in title for word in ("Maya", "Cedar", "traffick", "survivor", "shelter"))
