"""What files protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.files.declarations import is_open
from alongside.kernel.rls.declarations import SAME, Policy, may

SQL = ("justifications", "holds", "destruction")

DEFINERS = {
    "ctx.justified_files()": "only the asker's own justifications",
    "ctx.is_held(uuid)": "nothing: of one file, by its number, yes or no",
    "ctx.held()": "the operator, signed with the server secret",
    "ctx.carry_out_destruction()": "a trigger: nobody can call it",
    "ctx.keep_destruction_blocked()": "a trigger: nobody can call it",
    "ctx.finish_destructions()": "the operator, signed with the server secret",
}

# What waits is taken to be carried out by `select … for update`, so this keeps it waiting.
NOT_HELD = "kind <> 'files.destroy_key' or about <> all ((select ctx.held())::uuid[])"

ADDS = {
    "kernel_effect": (
        Policy("update", NOT_HELD, SAME, name="held", restrictive=True),
        Policy("delete", NOT_HELD, name="held_to_the_end", restrictive=True),
    ),
    "trail_entry": (
        Policy(
            "select",
            "file_id is null or exists (select 1 from files_file f where f.id = file_id"
            f" and ({may('oversee-access')} or {is_open('f')}))",
            name="blocked",
            restrictive=True,
        ),
    ),
}
