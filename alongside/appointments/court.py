"""What there is to think about at a court or with police: options, and no tasks (practice.md 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

POSITIONS = {"witness": _("a witness"), "charged": _("the one charged")}
OPTIONS = {
    "support_person": _("Somebody beside them while they speak (Criminal Code 486.1)"),
    "screen": _("A screen, or speaking from another room (486.2)"),
    "waiting_room": _("Another place to wait, away from everybody"),
    "entrance": _("Another way in, and another way out"),
    "vwap": _("The court’s own support program (V/WAP), once charges are laid; it is their choice"),
    "own_lawyer": _("A lawyer of their own"),
    "duty_counsel": _("Duty counsel, if they are the one charged"),
    "statement": _("A statement on what it did to them, or none"),
}


@dataclass(frozen=True)
class Court:
    """What somebody thought about for a court. Conditions only where they wished to have them kept."""

    position: str = ""
    options: tuple[str, ...] = ()
    entrance: str = ""
    conditions: str = ""

    @property
    def position_label(self) -> Any:
        """As what they are there, or nothing."""
        return POSITIONS.get(self.position, "")

    @property
    def option_labels(self) -> list[Any]:
        """The options, as they are read."""
        return [OPTIONS[code] for code in self.options if code in OPTIONS]

    @property
    def is_said(self) -> bool:
        """Whether anything is."""
        return bool(self.position or self.options or self.entrance or self.conditions)
