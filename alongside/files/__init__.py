"""Files: one agency's own record of one person, opened with nothing at all.

A neutral handle stands for the person on every list. What the person tells is sealed; how they can be reached
safely is asked again every month.
"""
