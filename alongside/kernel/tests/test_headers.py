"""Every address answers with the headers of security.md D8, whoever asks and whatever the answer is."""

import http.client
import uuid
from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import URLPattern, get_resolver

from alongside.agencies.tests.conftest import came_in, house, passphrase_hash  # noqa: F401 - fixtures
from tests import lanes
from tests.live import serving_pages

pytestmark = pytest.mark.django_db

SAMPLE = {"int": "1", "uuid": str(uuid.UUID(int=7)), "str": "x", "slug": "x", "path": "x"}
ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # nothing to another site; decision 0004 says why not `no-referrer`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types htmx default",
    "report-uri /policy-reports",
}


NOBODY_MAY = (
    "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi "
    "payment usb"
).split()
PERMISSIONS = {
    *(f"{what}=()" for what in NOBODY_MAY),
    "publickey-credentials-get=(self)",
    "publickey-credentials-create=(self)",
}


def addresses(patterns=None, before: str = "/") -> Iterator[str]:
    """One address for every pattern there is."""
    for pattern in patterns or get_resolver().url_patterns:
        route = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            route = route.replace(f"<{kind}:{name}>", SAMPLE.get(kind, "x")).replace(f"<{name}>", "x")
        if isinstance(pattern, URLPattern):
            yield before + route
        else:
            yield from addresses(pattern.url_patterns, before + route)


def check(answer, address):
    missing = {name: answer.get(name) for name, value in ALWAYS.items() if answer.get(name) != value}
    assert not missing, (address, missing)
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY, address
    assert set(answer["Permissions-Policy"].split(", ")) == PERMISSIONS, address


@pytest.mark.costly("every address there is")
@lanes.variants(
    "who, verb",
    product((None, "ana", "sam"), ("get", "post")),
    quick=[(None, "get"), ("ana", "post"), ("sam", "get")],
)
def test_every_address_answers_with_every_header(client, house, who, verb):
    if who:
        client = came_in(getattr(house, who))
    client.raise_request_exception = False

    answers = {
        address: getattr(client, verb)(address)
        for address in addresses()
        if "session" not in address and "exit" not in address
    }

    assert len(answers) > 30
    for address, answer in answers.items():
        check(answer, address)
        assert answer.status_code < 500, address


@pytest.mark.parametrize("address", ["/exit", "/no/such/page", "/account/session", "/day"])
def test_leaving_and_absence_answer_with_every_header_too(client, db, address):
    check(client.get(address), address)


def test_no_page_has_an_inline_script_or_style(house):
    client = came_in(house.ana)
    for address in (
        "/account/me",
        "/account/agency",
        "/account/agency/invitations",
        "/account/me/authenticator",
        "/account/me/passkeys/new",
    ):
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert not [
            tag
            for tag in page.split("<script")[1:]
            if " src=" not in tag.split(">")[0] and "application/json" not in tag.split(">")[0]
        ]


def test_served_over_https_the_cookies_and_the_transport_are_strict(db, client):
    with serving_pages(ALONGSIDE_HTTPS="1", ALONGSIDE_HOSTS="127.0.0.1") as address:
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        connection.request(
            "GET", "/account/sign-in/", headers={"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}
        )
        answer = connection.getresponse()
        answer.read()
        connection.request("GET", "/account/sign-in/", headers={"Host": "127.0.0.1"})
        plain = connection.getresponse()
        plain.read()
        connection.close()

    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-c=")
    assert "max-age" not in cookie.lower()  # it ends with the browser
    assert "expires" not in cookie.lower()
    assert all(word in cookie for word in ("HttpOnly", "Path=/", "SameSite=Strict", "Secure"))
    assert "Domain" not in cookie
    assert "Python" not in (answer.headers["Server"] or "")
    assert plain.status == 301
    assert plain.headers["Location"].startswith("https://")


@pytest.mark.parametrize(
    ("said", "status", "logged"),
    [
        (
            '{"csp-report": {"effective-directive": "script-src-elem", "document-uri": "https://x/files/7"}}',
            204,
            "script-src-elem",
        ),
        (
            (
                '{"csp-report": {"violated-directive": "img-src '
                'https://a.example", "blocked-uri": "https://a.example/p"}}'
            ),
            204,
            "img-src",
        ),
        ('{"csp-report": {"effective-directive": "made up\\nline"}}', 204, ""),
        ('{"csp-report": 5}', 400, ""),
        ("[]", 400, ""),
        ("not json", 400, ""),
        pytest.param("[" * 9_000, 400, "", id="nested deeply"),
    ],
)
def test_a_policy_report_leaves_the_rule_and_nothing_else(client, db, caplog, said, status, logged):
    answer = client.post("/policy-reports", said, content_type="application/csp-report")

    assert answer.status_code == status
    assert logged in caplog.text
    assert not any(word in caplog.text for word in ("https://", "files/7", "a.example", "made up"))


def test_what_stands_still_is_for_our_own_pages_only(db):
    with serving_pages() as address:
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        connection.request("GET", "/static/look.css", headers={"Origin": "https://elsewhere.example"})
        answer = connection.getresponse()
        connection.close()

    assert answer.status == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
