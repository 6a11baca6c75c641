"""Handing a shift over: what is due until the next one, by code name, to whoever comes.

A note to a line opens with the file.
"""
