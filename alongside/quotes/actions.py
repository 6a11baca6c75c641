"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Quotes")
ACTIONS = {
    "quotes.collected": _("{who} collected a quote."),
    "quotes.read": _("{who} read what is quoted."),
    "quotes.reworded": _("{who} put a quote in other words, to be shown again."),
    "quotes.shown": _("{who} wrote down that the speaker saw the exact words."),
    "quotes.agreed": _("{who} wrote down that the speaker agreed to be quoted."),
    "quotes.refused": _("{who} wrote down that the speaker said no. The words were destroyed."),
    "quotes.withdrawn": _("{who} took a quote back, because the speaker said so. The words were destroyed."),
    "quotes.translated": _("{who} translated a quote."),
    "quotes.translation_checked": _("{who} checked somebody else’s translation of a quote."),
    "quotes.thought_over": _("{who} wrote down whether somebody could be recognised by a quote."),
    "quotes.placed": _("{who} put a quote under another theme."),
}
KINDS = {
    "quote": _("A quote"),
    "quoteconsent": _("What was agreed about a quote"),
    "quotetranslation": _("The translation of a quote"),
    "quotecheck": _("Whether somebody could be recognised by a quote"),
}
