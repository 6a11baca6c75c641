"""Accompaniment: somebody known comes along, introduces, and steps back at the person's own pace.

Whom the person chose is never moved; everything else is a suggestion.
"""
