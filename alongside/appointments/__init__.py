"""Appointments of a person: when, under their own name for it, and what has to be arranged for it.

With an interpreter where one is wished for, and at court the options there are.
"""
