"""How full the shelters were, night by night, and the calls for a place that ended with none.

Counts a city publishes, read in from its files.

Nothing here is about a person, and nothing says where a shelter stands: street addresses and postal codes in
a file are never stored.
"""
