"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Seats and the agency")
ACTIONS = {
    "agencies.changed": _("{who} changed what the agency says about itself."),
    "agencies.face-asked": _("{who} asked that people see something else of the agency."),
    "agencies.face-withdrawn": _("{who} took back asking that people see something else of the agency."),
    "agencies.invited": _("{who} offered somebody a seat."),
    "agencies.invitation-confirmed": _("{who} confirmed an invitation."),
    "agencies.invitation-withdrawn": _("{who} took back an invitation."),
    "agencies.role-asked": _("{who} asked for another role for a colleague."),
    "agencies.role-changed": _("{who} changed a colleague's role."),
    "agencies.role-withdrawn": _("{who} took back asking for another role for a colleague."),
    "agencies.joined": _("{who} took a seat."),
    "agencies.suspended": _("{who} closed a colleague's seat for now."),
    "agencies.suspension-confirmed": _("{who} confirmed that a colleague's seat stays closed."),
    "agencies.suspension-withdrawn": _("{who} opened the seat again that they had closed."),
    "agencies.departure-asked": _("{who} closed a colleague's seat, to end it."),
    "agencies.left": _("{who} ended a colleague's seat."),
    "agencies.departure-withdrawn": _("{who} opened the seat again that they had wanted to end."),
    "agencies.on": _("{who} came on."),
    "agencies.off": _("{who} went off."),
    "agencies.return-asked": _("{who} asked for a colleague's seat again."),
    "agencies.returned": _("{who} gave a colleague their seat again."),
    "agencies.return-withdrawn": _("{who} took back asking for a colleague's seat again."),
    "agencies.recovery-started": _("{who} began to let a colleague back in."),
    "agencies.recovery-confirmed": _("{who} confirmed letting a colleague back in."),
    "agencies.recovery-withdrawn": _("{who} took back letting a colleague back in."),
}
