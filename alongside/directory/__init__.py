"""Who offers what (R5): places and services, found by need, place and language.

They are imported from anywhere, or kept by an agency itself.

Nothing here is about a person. Nothing is required of an entry but a name. An address that is withheld is not
stored at all: what is kept is only that it is withheld. Everything HSDS 3.1 names survives an import and is
served back.
"""
