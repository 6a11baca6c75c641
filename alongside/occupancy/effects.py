"""What importing counts does outside PostgreSQL."""

from alongside.kernel.imports.runs import forget_upload

EFFECTS = {"occupancy.forget_upload": forget_upload}
