"""What a demand for the database would yield: every column, how it is kept, what it tells (security.md D2).

Taken from what the tables say of themselves. A column whose kind doesn't say it all has to say what it tells;
a test fails for one that doesn't.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.kernel.actors import HowField
from alongside.kernel.rls.declarations import Words, declared
from alongside.kernel.rls.models import FileRow, Sealed

SEALED, OPAQUE, MOMENT, CODE, FLAG, NUMBER, HASH, PLAIN = (
    _("sealed"),
    _("opaque number"),
    _("date or time"),
    _("code"),
    _("yes or no"),
    _("number"),
    _("hash"),
    _("plain text"),
)
SAYS_IT_ALL = {OPAQUE, MOMENT}

# What stands in every row of a file.
OF_A_FILE: dict[str, Words] = {
    "file_id": _("which file"),
    "agency_id": _("which agency keeps it"),
    "blocked_principals": _("who may not see it: numbers of workers and agencies, and roles"),
}
PUBLIC = {
    "directory": _("The directory of services, which anybody may look up. A withheld address is not stored."),
    "occupancy": _("Counts of shelters and calls that somebody published. Nobody is in them."),
    "procrastinate": _("The queue of jobs. Their arguments are opaque numbers."),
    "django": _("Django's own bookkeeping."),
    "auth": _("Django's own bookkeeping."),
}
SIGNED_IN = "django_session"  # the one table of Django's own that tells something
CODES = {
    "kind",
    "state",
    "reason",
    "role",
    "to_role",
    "purpose",
    "action",
    "item_kind",
    "need",
    "ended_because",
    "regime_from",
    "regime_to",
    "wait_band",
    "barriers",
    "language",
    "interpreter",
    "columns",
    "quarter",
    "region",
    "recommendation",
    "workaround",
    "staff_hours_band",
    "cost_band",
    "division",
    "type",
    "sector",
    "gender",
    "household",
    "barrier",
    "decided_by",
}
CONTEXT: dict[str, dict[str, Words]] = {  # the context's own tables, which are no models
    "ctx.secret": {"only_row": FLAG, "inner_pad": HASH, "outer_pad": HASH, "server_secret_hash": HASH},
    "ctx.seat": {
        "worker": OPAQUE,
        "account": OPAQUE,
        "agency": OPAQUE,
        "sector": CODE,
        "role": CODE,
        "suspended_until": MOMENT,
        "active": FLAG,
    },
    "ctx.session": {
        "token_hash": HASH,
        "id": OPAQUE,
        "account": OPAQUE,
        "assurance": NUMBER,
        "opened_at": MOMENT,
        "seen_at": MOMENT,
        "until": MOMENT,
        "idle": MOMENT,
        "proved_at": MOMENT,
        "ended_at": MOMENT,
    },
    "ctx.attempt": {"key": HASH, "wrong": NUMBER, "last_at": MOMENT, "closed_until": MOMENT},
    "ctx.item_table": {"name": PLAIN},
    "ctx.agency_name": {"key": PLAIN, "agency": OPAQUE},
    "ctx.sitting": {
        "id": OPAQUE,
        "worker": OPAQUE,
        "file": OPAQUE,
        "custodian": OPAQUE,
        "agency": OPAQUE,
        "role": CODE,
        "purpose": CODE,
        "kinds": CODE,
        "looks": NUMBER,
        "seen_at": MOMENT,
    },
}


@dataclass(frozen=True)
class Column:
    """One column: how it is kept, and what it tells, or nothing where its kind says it all."""

    table: str
    name: str
    kept: Words
    tells: Words

    @property
    def is_silent(self) -> bool:
        """Whether it ought to say what it tells, and doesn't."""
        return not self.tells and self.kept not in SAYS_IT_ALL


def columns() -> dict[str, list[Column]]:
    """Every column of every table that tells something.

    In the order in which capabilities stand on each other.
    """
    found = {
        model._meta.db_table: list(_columns_of(model)) for model in apps.get_models(include_auto_created=True)
    }
    found |= {
        table: [
            Column(table, name, kept, declared()[table].columns.get(name, "")) for name, kept in named.items()
        ]
        for table, named in CONTEXT.items()
    }
    return {
        table: each
        for table, each in found.items()
        if table == SIGNED_IN or table.split("_")[0] not in PUBLIC
    }


def tells(table: str) -> Words:
    """What a row of a table gives away by being there; nothing if nobody has said."""
    return protection.tells if (protection := declared().get(table)) else ""


def _columns_of(model: type[models.Model]) -> Iterator[Column]:
    table = model._meta.db_table
    protection = declared().get(table)
    said = (OF_A_FILE if issubclass(model, FileRow) else {}) | dict(protection.columns if protection else {})
    published = protection.published if protection else ()
    for field in model._meta.concrete_fields:
        if field.column:
            kept = PLAIN if field.column in published else _kept(field)
            tells: Words = said.get(field.column) or (field.tells if isinstance(field, HowField) else "")
            yield Column(table, field.column, kept, tells)


def page(language: str) -> str:
    """Return the page in Markdown."""
    with translation.override(language):
        return "\n".join(_lines()) + "\n"


def _kept(field: "models.Field[Any, Any]") -> Words:
    if isinstance(field, Sealed) or (field.model._meta.db_table, field.column) == ("kernel_draft", "body"):
        return SEALED
    if field.column in CODES or field.choices or isinstance(field, HowField):
        return CODE
    kinds: tuple[tuple[tuple[type[models.Field[Any, Any]], ...], Words], ...] = (
        ((models.UUIDField, models.ForeignKey, models.AutoField), OPAQUE),
        ((models.DateField, models.TimeField), MOMENT),
        ((models.BooleanField,), FLAG),
        ((models.IntegerField,), NUMBER),
        ((models.BinaryField,), HASH),
        ((ArrayField,), CODE),
    )
    return next((kept for types, kept in kinds if isinstance(field, types)), PLAIN)


def _lines() -> Iterator[str]:
    yield "# " + gettext("What a demand for the database would yield")
    yield ""
    yield gettext(
        "This page is made from the program itself: "
        "every table and every column, how it is kept and what it tells. "
        "It is what somebody would hold who seized the database, copied a backup or had an order for it, "
        "without the keys."
    )
    yield ""
    yield gettext(
        "Words of and about a person are sealed, field by field, under a key of their file. "
        "The keys are kept outside the database. "
        "Once a file's key is destroyed, nobody can read its words again: "
        "not the agency, not whoever runs the machine, not in any copy."
    )
    yield ""
    yield gettext(
        "What is not sealed tells that files exist, when something happened, between which agencies, "
        "and of which general kind it was. "
        "That is why little is kept, and not for long."
    )
    for table, each in columns().items():
        yield from ("", f"## `{table}`", "", str(tells(table)), "")
        yield (
            "| " + " | ".join([gettext("column"), gettext("how it is kept"), gettext("what it tells")]) + " |"
        )
        yield "|---|---|---|"
        yield from (f"| `{column.name}` | {column.kept} | {column.tells} |" for column in each)
    yield from ("", "## " + gettext("Tables that tell nothing about a person"), "")
    yield from (f"* `{prefix}_*`: {words}" for prefix, words in PUBLIC.items())
