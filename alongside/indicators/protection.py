"""What indicators protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.rls.declarations import Grant, by_ctxo

SQL = ("functions",)

DEFINERS = {
    "ctx.gap_cube(text[])": (
        "the signed role: an editor's; counts of the agencies whose leaders agreed, for protection only"
    ),
    "ctx.answer_cube(timestamp with time zone,timestamp with time zone,text[],text[])": (
        "the signed role: an editor's; counts of the agencies whose leaders agreed"
    ),
    "ctx.bed_cube(timestamp with time zone,timestamp with time zone)": (
        "the signed role: an editor's; counts of the agencies whose leaders agreed"
    ),
}

ADDS = {
    "beds_request": (Grant("select (offering_id, agency_id, shelter_id, asked_at)", to="ctxo"),),
    "gaps_gap": (*by_ctxo("select"),),
    "gaps_cause": (*by_ctxo("select"),),
}
