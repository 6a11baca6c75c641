"""Quotes: somebody's exact words, printed as they agreed, and taken back whenever they say so.

They agree to the words they saw, and to no others.
"""
