"""What could be agreed to be shared, what was ticked, and the words with which it is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel import vocabulary
from alongside.plans import queries as plans
from alongside.referrals.queries import requests

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.consent.models import Release
    from alongside.referrals.models import Referral


def shareable(worker: Worker, referral: Referral) -> list[dict[str, Any]]:
    """Everything that could be agreed to be shared, with the words to read out.

    Without what they want nobody else to see.
    """
    return _labelled(worker, referral.file_id, requests.shareable_introduction(worker, referral))


def shareable_of_file(worker: Worker, file_id: UUID) -> list[dict[str, Any]]:
    """The same of a file, before there is a request: without an introduction."""
    return _labelled(worker, file_id, [])


def _labelled(worker: Worker, file_id: UUID, introduction: list[dict[str, Any]]) -> list[dict[str, Any]]:
    file = files.get_file(worker, file_id)
    items = [*introduction, *files.shareable(worker, file), *plans.shareable(worker, file.id)]
    withheld = consents.withheld_items(file.id)
    for item in items:
        item["label"] = _label(item)
        item["spoken"] = item["words"] or ", ".join(
            str(vocabulary.label("languages", tag)) for tag in item["tags"]
        )
    return [item for item in items if item["id"] not in withheld]


def named(worker: Worker, referral: Referral, release: Release) -> list[dict[str, Any]]:
    """What was ticked, with its words, to be read back."""
    ticked = {item.item_id for item in consents.items_of(release)}
    return [item for item in shareable(worker, referral) if item["id"] in ticked]


def seen(worker: Worker, referral: Referral) -> dict[str, Any]:
    """What the agency asked is let see, opened with its own borrowed keys.

    Apart from the rest, what it is asked about.
    """
    items = consents.lets_see(worker, referral.file_id)
    carried = [item for item in items if item.release_id == referral.release_id]
    details = files.released_details(worker, referral.file_id, [i.item_id for i in carried])
    priorities = plans.released(
        worker, referral.file_id, [i.item_id for i in carried if i.kind == "priority"]
    )
    asked_about = [each for each in priorities if each.priority.id == referral.priority_id]
    return {
        "asked_about": asked_about[0] if asked_about else None,
        "introduction": requests.introduction(worker, referral),
        "priorities": [each for each in priorities if each not in asked_about],
        **details,
    }


def _label(item: dict[str, Any]) -> str:
    if item["kind"] == "priority":
        return _("What they want, number %(number)s") % {"number": item["number"]}
    return str(consents.KINDS[item["kind"]])
