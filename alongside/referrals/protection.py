"""What referrals protect beside their own tables."""

SQL = ("functions",)

DEFINERS = {
    "ctx.end_seeing()": "a trigger: nobody can call it",
    "ctx.block_declined()": "a trigger: nobody can call it",
}
