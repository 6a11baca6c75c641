"""Quotes: somebody's exact words, printed only as they agreed to when they saw them, and taken back whenever they say so."""
