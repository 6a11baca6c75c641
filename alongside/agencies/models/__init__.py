"""Tables of the agencies, their workers, and the accounts with which workers sign in."""

from alongside.agencies.models.accounts import Account, Accounts, Worker
from alongside.agencies.models.agencies import Agency, Kind, Regime, TimeZone
from alongside.agencies.models.invitations import Invitation, Recovery

__all__ = ["Account", "Accounts", "Agency", "Invitation", "Kind", "Recovery", "Regime", "TimeZone", "Worker"]
