"""Copies of one Alongside, kept off its machine, and the way back from them (decision 0050).

`alongside backup` puts a base backup, the WAL since, the keyring and the ledger of what was destroyed into a
folder on another disk; every piece is sealed with age to whoever keeps the identity, and signed. `alongside
restore` makes a new installation of them, to a second. `alongside drill` does that and takes it away again.
"""
