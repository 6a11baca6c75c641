"""How the beds are shown: places as cards, a board as squares or one bar."""

from alongside.beds.display.cards import cards
from alongside.beds.display.charts import WIDTH, picture

__all__ = ["WIDTH", "cards", "picture"]
