"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Directory")
ACTIONS = {
    "directory.kept": _("{who} wrote down a service in the directory."),
    "directory.hidden": _("{who} took a service off the directory."),
    "directory.shown": _("{who} put a service back on the directory."),
    "directory.imported": _("{who} brought in services from a file."),
}
