"""Referrals: asking another agency with the person's agreement.

Then comes the answer, and the person's own word closes the loop.

The states and moves are those of the Gravity closed loop.
"""
