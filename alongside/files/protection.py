"""What files protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.outbox import may_order
from alongside.kernel.rls.declarations import OWN, Policy

ADDS = {
    "kernel_effect": (
        may_order(
            "files.destroy_key",
            f"{OWN} and exists (select 1 from files_file f where f.id = about"
            " and f.agency_id = kernel_effect.agency_id and f.shredded_at is not null)",
        ),
    ),
    "trail_entry": (
        Policy(
            "select",
            "file_id is null or exists (select 1 from files_file f where f.id = file_id)",
            name="blocked",
            restrictive=True,
        ),
    ),
}
