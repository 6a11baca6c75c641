"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Requests")
ACTIONS = {
    "referrals.drafted": _("{who} began to ask another agency."),
    "referrals.introduced": _("{who} wrote the introduction."),
    "referrals.requested": _("{who} asked another agency."),
    "referrals.read": _("{who} read the introduction."),
    "referrals.accepted": _("{who} said yes."),
    "referrals.told_again": _("{who} said more about when and where."),
    "referrals.not_yet": _("{who} said from which day on it is possible."),
    "referrals.asked_back": _("{who} asked something back."),
    "referrals.replied": _("{who} replied to a question."),
    "referrals.wrote": _("{who} wrote to the other agency about the request."),
    "referrals.suggestion_heard": _("{who} heard whom the other agency suggested."),
    "referrals.rejected": _("{who} said that they can't."),
    "referrals.in_progress": _("{who} started on what was asked."),
    "referrals.on_hold": _("{who} paused what was asked."),
    "referrals.completed": _("{who} did what was asked."),
    "referrals.failed": _("{who} noted that what was asked came to nothing."),
    "referrals.draft": _("{who} put back a request that was not sent."),
    "referrals.cancelled": _("{who} took the request back."),
    "referrals.entered_in_error": _("{who} noted that the request was a mistake."),
    "referrals.capacity_asked": _("{who} asked another agency what it has, for nobody in particular."),
    "referrals.capacity_answered": _("{who} answered what their agency has, for nobody in particular."),
    "referrals.ranked": _("{who} wrote down in which order they want agencies asked."),
    "referrals.order_stopped": _("{who} wrote down whom they do not want asked just now."),
    "referrals.heard": _("{who} wrote down whether it worked for them."),
}
LOOKS = {"referrals.read"}
KINDS = {"introduction": _("The introduction"), "message": _("What the two agencies said to each other")}
