"""What directory protects beside its own tables, and adds to those of the capabilities below it."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports.runs import IMPORTING, may_forget_upload
from alongside.kernel.rls.declarations import NOBODYS, OWN_OR_OPERATORS, Grant, Protection, Record, WriteGuard

SQL = ("incoming",)

ADDS = {
    "kernel_effect": (may_forget_upload("directory.forget_upload", "directory_importrun"),),
}

TABLES = {
    "directory_incoming": Protection(
        tells=_("The directory of services, which anybody may look up. A withheld address is not stored."),
        record=Record.REFERENCE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        unguarded="entries on their way in, deleted in the same transaction",
        rules=(
            Grant("select, insert, delete"),
            WriteGuard(IMPORTING, OWN_OR_OPERATORS),
        ),
    ),
}
