"""Every write of the numbers.

Preparing a fixed table, giving an agency's numbers or ending it, and the table of what things cost.
"""

from alongside.indicators.commands.contributions import contribute, end_contribution
from alongside.indicators.commands.parameters import price, take_out
from alongside.indicators.commands.tables import prepare

__all__ = ["contribute", "end_contribution", "prepare", "price", "take_out"]
