"""Tables of the agencies, their workers, and the accounts with which workers sign in."""

from alongside.agencies.models.access import AccessRequest
from alongside.agencies.models.accounts import Account, Accounts, Worker
from alongside.agencies.models.agencies import Agency, Kind, Regime, TimeZone
from alongside.agencies.models.shifts import Shift

__all__ = ["AccessRequest", "Account", "Accounts", "Agency", "Kind", "Regime", "Shift", "TimeZone", "Worker"]
