"""What the desk says no to."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

MOST_ROWS = 10_000


class CannotExport(Refusal):
    """So much can't be taken out at once."""


def check_can_export(rows: int, mended_at: str) -> None:
    """Refuse a table that no answer can hold; never half of it, which would look whole.

    :param mended_at: where fewer can be chosen
    :raises CannotExport: for more than ten thousand rows
    """
    if rows > MOST_ROWS:
        raise CannotExport(
            _(
                "More than ten thousand rows. Choose fewer days, one file or one worker; or ask whoever runs "
                "this machine for the whole of it (“alongside trail export”)."
            ),
            mended_at,
        )
