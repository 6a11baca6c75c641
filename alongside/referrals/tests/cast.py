"""The people of the tests, and what one agency asks of another, with the person's agreement."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import queries as file_queries
from alongside.kernel import clock, ctx
from alongside.plans import queries as plan_queries
from alongside.plans.tests.cast import PASSPHRASE, agency, file, priority, sign_in, words, worker
from alongside.referrals import commands as referrals
from alongside.referrals import queries as referral_queries

if TYPE_CHECKING:
    from django.test import Client

    from alongside.agencies.models import Agency, Worker
    from alongside.files.models import File
    from alongside.plans.models import Priority
    from alongside.referrals.models import Referral

__all__ = ["PASSPHRASE", "agency", "agree", "file", "priority", "request", "sign_in", "words", "worker"]


def request(of: File, by: Worker, to: Agency, about: Priority | None = None, **more: Any) -> Referral:
    """A request that was talked about, agreed to in everything shareable, and sent."""
    return send(talked_about(of, by, to, about, **more), by)


def send(asked: Referral, by: Worker) -> Referral:
    """Agree to a request that was talked about, and send it."""
    with ctx.as_worker(by.pk):
        draft = referral_queries.get_draft(by, asked.id)
        page = referral_queries.paper(by, draft, consents.get_release(by, draft.file_id, draft.release_id))
        return referrals.agree_and_send(
            referral=asked,
            read_back=page.version,
            answer_within=timedelta(days=3),
            by=by,
            at=clock.now(),
        )


def agree(client: Client, at: str, agree: str = "1", *, follow: bool = False) -> Any:
    """Agree to what is read back at this address, as the page has it now."""
    page = client.get(f"{at}/check").content.decode()
    read_back = re.search(r'name="read_back" value="(\w+)"', page)
    told = {"agree": agree, "within": "2", "read_back": read_back[1] if read_back else ""}
    return client.post(f"{at}/check", told, follow=follow)


def talked_about(
    of: File,
    by: Worker,
    to: Agency,
    about: Priority | None = None,
    *,
    introduction: str = "Jo is new here.",
    until: datetime | None = None,
    after_no: tuple[str, datetime] | None = None,
    **more: Any,
) -> Referral:
    """A request that was talked about, to be agreed to in everything shareable."""
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
        terms: dict[str, Any] = {"until": until} if until else {}
        if after_no:
            terms |= dict(zip(("after_no_purpose", "after_no_until"), after_no, strict=True))
        consent.set_terms(
            release=release,
            by=by,
            explained=True,
            capacity="self",
            method="oral-witnessed",
            others_present="alone",
            **terms,
        )
        return asked
