"""The demonstration: an invented district called Two Rivers.

It is told through the real commands, the same every time.

Nobody in it exists. Stories are told turn by turn, in the order of their days, each turn signed as the worker
whose turn it is.
"""
