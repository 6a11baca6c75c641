"""What importing lists does outside PostgreSQL."""

from alongside.kernel.imports.runs import forget_upload

EFFECTS = {"directory.forget_upload": forget_upload}
