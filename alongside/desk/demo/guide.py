"""Who to sign in as, and what to look at.

One story per role, for the tour page and for what `make run` prints.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.desk.demo.people import PASSPHRASE, WORKERS


@dataclass(frozen=True)
class Guest:
    """One of the people one can be: user name, what they do, where, which sector, and what to try."""

    username: str
    role: Any
    agency: Any
    sector: str
    story: Any

    @property
    def name(self) -> str:
        """The invented worker's name."""
        return next(
            name for seats in WORKERS.values() for username, name, _role in seats if username == self.username
        )


GUESTS = (
    Guest(
        "maya",
        _("Caseworker"),
        _("Riverside, an open desk"),
        "",
        _(
            "Open Jo’s file. Put what Jo wants in another order, ask another agency for it, and end an "
            "agreement with one tap. An answer has come back, and one is late."
        ),
    ),
    Guest(
        "tala",
        _("Caseworker on the other side"),
        _("North Shore, a shelter"),
        "",
        _(
            "Open the request about Jo: you see what Jo agreed to, and nothing else. Your own file stands "
            "beside it. Pause it, or say that it is done."
        ),
    ),
    Guest(
        "dev",
        _("At night, in a shelter"),
        _("Lakeside, a shelter"),
        "",
        _(
            "Open Beds, then Our beds: who asks tonight, what is held, what is free. Count one more with "
            "three taps. As Maya, look for a bed for somebody with a dog."
        ),
    ),
    Guest(
        "ines",
        _("Intake at a hospital"),
        _("Two Rivers Hospital"),
        "health",
        _(
            "Riverside asks for a nurse. Read the introduction, then say yes, or say no with one tap and see "
            "the no counted among the gaps."
        ),
    ),
    Guest(
        "arjun",
        _("Intake at a legal clinic"),
        _("Cedar Legal Clinic"),
        "legal",
        _(
            "You receive what was addressed to you, and that is all there is: no list, no search, no file. "
            "Jo’s question waits for an answer."
        ),
    ),
    Guest(
        "cole",
        _("Police"),
        _("Two Rivers Police Service"),
        "legal",
        _(
            "One question about a lost phone, because Kit agreed to that. Nothing else of Kit’s can be found "
            "from here, by any address."
        ),
    ),
    Guest(
        "camille",
        _("Caseworker, in French"),
        _("La Passerelle"),
        "",
        _("Change the language at the top. Zoé’s file is in French; Riverside has not answered yet."),
    ),
    Guest(
        "nodin",
        _("Caseworker, Indigenous-led"),
        _("Maple Circle"),
        "",
        _(
            "Sky’s file: who is around Sky, what each of them sees, "
            "and until when. Write down a “not them” and look again."
        ),
    ),
    Guest(
        "sol",
        _("Companion"),
        _("Riverside"),
        "",
        _(
            "You go along with people and open no file. "
            "What somebody asks you to come along to stands in your day."
        ),
    ),
    Guest(
        "dana",
        _("Coordinator"),
        _("Riverside"),
        "",
        _(
            "You read no file. You see what could not be had, "
            "as figures, and whom to invite to talk about it."
        ),
    ),
    Guest(
        "noor",
        _("Privacy officer"),
        _("Riverside"),
        "",
        _(
            "You read no file either. You may know which colleague "
            "looked where others see only an agency and a role."
        ),
    ),
    Guest(
        "ruth",
        _("Leader"),
        _("Riverside"),
        "",
        _(
            "Open Gaps: what people asked for over five quarters and could not have, by need, by barrier, by "
            "wait. Print it for a funder."
        ),
    ),
    Guest(
        "esme",
        _("Evidence editor"),
        _("Riverside"),
        "",
        _(
            "Open Studies: what people said, sentence by sentence, and what was made of it. Then Briefs: an "
            "edition is out, signed by two. A minute after the start it is all there."
        ),
    ),
    Guest(
        "margo",
        _("Indigenous data steward"),
        _("Maple Circle"),
        "",
        _(
            "You read nobody’s file and no interview. What concerns your people is printed only with your "
            "signature, which you can keep back."
        ),
    ),
    Guest(
        "ada",
        _("Administrator"),
        _("Riverside"),
        "",
        _(
            "Invite somebody; Bo (user name bo) confirms. Change a role, let a colleague leave, help a "
            "locked-out colleague back in. You read no file."
        ),
    ),
)


def as_table() -> str:
    """Return who can sign in, as lines for a console."""
    rows = [
        (guest.username, str(guest.role), str(guest.agency), str(guest.story).partition(". ")[0].rstrip("."))
        for guest in GUESTS
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join([*(row[column].ljust(widths[column]) for column in range(3)), row[3]]) for row in rows]
    return "\n".join(
        [
            "Who can sign in (everybody here is invented; the address /tour says more):",
            "",
            *(f"  {line}" for line in lines),
            "",
            f"  The passphrase of all of them: {PASSPHRASE}",
        ]
    )
