"""How others write down who offers what: formats read into our records, and our records written as HSDS.

None of them touches the database.
"""
