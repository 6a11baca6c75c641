"""The trail: what was done about a file, and who looked.

Every command and every reading of sealed words leaves one row, append-only, with the actor set by the
database. The rows hold opaque ids, never words.
"""
