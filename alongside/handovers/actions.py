"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Hand-over of a shift")
ACTIONS = {
    "handovers.given": _("{who} handed over what is due here, when their shift ended."),
    "handovers.taken": _("{who} took over what is due here."),
    "handovers.passed": _(
        "{who} passed this on to somebody else, because whoever was with them left or is away."
    ),
    "handovers.settled": _("{who} wrote down whom they chose to work with."),
    "handovers.reached": _("{who} looked up how to reach them, to ask whom they want to work with."),
    "handovers.check_said": _("{who} said they would check on them."),
    "handovers.checked": _("{who} checked on them."),
    "handovers.check_ended": _("{who} noted that nobody is to check on them any more."),
    "handovers.check_undone": _("{who} took back that they had checked on them."),
}
KINDS = {"handover": _("A note of a hand-over")}
