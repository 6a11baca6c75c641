"""What occupancy protects beside its own tables, and adds to those of the capabilities below it."""

from alongside.kernel.imports.runs import may_forget_upload

SQL = ("sequences",)

ADDS = {
    "kernel_effect": (may_forget_upload("occupancy.forget_upload", "occupancy_importrun"),),
}
