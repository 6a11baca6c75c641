"""Who is let in at every address of the numbers and of the ledger.

And how many statements a page takes, however much there is.
"""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.disclosure.urls import urlpatterns as of_the_ledger
from alongside.indicators import commands
from alongside.indicators.tests.conftest import HALF, contributes, gaps
from alongside.indicators.urls import urlpatterns as of_the_numbers
from alongside.kernel import clock, ctx
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
LOOKS = {"editor", "data-steward", "privacy-officer", "leader"}
OTHERS = {"caseworker", "coordinator", "administrator"}
DOORS = {  # address → method, who is let in
    "disclosure:ledger": ("get", LOOKS | {"elsewhere"}),
    "disclosure:release": ("get", LOOKS),
    "disclosure:csv": ("get", LOOKS),
    "disclosure:publication": ("post", LOOKS),
    "disclosure:discard": ("post", LOOKS),
    "indicators:summary": ("get", LOOKS | {"elsewhere"}),
    "indicators:preparation": ("post", {"editor", "elsewhere"}),
    "indicators:contribution": ("get", LOOKS | {"elsewhere"}),
}
# In test_costs.py and test_external_series.py.
ELSEWHERE_TESTED = {
    "costs",
    "parameter_new",
    "parameter",
    "parameter_removal",
    "external_series",
    "external_series_csv",
}


def test_no_address_is_forgotten():
    names = {f"disclosure:{pattern.name}" for pattern in of_the_ledger} | {
        f"indicators:{pattern.name}" for pattern in of_the_numbers
    }

    assert names - {f"indicators:{name}" for name in ELSEWHERE_TESTED} == set(DOORS)


@pytest.fixture
@frozen
def there(pool):
    with ctx.as_worker(pool["editor"].pk):
        release = commands.prepare("need-half", HALF, "public", by=pool["editor"], at=clock.now())
    return pool | {"release": release, "elsewhere": cast.worker(cast.agency("Elsewhere"), "Ole", "editor")}


def asked(there, name, who):
    method, _let_in = DOORS[name]
    args = (
        [there["release"].pk]
        if name in ("disclosure:release", "disclosure:csv", "disclosure:publication", "disclosure:discard")
        else []
    )
    sent = {"half": HALF, "for": "public", "table": "need-region"} if method == "post" else {}
    return getattr(cast.sign_in(Client(), there[who]), method)(reverse(name, args=args), sent)


@pytest.mark.parametrize("who", sorted(LOOKS | OTHERS | {"elsewhere"}))
@pytest.mark.parametrize("name", DOORS)
def test_who_is_let_in(there, name, who):
    status = asked(there, name, who).status_code

    assert (status in (200, 302, 409)) if who in DOORS[name][1] else (status == 404)


@pytest.mark.parametrize("name", DOORS)
def test_without_signing_in_nobody_is(there, name):
    args = (
        [there["release"].pk]
        if "csv" in name or name in ("disclosure:release", "disclosure:publication", "disclosure:discard")
        else []
    )

    assert (
        getattr(Client(), DOORS[name][0])(reverse(name, args=args))
        .headers["Location"]
        .startswith("/account/sign-in/")
    )


def test_forbidden_and_absent_look_the_same(there):
    outside = cast.sign_in(Client(), there["elsewhere"])

    forbidden = outside.get(reverse("disclosure:release", args=[there["release"].pk]))
    absent = outside.get(reverse("disclosure:release", args=[uuid4()]))

    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert without_tokens(forbidden).replace(str(there["release"].pk), "") == re.sub(
        r"releases/[0-9a-f-]{36}", "releases/", without_tokens(absent)
    )


def without_tokens(answer):
    return re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": ?"\w+"|nonce="[^"]+"', "", answer.text)


def test_only_a_leader_gives_the_numbers_and_ends_it(there):
    page = reverse("indicators:contribution")

    assert cast.sign_in(Client(), there["editor"]).post(page).status_code == 404
    answer = cast.sign_in(Client(), there["leader"]).post(page, {"end": "1"}, follow=True)
    assert "stay in your agency" in answer.text
    assert "are counted with others" in cast.sign_in(Client(), there["leader"]).post(page, follow=True).text


@pytest.mark.parametrize(
    "sent", [{"half": "2031-H1"}, {"for": "them"}, {"table": "need-by-name"}, {"half": ""}]
)
def test_what_does_not_exist_cannot_be_prepared(there, sent):
    told = {"half": HALF, "for": "public", "table": "need-region"} | sent

    assert (
        cast.sign_in(Client(), there["editor"]).post(reverse("indicators:preparation"), told).status_code
        == 404
    )


def test_a_refusal_is_said_at_its_table(superuser):
    agency = cast.agency("Alone")
    contributes(agency)
    gaps(superuser, [agency, cast.agency("Beside")], 40)
    editor = cast.sign_in(Client(), cast.worker(agency, "Edda", "editor"))

    answer = editor.post(
        reverse("indicators:preparation"), {"half": HALF, "for": "public", "table": "need-half"}
    )

    assert answer.status_code == 409
    assert "Nothing in this table is large enough" in answer.text


def test_the_pages_take_as_many_statements_however_many_releases_there_are(
    there, django_assert_max_num_queries
):
    reader = cast.sign_in(Client(), there["leader"])
    with ctx.as_worker(there["editor"].pk):
        for audience in ("public", "funder", "table"):
            for code in ("need-half", "need-region"):
                commands.prepare(code, HALF, audience, by=there["editor"], at=clock.now())

    for name, most in (("disclosure:ledger", 8), ("indicators:summary", 14), ("indicators:contribution", 10)):
        with django_assert_max_num_queries(most):
            assert reader.get(reverse(name)).status_code == 200


def test_no_page_and_no_file_shows_a_number_that_is_not_in_a_release(there, superuser):
    """Numbers as they are, nobody sees.

    Whatever is on the page below the threshold is a threshold, a year or a count of what is withheld.
    """
    gaps(superuser, there["agencies"], 7, seed=4, needs=("tattoo_removal",))
    reader = cast.sign_in(Client(), there["editor"])

    text = reader.get(reverse("indicators:summary") + f"?half={HALF}&for=public").text

    assert "tattoo" not in text.replace("Removing or covering a tattoo", "")
    assert all(f">{value}<" not in text for value in range(21, 1000) if value % 5)
