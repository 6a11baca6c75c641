"""Plans: what the person wants, in their words and their order, and what agencies do about it.

Workers' own suggestions stand apart and can never be ranked above a priority.
"""
