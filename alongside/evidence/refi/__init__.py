"""REFI-QDA 1.0, the exchange format of programs for qualitative analysis.

Codebooks (.qdc), projects (.qde) and packages (.qdpx), read and written.

Pure: bytes in, records out, and back. Positions are code points of the plain text. What we have no word for
stays in the tree as it came, and is merged back when the project is written again. Nothing here asks the
network, expands an entity or unpacks a file by the name it gives itself.
"""
