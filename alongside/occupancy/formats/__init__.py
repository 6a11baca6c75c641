"""How others write down counts: a table read through a mapping into rows that hold.

None of it touches the database.
"""
