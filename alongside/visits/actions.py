"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("The open desk")
ACTIONS = {
    "visits.written": _("{who} wrote down what was done when they came by."),
    "visits.attached": _("{who} wrote down that they came by, and nothing else."),
}
KINDS = {"visitnote": _("What was done at the desk")}
