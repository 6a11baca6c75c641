"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "files.opened": _("{who} opened this file."),
    "files.read": _("{who} read this file."),
    "files.searched": _("{who} searched the agency's files."),
    "files.called": _("{who} wrote down what to call them."),
    "files.languages_written": _("{who} wrote down their languages."),
    "files.lead_chosen": _("{who} wrote down which worker they chose."),
    "files.contact_written": _("{who} wrote down a way of reaching them."),
    "files.contact_verified": _("{who} asked whether a way of reaching them is still safe. It is."),
    "files.contact_stopped": _("{who} stopped a way of reaching them from being used."),
    "files.contact_used": _("{who} looked up a way of reaching them."),
    "files.closed": _("{who} closed this file."),
    "files.reopened": _("{who} opened this file again."),
    "files.shredded": _("{who} destroyed the key of this file."),
}
