"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Hand-over of a shift")
ACTIONS = {
    "handovers.given": _("{who} handed over what is due here, when their shift ended."),
    "handovers.taken": _("{who} took over what is due here."),
}
KINDS = {"handover": _("A note of a hand-over")}
