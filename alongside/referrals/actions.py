"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "referrals.drafted": _("{who} began to ask another agency."),
    "referrals.introduced": _("{who} wrote the introduction."),
    "referrals.requested": _("{who} asked another agency."),
    "referrals.read": _("{who} read the introduction."),
    "referrals.accepted": _("{who} said yes."),
    "referrals.rejected": _("{who} said that they can't."),
    "referrals.in_progress": _("{who} started on what was asked."),
    "referrals.on_hold": _("{who} paused what was asked."),
    "referrals.completed": _("{who} did what was asked."),
    "referrals.failed": _("{who} noted that what was asked came to nothing."),
    "referrals.cancelled": _("{who} took the request back."),
    "referrals.entered_in_error": _("{who} noted that the request was a mistake."),
    "referrals.heard": _("{who} wrote down whether it worked for them."),
}
