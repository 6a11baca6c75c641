"""Text: what in somebody's words may tell who they are, and what can stand there instead.

Also where sentences and passages lie once it does.

Pure: no table, no request, no network, no model of language. Whoever keeps words of people may ask here.
"""
