"""The people of the tests, all invented: agencies, their workers, and somebody signed in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from lxml import html

from alongside.agencies import queries
from alongside.agencies.models import Account, Agency, Shift, Worker
from alongside.agencies.models.shifts import LONGEST
from alongside.kernel import clock, ctx

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

PASSPHRASE = "correct horse battery staple"


def agency(
    name: str = "Riverside", sector: str = "community", kind: str = "open-desk", **more: Any
) -> Agency:
    """An agency. A name that another has gets some letters more."""
    with ctx.as_operator():
        if queries.name_taken([name], None):
            name = f"{name} {secrets.token_hex(3)}"
        return Agency.objects.create(
            slug=f"{name.lower()[:20].replace(' ', '-')}-{secrets.token_hex(3)}",
            name=name,
            sector=sector,
            kind=kind,
            **({"division": "3558"} | more),
        )


def worker(
    of: Agency,
    name: str = "Maya",
    role: str = "caseworker",
    passphrase: str | None = None,
    *,
    on: bool = True,
) -> Worker:
    """Somebody with a seat there, on today if they keep files, so that every file opens to them."""
    with ctx.as_operator(of.pk):
        account = Account.objects.create_user(f"{name.lower()}-{secrets.token_hex(4)}", passphrase)
        seated = Worker.objects.create(account=account, agency=of, name=name, role=role)
    if on and seated.keeps_files:
        with ctx.as_worker(seated.pk):
            Shift.objects.create(
                agency_id=of.pk, worker=seated, starts_at=clock.now(), ends_at=clock.now() + LONGEST
            )
    return seated


def sign_in(client: Client, who: Worker, factors: int = 2) -> Client:
    """Sign somebody in as the sign-in page does, and as if they had just shown their passphrase again."""
    with ctx.signing_in():
        client.force_login(who.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = str(client.session.session_key)
    ctx.open_session(token, who.account_id, assurance=factors)
    with transaction.atomic():
        ctx.begin(token)
        ctx.prove(token)
    return client


def words(page: HttpResponse) -> str:
    """What can be read on a page: without tags, addresses and tokens, where any two letters may stand."""
    return " ".join(
        " ".join(
            html.fromstring(page.content).xpath("//text()[not(parent::style or parent::script)]")
        ).split()
    )
