"""Referrals: asking another agency with the person's agreement, getting an answer, and closing the loop with the person's own word.

The states and moves are those of the Gravity closed loop.
"""
