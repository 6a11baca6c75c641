"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Numbers")
ACTIONS = {
    "indicators.given": _("{who} gave the agency's numbers to be counted with others'."),
    "indicators.ended": _("{who} ended that the agency's numbers are counted with others'."),
    "indicators.priced": _("{who} wrote down what something costs."),
}
