"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("What they want")
ACTIONS = {
    "plans.ordered": _("{who} put what they want in their order."),
    "plans.priority_added": _("{who} wrote down something they want."),
    "plans.priority_rewritten": _("{who} wrote something they want in new words."),
    "plans.priority_put_away": _("{who} put away something they wanted."),
    "plans.step_promised": _("{who} promised to do something."),
    "plans.promises_listed": _("{who} saw a promise made here, in the list of their day."),
    "plans.wishes_listed": _("{who} saw what they want, in a list of requests."),
    "plans.step_done": _("{who} did what was promised."),
    "plans.step_undone": _("{who} noted that something promised is not done after all."),
    "plans.suggested": _("{who} wrote down an idea of their own."),
    "plans.suggestion_dropped": _("{who} dropped an idea of their own."),
}
LISTS = {"plans.promises_listed", "plans.wishes_listed"}
KINDS = {
    "priority": _("What they want"),
    "private": _("What they want nobody else to see"),
    "step": _("A promise"),
    "suggestion": _("An idea of a worker"),
}
