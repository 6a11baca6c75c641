"""What the fund protects beside its own tables: the books balance, whatever statement writes in them."""

from alongside.fund import ledger

STATEMENTS = {"legs": ledger.legs_in_sql}
SQL = ("balance", "payments")

DEFINERS = {
    "ctx.fund_post_entry()": "a trigger: nobody can call it",
    "ctx.fund_check_balance()": "a trigger: nobody can call it",
    "ctx.fund_check_payment()": "a trigger: nobody can call it",
    "ctx.fund_check_moment()": "a trigger: nobody can call it",
    "ctx.fund_check_two()": "a trigger: nobody can call it",
}
