"""What quotes protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.outbox import may_order
from alongside.kernel.rls.declarations import OWN

SQL = ("functions",)

ADDS = {
    "kernel_effect": (
        may_order(
            "quotes.destroy_key",
            f"{OWN} and exists (select 1 from quotes_quote q where q.id = about and q.holder_id = q.id"
            " and q.agency_id = kernel_effect.agency_id and q.state in ('no', 'withdrawn'))",
        ),
    ),
}
