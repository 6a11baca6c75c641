"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Agreements")
ACTIONS = {
    "consent.offered": _("{who} began to talk with them about sharing something."),
    "consent.given": _("{who} wrote down an agreement to share something."),
    "consent.declined": _("{who} wrote down that they would rather not share."),
    "consent.deferred": _("{who} wrote down that they don't want to share just now."),
    "consent.ended": _("{who} ended an agreement, because they said so."),
    "consent.over": _("{who} said no, and sees nothing any more."),
    "consent.lapsed": _("{who} noted that the day of an agreement has passed."),
    "consent.recused": _("{who} said “not me”: somebody else is needed."),
    "consent.recusal_lifted": _("{who} opened this file again to somebody who had said “not me”."),
    "consent.blocked": _("{who} wrote down a “not them”."),
    "consent.block_lifted": _("{who} took back a “not them”."),
    "consent.notice_read": _("{who} read that something is no longer shared."),
}
KINDS = {"block": _("Who is kept out")}
