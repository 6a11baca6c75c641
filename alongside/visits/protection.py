"""What the open desk protects beside its own tables."""

SQL = ("figures",)

DEFINERS = {
    "ctx.visits_counted(timestamp with time zone,timestamp with time zone)": (
        "the signed role: who reads gaps; the own agency's counts by topic and length, of no worker"
    )
}
