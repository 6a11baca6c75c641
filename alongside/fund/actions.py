"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("The fund")
ACTIONS = {
    "fund.asked": _("{who} asked the fund for something they need."),
    "fund.pot_opened": _("{who} opened a pot of money."),
    "fund.pot_changed": _("{who} changed a pot of money."),
    "fund.limit_set": _("{who} said who may approve how much."),
    "fund.report_prepared": _("{who} counted totals for a funder."),
    "fund.report_told": _("{who} let totals be told to a funder."),
}
KINDS = {"filepurchase": _("Something from the fund")}
