"""Alongside: agencies act together around one person, under that person's own agreement."""
