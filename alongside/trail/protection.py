"""What trail protects beside its own tables, and adds to those of the capabilities below it."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.declarations import NOBODYS, Protection, Record

SQL = ("functions", "sittings")

DEFINERS = {
    "ctx.end_sittings()": "nothing: it ends only what has been over for half an hour",
    "ctx.sit(uuid[],uuid[],text[])": "the signed worker, whose own sittings it keeps",
}

TABLES = {
    "ctx.sitting": Protection(
        tells=_("Which worker sits at which file just now; gone half an hour after they last looked."),
        record=Record.TRANSIENT,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "worker": _("who sits there"),
            "file": _("which file"),
            "custodian": _("which agency's file it is"),
            "agency": _("that worker's agency"),
            "role": _("in which role"),
            "purpose": _("for what"),
            "kinds": _("which kinds of information they have opened"),
            "looks": _("how often they looked"),
        },
    ),
}
