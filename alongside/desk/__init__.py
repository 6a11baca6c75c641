"""The worker's desk: my day, and one file with everything that stands around it.

It composes what the capabilities below it know, and keeps nothing of its own.
"""
