"""What files protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.rls.declarations import Policy, may

ADDS = {
    "trail_entry": (
        Policy(
            "select",
            (
                f"file_id is null or {may('oversee-access')}"
                " or exists (select 1 from files_file f where f.id = file_id)"
            ),
            name="blocked",
            restrictive=True,
        ),
    ),
}
