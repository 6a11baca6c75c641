"""What a hub protects beside its own tables."""

SQL = ("functions",)

DEFINERS = {
    "ctx.hubs()": "the signed role and agency: the places their own agency shares",
    "ctx.hubs_sat_at(text)": "the signed worker: where they sit themselves, if their agency keeps files",
    "ctx.close_hubs()": "nothing to check: it takes out what nobody sees any more, the rows of earlier days",
    "ctx.forget_not_while()": "a trigger: nobody can call it",
    "ctx.end_sitting()": "a trigger: nobody can call it",
}
