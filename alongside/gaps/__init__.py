"""Gaps: something that was sought and could not be had, with no person in it.

Requests are counted, not people.
"""
