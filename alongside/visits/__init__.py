"""The open desk: somebody came by, about something, and nothing more has to be known.

What was done can be written into a file afterwards, if they want.
"""
