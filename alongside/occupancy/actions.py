"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Counts")
ACTIONS = {
    "occupancy.imported": _("{who} brought in counts of shelters or calls from a file."),
}
