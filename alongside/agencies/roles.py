"""Who may do what: one table from roles to permissions (practice.md 0.1, 1.3).

Pages, rules and the database all go by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """The three sectors that the brief asks to act together (R1)."""

    COMMUNITY = "community", _("Community")
    HEALTHCARE = "healthcare", _("Healthcare")
    CRIMINAL_LEGAL = "criminal-legal", _("Criminal-legal")


class Role(models.TextChoices):
    """What a worker does here; what each may never see is in practice.md 0.1."""

    CASEWORKER = "caseworker", _("Caseworker")
    INTAKE = "intake", _("Intake")
    SPECIALIST = "specialist", _("Specialist")
    COMPANION = "companion", _("Companion")
    COORDINATOR = "coordinator", _("Coordinator")
    PRIVACY_OFFICER = "privacy-officer", _("Privacy officer")
    LEADER = "leader", _("Leader")
    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Evidence editor")
    DATA_STEWARD = "data-steward", _("Indigenous data steward")


Permission = Literal[
    "meet-people",  # read what a person agreed to show their role
    "answer-requests",  # read and answer what a person agreed to show whoever answers at the agency
    "keep-files",  # open, list and search the agency's files, and ask others
    "hand-over",  # pass on what somebody who left or is away held: by code name, without opening a file
    "destroy-files",  # ask that one be destroyed, or be the second who says so
    "look-for-beds",  # find them; who asks is up to the rules
    "answer-for-beds",  # read and answer what is asked of the shelter
    "keep-programmes",  # say what a shelter offers, and count its beds
    "record-barriers",  # say what stood in the way
    "see-fund",  # read its pots, requests and ledgers: kind, amount and pot, never whose
    "ask-fund",
    "approve-fund",  # up to one's limit
    "keep-fund",  # open pots, and say who may approve how much
    "read-gaps",
    "import-lists",
    "edit-evidence",  # studies, quotes, parameters, tables and briefs of the agency
    "read-numbers",
    "release-numbers",
    "give-numbers",  # let the agency's numbers be counted with others'
    "read-briefs",
    "sign-briefs",
    "steward-data",  # for an Indigenous nation or organization (practice.md 2.8)
    "oversee-access",  # see who looked at any file of the agency
    "arrange-seats",
    "hear-of-seats",  # be told who was given or lost access
]

_ALL: frozenset[Permission] = frozenset({"look-for-beds"})
_WITH_PEOPLE: frozenset[Permission] = _ALL | {
    "meet-people",
    "answer-requests",
    "keep-files",
    "answer-for-beds",
    "keep-programmes",
    "record-barriers",
    "see-fund",
    "ask-fund",
}
_WITH_NUMBERS: frozenset[Permission] = _ALL | {"read-numbers", "release-numbers", "read-briefs"}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CASEWORKER: _WITH_PEOPLE | {"read-gaps", "destroy-files", "approve-fund"},
    Role.INTAKE: _WITH_PEOPLE,
    # No file, and no request to the agency at large: only what a person agreed to show their role.
    Role.SPECIALIST: _ALL | {"meet-people"},
    Role.COMPANION: _ALL | {"meet-people"},
    Role.COORDINATOR: _ALL
    | {
        "answer-for-beds",
        "keep-programmes",
        "record-barriers",
        "read-gaps",
        "import-lists",
        "see-fund",
        "approve-fund",
        "hand-over",
    },
    Role.PRIVACY_OFFICER: _WITH_NUMBERS
    | {"sign-briefs", "read-gaps", "oversee-access", "hear-of-seats", "destroy-files", "see-fund"},
    Role.LEADER: _WITH_NUMBERS
    | {
        "hear-of-seats",
        "hand-over",
        "destroy-files",
        "sign-briefs",
        "read-gaps",
        "give-numbers",
        "keep-programmes",
        "import-lists",
        "record-barriers",
        "see-fund",
        "approve-fund",
        "keep-fund",
    },
    Role.ADMINISTRATOR: _ALL | {"arrange-seats", "hear-of-seats", "import-lists"},
    Role.EDITOR: _WITH_NUMBERS | {"sign-briefs", "edit-evidence"},
    Role.DATA_STEWARD: _WITH_NUMBERS | {"steward-data"},
}

# A criminal-legal agency receives what is addressed to it and never browses or searches (practice.md 1.3).
HELPING = frozenset({Sector.COMMUNITY, Sector.HEALTHCARE})
ONLY_IN: Mapping[Permission, frozenset[Sector]] = {
    "keep-files": HELPING,
    "hand-over": HELPING,
    "destroy-files": HELPING,
    "look-for-beds": HELPING,
    "answer-for-beds": HELPING,
    "keep-programmes": HELPING,
    "see-fund": HELPING,
    "ask-fund": HELPING,
    "approve-fund": HELPING,
    "keep-fund": HELPING,
}


def may(permission: Permission, role: str, sector: str) -> bool:
    """Say whether a role in an agency of this sector has a permission."""
    return permission in PERMISSIONS[Role(role)] and sector in ONLY_IN.get(permission, frozenset(Sector))


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that have a permission, in the order in which roles are shown."""
    return [role for role in Role if permission in PERMISSIONS[role]]


def in_sql() -> str:
    """Return the table as SQL: `ctx.may(permission)`, which policies ask, and what a seat can be."""
    cases = "\n".join(
        f"        when {_quoted([permission])} then {_condition(permission)}"
        for permission in get_args(Permission)
    )
    return f"""set role ctxo;
create or replace function ctx.may(permission text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return coalesce(case permission
{cases}
    end, false);
end $$;
alter table ctx.seat add constraint a_role_there_is check (role in ({_quoted(list(Role))}));
alter table ctx.seat add constraint a_sector_there_is check (sector in ({_quoted(list(Sector))}));
reset role;
"""


def _condition(permission: Permission) -> str:
    role = f"ctx.role() in ({_quoted(roles_with(permission))})"
    return role + (
        f" and ctx.sector() in ({_quoted(sorted(ONLY_IN[permission]))})" if permission in ONLY_IN else ""
    )


def _quoted(words: list[Role] | list[Sector] | list[Permission]) -> str:
    return ", ".join(f"'{word!s}'" for word in words)


# Who reads which guide of `docs/guides`.
GUIDES: dict[str, str] = {
    Role.CASEWORKER: "caseworker",
    Role.INTAKE: "intake",
    Role.SPECIALIST: "caseworker",
    Role.COMPANION: "caseworker",
    Role.COORDINATOR: "leader",
    Role.PRIVACY_OFFICER: "privacy-officer",
    Role.LEADER: "leader",
    Role.ADMINISTRATOR: "administrator",
    Role.EDITOR: "evidence",
    Role.DATA_STEWARD: "numbers",
}


def guide_of(role: str, sector: str) -> str:
    """Return the guide of a role; who meets people in the criminal-legal sector has one of their own."""
    is_partner = sector == Sector.CRIMINAL_LEGAL and may("meet-people", role, sector)
    return "criminal-legal-partner" if is_partner else GUIDES[role]
