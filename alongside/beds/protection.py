"""What beds protects beside its own tables, and adds to those of the capabilities below it."""

SQL = ("functions",)

DEFINERS = {
    "ctx.follow_count()": "a trigger: nobody can call it",
    "ctx.place_hold()": "a trigger: nobody can call it",
    "ctx.keep_hold()": "a trigger: nobody can call it",
    "ctx.bed_outlook(uuid[],timestamp with time zone)": (
        "the signed sector; the answer is coarse and half an hour old"
    ),
    "ctx.sweep_names(text)": "the server secret",
    "ctx.bed_line(uuid,timestamp with time zone)": (
        "the signed agency, which has to be the one that waits or the one waited for"
    ),
}
