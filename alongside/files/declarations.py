"""What holds for the rows of a file: they belong to it, and are its custodian's."""

from dataclasses import dataclass

from alongside.kernel.rls.declarations import ME, NOT_BLOCKED, OWN, SAME, Grant, Policy, Rule, may


def is_open(file: str) -> str:
    """Return the condition that a file opens to whoever asks (practice.md 0.1).

    To its lead, its backup, whoever is on today, and who said why they open it. Every colleague sees its code
    name.

    :param file: the name of the table `files_file` in the statement
    """
    return (
        f"({ME} in ({file}.lead_id, {file}.backup_id) or (select ctx.is_on())"
        f" or {file}.id = any ((select ctx.justified_files())::uuid[]))"
    )


# One's own agency's row, of a file whose code name one may see.
OPERATES = "coalesce((select ctx.role()) = 'operator', false)"  # the operator: asked once a statement
OVERSEES = f"{OWN} and {may('oversee-access')}"
A_FILE_SEEN = "exists (select 1 from files_file f where f.id = file_id)"
OF_A_FILE_SEEN = f"{OWN} and {may('keep-files')} and {NOT_BLOCKED} and {A_FILE_SEEN}"
OPEN_FILE = f"exists (select 1 from files_file f where f.id = {{table}}.file_id and {is_open('f')})"


@dataclass(frozen=True)
class OfAFile:
    """A table whose rows belong to a file; nothing cascades."""

    def create(self, table: str) -> str:
        """The statement."""
        return (
            f"alter table {table} add constraint {table}_file foreign key (file_id)"
            " references files_file (id) deferrable initially deferred"
        )

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"alter table {table} drop constraint {table}_file"


def custody(verbs: str = "select, insert, update") -> tuple[Rule, ...]:
    """A row of a file: seen and changed by its custodian's workers to whom it opens, by nobody else."""
    own = f"{OWN} and {may('keep-files')} and {NOT_BLOCKED} and {OPEN_FILE}"
    policies: dict[str, Policy] = {
        "select": Policy("select", own, name="custody_select"),
        "insert": Policy("insert", check=own, name="custody_insert"),
        "update": Policy("update", own, SAME, name="custody_update"),
        "delete": Policy("delete", own, name="custody_delete"),
    }
    return (Grant(verbs), *(policies[verb.strip()] for verb in verbs.split(",")), OfAFile())
