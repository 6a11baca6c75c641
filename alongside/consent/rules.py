"""When an agreement counts, and how long it may last."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from alongside.consent.models import LONGEST, MOVES, Release, State
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

USUAL = timedelta(days=30)  # practice.md 2.2


def last_day(on: date) -> date:
    """Return the last day of the longest agreement that can be given on a day."""
    return on + LONGEST


class CannotAgree(Refusal):
    """The agreement can't count as it stands; `step` is where what is lacking is said, if anywhere."""


class CannotEnd(Refusal):
    """There is nothing to end."""


def check_can_change(release: Release) -> None:
    """Refuse to change or decline an agreement after it was given.

    :raises CannotAgree: if it was
    """
    if release.given_at:
        raise CannotAgree(_("This agreement is already settled. Start a new one."))


def check_can_give(release: Release, items: int, at: datetime) -> None:
    """Refuse an agreement that is not specific, not time-limited, or not spoken about (practice.md 2.2).

    :raises CannotAgree: if nothing is named, it is over, it lasts too long, it was not explained, or it
        doesn't say who decided, how, and who else was there
    """
    if State.GIVEN not in MOVES[State(release.state)]:
        raise CannotAgree(_("This agreement is already settled. Start a new one."))
    if not items:
        raise CannotAgree(
            _("Tick at least one thing that may be seen. An agreement never covers everything."),
            step="agreement",
        )
    if release.until <= at:
        raise CannotAgree(_("This agreement would already be over. Choose a later day."), step="agreement")
    last = last_day(clock.day(at))
    if clock.day(release.until) > last:
        raise CannotAgree(_("180 days is the longest. After that, talk about it again."), step="agreement")
    after_no = release.after_no_until
    if after_no and not (at < after_no and clock.day(after_no) <= last):
        raise CannotAgree(
            _(
                "What they may see after a no needs a day from today to 180 days from now. Choose "
                "another day, or untick it."
            ),
            step="agreement",
        )
    if not release.explained:
        raise CannotAgree(
            _(
                "Say aloud what can go wrong, what else is possible, and "
                "that nothing depends on it. Then tick that you did."
            ),
            step="agreement",
        )
    if not release.capacity or not release.method:
        raise CannotAgree(_("Say who decided and how yes was said."), step="agreement")
    if not release.others_present:
        raise CannotAgree(_("Say who else was there when they agreed."), step="agreement")


def check_can_end(release: Release) -> None:
    """Refuse to end what has ended.

    :raises CannotEnd: if it was never given, or has ended
    """
    if release.given_at is None:
        raise CannotEnd(
            _(
                "They have not agreed to this: nothing is shared, and there is nothing to end."
                " Go back to the file."
            )
        )
    if release.ended_at is not None:
        raise CannotEnd(_("This agreement has already ended. Ask them anew if they want to share again."))


def is_live(release: Release, at: datetime) -> bool:
    """Whether the other agency sees anything under this agreement at this moment."""
    return (
        release.given_at is not None and release.ended_at is None and release.starts_at <= at < release.until
    )
