"""What holds for rows that a person can agree to share, one by one, or keep from somebody."""

from dataclasses import dataclass

from alongside.kernel.rls.declarations import NOT_BLOCKED, Policy, Rule, Trigger, by_ctxo, may

# The role that was named; where none was, whoever answers at the agency.
TO_ROLE = (
    f"(to_role = (select ctx.role()) or (to_role = '' and {may('answer-requests')})) and {may('meet-people')}"
)


def live(table: str) -> str:
    """Return the condition that an agreement, or an item of one, counts now."""
    return (
        f"{table}.given_at is not null and {table}.ended_at is null"
        f" and {table}.starts_at <= statement_timestamp() and {table}.until > statement_timestamp()"
    )


@dataclass(frozen=True)
class Item:
    """A table whose rows a person can agree to share, one by one, or keep from somebody."""

    def create(self, table: str) -> str:
        """The statement."""
        return f"set role ctxo; insert into ctx.item_table values ('{table}'); reset role"

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"set role ctxo; delete from ctx.item_table where name = '{table}'; reset role"


def released() -> Policy:
    """Let an agency see the rows that a live agreement names to it, and no others."""
    named = (
        "exists (select 1 from consent_releaseditem g where g.file_id = {table}.file_id"
        " and g.item_id = {table}.id and g.to_agency_id = (select ctx.agency())"
        f" and {live('g')}) and {NOT_BLOCKED}"
    )
    return Policy("select", named, name="released_select")


# Whose principals are kept from a row is the database's to write: whoever saves a whole row puts back what
# stands there.
KEEP_BLOCKED = Trigger(
    "keep_blocked_principals", "before insert or update", "consent_keep_blocked_principals()"
)


def shareable() -> tuple[Rule, ...]:
    """Rows that a person can agree to share, one by one, or keep from somebody."""
    return (released(), *by_ctxo(), KEEP_BLOCKED, Item())
