"""A file on paper, for the person: their words, who is around them, and nothing that tells who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.desk.paper import APART, Thing, fill, lines_of
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.plans import queries as plans
from alongside.referrals import queries as referrals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from alongside.agencies.models import Worker
    from alongside.consent.models import ReleasedItem
    from alongside.plans.queries import UnsealedPriority
    from alongside.referrals.models import Referral
    from alongside.referrals.queries import CircleMember

# What an agreement names, said to the person.
SEEN = {
    "called": gettext_lazy("what to call you"),
    "languages": gettext_lazy("your languages"),
    "contact": gettext_lazy("how to reach you safely"),
    "priority": gettext_lazy("what you want"),
    "introduction": gettext_lazy("your introduction"),
}
ABOVE, BELOW = 4, 6  # lines of what stands around it, on the first side and on the last
MOST_AROUND = 10


def what_they_want(worker: Worker, file_id: UUID) -> list[UnsealedPriority]:
    """What is written down in the person's own words, in their order.

    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    return [want for want in plans.plan(worker, files.get_file(worker, file_id).id) if want.statement]


def on_paper(
    worker: Worker, file_id: UUID, *, named: bool, without: Iterable[str], at: datetime
) -> dict[str, Any]:
    """What stands on the two sides of the sheet.

    Police, the Crown, child protection and whoever is under its law stand on no paper, named or not.

    :param named: whether they want agencies by their names; else by a plain word for their kind
    :param without: the wants that they leave out, as text
    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    left_out = set(without)
    wants = [want for want in what_they_want(worker, file_id) if str(want.priority.id) not in left_out]
    around = [one for one in referrals.circle(worker, file_id, at) if not one.agency.must_pass_on]
    asking = referrals.asked_back([referral for one in around for referral in one.referrals])
    told = [_around(one, asking, named=named) for one in around if one.release or _open(one)]
    shown = told[:MOST_AROUND]
    taken = BELOW + sum(lines_of(words) + APART for words in shown)
    things = [Thing(want.statement, want.priority.language) for want in wants]
    sides, whole = fill(things, [ABOVE, taken])
    return {
        "sides": sides,
        "around": shown,
        "more": not whole or len(told) > len(shown),
        "date": clock.day(at),
    }


def _around(one: CircleMember, asking: set[UUID], *, named: bool) -> str:
    who = str(one.agency) if named else one.agency.plain_kind
    unanswered = _open(one)
    if one.release and not unanswered:
        until = date_format(clock.day(one.release.until), "MONTH_DAY_FORMAT")
        return _("%(who)s: can see %(what)s, until %(day)s.") % {
            "who": who,
            "what": _seen(one.items),
            "day": until,
        }
    if any(referral.id in asking for referral in unanswered):
        return _("%(who)s: was asked, and asks something first.") % {"who": who}
    if days := [referral.possible_from for referral in unanswered if referral.possible_from]:
        day = date_format(min(days), "MONTH_DAY_FORMAT")
        return _("%(who)s: was asked; it is possible from %(day)s.") % {"who": who, "day": day}
    return _("%(who)s: was asked, and has not answered yet.") % {"who": who}


def _seen(items: list[ReleasedItem]) -> str:
    return ", ".join(dict.fromkeys(str(SEEN[item.kind]) for item in items))


def _open(one: CircleMember) -> list[Referral]:
    return [referral for referral in one.referrals if referral.state == "requested"]
