"""Briefs: from evidence to action.

Numbered editions in both languages, signed by two, that anybody can read and check.
"""
