"""The agencies that act together, the workers who belong to one of them at a time, and how a worker signs in.

What an agency may do follows from its sector: a criminal-legal agency receives what is addressed to it and
can never browse, list or search.
"""
