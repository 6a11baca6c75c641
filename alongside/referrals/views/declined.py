"""What is said to whoever answers a request that a colleague said no to in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.requests import WorkerRequest
from alongside.referrals import queries
from alongside.referrals.queries import Side
from alongside.referrals.rules import CannotMove

View = Callable[[WorkerRequest, UUID], HttpResponse]
DECLINED = _("Your agency has said no to this meanwhile. What you could see of it is gone from here.")


def declined_is_told(view: View) -> View:
    """Say that one's own agency said no, where a press comes after it and finds nothing any more."""

    @wraps(view)
    def wrapped(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
        try:
            return view(request, referral_id)
        except ObjectDoesNotExist:
            if request.method != "POST" or not queries.was_declined(request.worker, referral_id):
                raise
            raise CannotMove(DECLINED, mended_at=f"{reverse('referrals:list')}?side={Side.OF_US}") from None

    return wrapped
