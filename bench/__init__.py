"""The measurements: how long the work takes beside a bare page, how its cost grows, and the counts that must be exact.

`make bench` makes throw-away installations with invented networks in them, serves them as `make run` does, and asks them over HTTP. Nothing here is a test.
"""
