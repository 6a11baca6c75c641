"""What a hub protects beside its own tables."""

SQL = ("functions",)

DEFINERS = {
    "ctx.hubs()": "the signed role and agency: the places their own agency shares",
    "ctx.hubs_sat_at(boolean)": "the signed worker: where they sit themselves, if their agency keeps files",
    "ctx.close_hubs()": "nothing to check: it takes out what nobody sees any more, the rows of earlier days",
    "ctx.end_sitting()": "a trigger: nobody can call it",
}
