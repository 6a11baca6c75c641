"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Files")
ACTIONS = {
    "files.opened": _("{who} opened this file."),
    "files.justified": _("{who} opened this file, which is not theirs, and said why."),
    "files.justification_reviewed": _("{who} read why somebody opened this file."),
    "files.read": _("{who} read this file."),
    "files.found": _("{who} saw what they are called, in a list of what a search found."),
    "files.searched": _("{who} searched the agency's files."),
    "files.called": _("{who} wrote down what to call them."),
    "files.languages_written": _("{who} wrote down their languages."),
    "files.lead_chosen": _("{who} wrote down which worker they chose."),
    "files.contact_written": _("{who} wrote down a way of reaching them."),
    "files.contact_verified": _("{who} asked whether a way of reaching them is still safe. It is."),
    "files.contact_stopped": _("{who} stopped a way of reaching them from being used."),
    "files.contact_used": _("{who} looked up a way of reaching them."),
    "files.printed": _("{who} made a sheet of paper of this file, for them."),
    "files.closed": _("{who} closed this file."),
    "files.reopened": _("{who} opened this file again."),
    "files.destruction_asked": _("{who} asked that what this file says be destroyed."),
    "files.destruction_confirmed": _(
        "{who} said so too: what this file says is to be destroyed, and it was shut to everybody."
    ),
    "files.destruction_undone": _("{who} stopped what this file says from being destroyed."),
    "files.shredded": _("The key of this file was destroyed, a day after two had said so."),
}
LOOKS = {"files.read", "files.contact_used"}
LISTS = {"files.found"}
KINDS = {
    "file": _("The page of the file"),
    "called": _("What to call them"),
    "languages": _("Languages"),
    "contact": _("How to reach them safely"),
    "justification": _("Why somebody opened the file"),
}
