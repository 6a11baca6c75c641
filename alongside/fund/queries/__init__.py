"""Reading the fund: pots, what was asked of them, and reports."""

from alongside.fund.ledger import Account, Act
from alongside.fund.models import Payee, Reason, State, Status
from alongside.fund.queries.limits import Seat, approver_roles, approvers, limit_of, limits
from alongside.fund.queries.pots import (
    Line,
    Shown,
    get_pot,
    left_in,
    lines_of,
    open_pots,
    pots_of,
    standing_of,
)
from alongside.fund.queries.purchases import (
    Asked,
    files_of,
    found_by,
    get_instalment,
    get_purchase,
    hindrance,
    instalments_of,
    left_behind,
    of_file,
    recent,
    to_approve,
    to_go_on_with,
    waiting,
)
from alongside.fund.queries.reports import Row, cannot_tell, get_report, halves, reports_of, rows_of
from alongside.fund.rules import span_of

__all__ = [
    "Account",
    "Act",
    "Asked",
    "Line",
    "Payee",
    "Reason",
    "Row",
    "Seat",
    "Shown",
    "State",
    "Status",
    "approver_roles",
    "approvers",
    "cannot_tell",
    "files_of",
    "found_by",
    "get_instalment",
    "get_pot",
    "get_purchase",
    "get_report",
    "halves",
    "hindrance",
    "instalments_of",
    "left_behind",
    "left_in",
    "limit_of",
    "limits",
    "lines_of",
    "of_file",
    "open_pots",
    "pots_of",
    "recent",
    "reports_of",
    "rows_of",
    "span_of",
    "standing_of",
    "to_approve",
    "to_go_on_with",
    "waiting",
]
