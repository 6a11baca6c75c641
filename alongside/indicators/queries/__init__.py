"""Every read of the numbers.

The fixed tables as they were prepared or released, what they would cost, what others publish, and whether
one's agency contributes.
"""

from alongside.indicators.models import Kind
from alongside.indicators.queries.contributions import contribution, contributions
from alongside.indicators.queries.costs import cost_ranges, money, parameter_table, range_of
from alongside.indicators.queries.external_series import calls_without_space
from alongside.indicators.queries.parameters import TOLD, get_line, lines, versions
from alongside.indicators.queries.summary import halves, over_time, tables
from alongside.indicators.rules import may_decide, may_look, may_price
from alongside.indicators.tables import TABLES

__all__ = [
    "TABLES",
    "TOLD",
    "Kind",
    "calls_without_space",
    "contribution",
    "contributions",
    "cost_ranges",
    "get_line",
    "halves",
    "lines",
    "may_decide",
    "may_look",
    "may_price",
    "money",
    "over_time",
    "parameter_table",
    "range_of",
    "tables",
    "versions",
]
