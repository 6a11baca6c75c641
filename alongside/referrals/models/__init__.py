"""Tables of the referrals."""

from alongside.referrals.models.capacity import CapacityRequest
from alongside.referrals.models.messages import LONGEST, Message
from alongside.referrals.models.order import RankedAgency
from alongside.referrals.models.requests import (
    MOVES,
    OURS,
    THEIRS,
    AppointmentBand,
    DeclinedReferral,
    Outcome,
    Reason,
    Referral,
    ReferralIntake,
    State,
)

__all__ = [
    "LONGEST",
    "MOVES",
    "OURS",
    "THEIRS",
    "AppointmentBand",
    "CapacityRequest",
    "DeclinedReferral",
    "Message",
    "Outcome",
    "RankedAgency",
    "Reason",
    "Referral",
    "ReferralIntake",
    "State",
]
