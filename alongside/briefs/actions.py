"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Briefs")
ACTIONS = {
    "briefs.begun": _("{who} began a brief."),
    "briefs.written": _("{who} wrote on a brief."),
    "briefs.put_in_proof": _("{who} put a brief in proof."),
    "briefs.taken_back": _("{who} took a brief back to be written."),
    "briefs.signed": _("{who} signed a brief."),
    "briefs.published": _("{who} published an edition of a brief."),
}
