"""What evidence protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.outbox import may_order
from alongside.kernel.rls.declarations import OWN

SQL = ("functions",)

ADDS = {
    "kernel_effect": (
        may_order(
            "evidence.destroy_key",
            f"{OWN} and exists (select 1 from evidence_source s where s.id = about"
            " and s.agency_id = kernel_effect.agency_id and s.state = 'withdrawn')",
        ),
    ),
}
