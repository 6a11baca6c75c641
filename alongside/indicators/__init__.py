"""Indicators: what could not be had, in a few fixed tables, and a range of what it would cost."""
