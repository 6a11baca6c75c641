"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Tables")
ACTIONS = {
    "disclosure.prepared": _("{who} prepared a table of numbers."),
    "disclosure.released": _("{who} released a table of numbers."),
    "disclosure.dropped": _("{who} dropped a table of numbers."),
}
