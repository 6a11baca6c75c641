"""A file somebody sends.

It is kept until it is imported (`uploads`), read strictly (`delimited`), and taken in whole or not at all
(`runs`).
"""
