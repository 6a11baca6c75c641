"""Cell suppression.

Which numbers of a table must not be worked out, what else has to be withheld so that they can't be, and what
a reader could work out all the same.

Pure: no database, no request. Everything here is asked with numbers in hand, and answers with proofs.
"""
