"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "agencies.changed": _("{who} changed what the agency says about itself."),
    "agencies.invited": _("{who} offered somebody a seat."),
    "agencies.invitation-confirmed": _("{who} confirmed an invitation."),
    "agencies.invitation-withdrawn": _("{who} took back an invitation."),
    "agencies.role-changed": _("{who} changed a colleague's role."),
    "agencies.joined": _("{who} took a seat."),
    "agencies.left": _("{who} ended a colleague's seat."),
    "agencies.recovery-started": _("{who} began to let a colleague back in."),
    "agencies.recovery-confirmed": _("{who} confirmed letting a colleague back in."),
    "agencies.recovery-withdrawn": _("{who} took back letting a colleague back in."),
}
