"""Disclosure: which numbers may leave, to whom, and the ledger of all that ever left.

So no subtraction gives somebody away.
"""
