"""The people of the tests, all invented.

A worker who asks, one who was asked, one who never was, and the person.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.agencies.models import Account, Agency, Worker
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans import queries as plan_queries
from alongside.referrals import commands as referrals
from alongside.referrals import queries as referral_queries

if TYPE_CHECKING:
    from django.test import Client

    from alongside.files.models import File
    from alongside.plans.models import Priority
    from alongside.referrals.models import Referral

PASSPHRASE = "correct horse battery staple"


def agency(
    name: str = "Riverside", sector: str = "community", kind: str = "open-desk", **more: Any
) -> Agency:
    """An agency."""
    with ctx.as_operator():
        return Agency.objects.create(
            slug=f"{name.lower()[:20].replace(' ', '-')}-{secrets.token_hex(3)}",
            name=name,
            sector=sector,
            kind=kind,
            **({"division": "3558"} | more),
        )


def worker(of: Agency, name: str = "Maya", role: str = "caseworker", passphrase: str | None = None) -> Worker:
    """Somebody with a seat there."""
    with ctx.as_operator(of.pk):
        account = Account.objects.create_user(f"{name.lower()}-{secrets.token_hex(4)}", passphrase)
        return Worker.objects.create(account=account, agency=of, name=name, role=role)


def sign_in(client: Client, who: Worker) -> Client:
    """Sign somebody in as the sign-in page does, without its passphrase."""
    with ctx.signing_in():
        client.force_login(who.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    ctx.open_session(str(client.session.session_key), who.account_id, assurance=2)
    return client


def file(by: Worker, called: str = "Jo", pronouns: str = "they/them") -> File:
    """A file of somebody who is called something."""
    with ctx.as_worker(by.pk):
        opened = files.open(by=by, at=clock.now())
        if called:
            files.set_name(file=opened, called=called, pronouns=pronouns, by=by, at=clock.now())
        return opened


def priority(
    of: File,
    by: Worker,
    statement: str = "A place where nobody finds me.",
    need: str = "shelter_tonight",
    **private: str,
) -> Priority:
    """Something the person wants."""
    with ctx.as_worker(by.pk):
        return plans.add_priority(
            file_id=of.id,
            words={"statement": statement},
            private=private,
            facts={"pace": "now", "need": need},
            by=by,
            at=clock.now(),
        )


def request(
    of: File,
    by: Worker,
    to: Agency,
    about: Priority | None = None,
    *,
    introduction: str = "Jo is new here.",
    until: datetime | None = None,
    **more: Any,
) -> Referral:
    """A request that was talked about, agreed to in everything shareable, and sent."""
    with ctx.as_worker(by.pk):
        asked = referrals.draft(
            file_id=of.id,
            to_agency_id=to.pk,
            need="shelter_tonight",
            priority_id=about.id if about else None,
            by=by,
            at=clock.now(),
            **more,
        )
        referrals.introduce(referral=asked, words=introduction, approved=True, by=by, at=clock.now())
        release = consents.get_release(by, of.id, asked.release_id)
        asked = referral_queries.get_referral(by, asked.id)
        items = [
            *file_queries.shareable(by, of),
            *plan_queries.shareable(by, of.id),
            *referral_queries.shareable_introduction(by, asked),
        ]
        consent.name_items(release=release, items=items, by=by)
        terms = {"until": until} if until else {}
        consent.set_terms(
            release=release,
            by=by,
            explained=True,
            capacity="self",
            method="oral-witnessed",
            others_present="alone",
            **terms,
        )
        return referrals.agree_and_send(
            referral=asked, answer_within=timedelta(days=3), by=by, at=clock.now()
        )
