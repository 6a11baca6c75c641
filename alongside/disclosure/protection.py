"""What disclosure protects beside its own tables, and adds to those of the capabilities below it."""

SQL = ("functions",)
