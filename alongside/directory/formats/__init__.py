"""How others write down who offers what: each module reads one format and yields our records. None of them touches the database."""
