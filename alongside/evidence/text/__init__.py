"""What is only about coding a text.

Documents read, the margin laid out, a line of shorthand understood, two coders compared. Pure: no table, no
request.
"""
