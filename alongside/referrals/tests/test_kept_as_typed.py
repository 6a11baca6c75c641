"""What is being typed on a request's own page is kept where it is sent to, and offered back on the page."""

from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import html

from alongside.referrals.tests import cast
from tests.browsing import sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
WORDS = "The side door is open until four."


@pytest.fixture
@frozen
def there(live):
    """A request that waits for its answer."""
    maya = cast.worker(cast.agency("Riverside"))
    ines = cast.worker(cast.agency("North Shore"), "Ines", passphrase=cast.PASSPHRASE)
    file = cast.file(maya)
    return SimpleNamespace(maya=maya, ines=ines, asked=cast.request(file, maya, ines.agency))


def typed(page):
    """What stands in the box between the two, and in "ask for" of the yes."""
    tree = html.fromstring(page.content)
    return tree.xpath("string(//form[contains(@action, '/messages')]//textarea)").strip(), tree.xpath(
        "string(//form[contains(@action, '/acceptance')]//input[@name='ask_for']/@value)"
    )


def test_it_is_there_again_and_gone_once_it_is_sent_or_begun_afresh(there):
    page = f"/requests/{there.asked.id}"
    client, colleague = cast.sign_in(Client(), there.ines), cast.sign_in(Client(), there.maya)
    client.post("/drafts", {"words": WORDS, "draft_of": f"{page}/messages"})
    client.post("/drafts", {"ask_for": "Rosa", "draft_of": f"{page}/acceptance"})

    assert typed(client.get(page)) == (WORDS, "Rosa")
    assert typed(colleague.get(page))[0] == ""

    sent = next(form for form in html.fromstring(client.get(page).content).forms if "words" in form.fields)
    client.post(sent.action, dict(sent.fields))
    assert typed(client.get(page)) == ("", "Rosa")

    afresh = html.fromstring(client.get(page).content).forms
    (forget,) = [form for form in afresh if "draft_of" in form.fields]
    client.post("/drafts", {"forget": "1", "draft_of": forget.fields["draft_of"]})
    assert typed(client.get(page)) == ("", "")


def test_the_script_keeps_it_where_it_is_sent_to(there, new_page):
    page = new_page()
    sign_in(page, there.ines)
    page.goto(f"/requests/{there.asked.id}")

    with page.expect_response("**/drafts"):
        page.locator("section[aria-labelledby=talk] textarea").first.fill(WORDS)
    page.goto(f"/requests/{there.asked.id}")

    assert page.locator("section[aria-labelledby=talk] textarea").input_value() == WORDS
    assert page.get_by_text("You were writing this before").is_visible()
