"""The hub's day: which agencies' people sit at one place, who is free, and who waits.

Nothing of who waited remains: the day's rows are gone with the day.
"""
