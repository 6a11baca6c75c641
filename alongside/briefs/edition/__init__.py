"""What an edition is made of, and how it is printed.

Pure, so that the same input gives the same bytes in every process.
"""
