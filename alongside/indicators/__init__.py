"""Indicators: what was asked for and could not be had, counted in a few fixed tables, and a range of what it would cost."""
