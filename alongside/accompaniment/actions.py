"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Going along")
ACTIONS = {
    "accompaniment.offered": _("{who} asked whether they would like somebody to come along."),
    "accompaniment.answered": _("{who} wrote down whether they would like somebody to come along."),
    "accompaniment.chosen": _("{who} wrote down whom they chose to come along."),
    "accompaniment.wished": _("{who} wrote down what they wish for of whoever comes along."),
    "accompaniment.prepared": _("{who} wrote the card for whoever comes along, as they said yes to it."),
    "accompaniment.confirmed": _("{who} confirmed who comes along."),
    "accompaniment.moved": _("{who} wrote down how far going along is."),
    "accompaniment.unavailable": _("{who} said that whoever was to come along can’t."),
    "accompaniment.back": _("{who} came back from going along."),
    "accompaniment.checked_in": _("{who} told a colleague where they are; nobody else sees it."),
    "accompaniment.checked_out": _("{who} is back from going along; where they were is wiped."),
    "accompaniment.listed": _("{who} read their card among what they do in a week."),
    "accompaniment.closed": _("{who} closed going along; the card is gone."),
}
LISTS = {"accompaniment.listed"}
KINDS = {
    "card": _("The card for whoever goes along"),
    "warning": _("What to watch for"),
    "whereabouts": _("Where whoever goes along is"),
}
