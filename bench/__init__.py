"""The measurements: what the work costs beside a bare page, and the counts that must be exact.

Also how its cost grows.

`make bench` makes throw-away installations with invented networks in them, serves them as `make run` does,
and asks them over HTTP. Nothing here is a test.
"""
