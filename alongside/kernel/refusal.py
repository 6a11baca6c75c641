"""How a rule says no."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A command may not be done now, in words that a tired person can act on.

    Raised by `check_can_<verb>` in a folder's rules; shown as it stands, on the button or on the page, with
    its status. `mended_at`: the address where what stands in the way can be mended, if there is one; or
    `step`, the page of this same flow where what is lacking is said. `leads_there`: whoever only wanted to
    read is led there at once.
    """

    status = 409
    leads_there = False

    def __init__(self, message: "str | Promise", mended_at: str = "", step: str = "") -> None:
        super().__init__(message)
        self.message, self.mended_at, self.step = message, mended_at, step

    def __str__(self) -> str:
        return str(self.message)
