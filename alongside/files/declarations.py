"""What holds for the rows of a file: they belong to it, and are its custodian's."""

from dataclasses import dataclass

from alongside.kernel.rls.declarations import NOT_BLOCKED, OWN, SAME, Grant, Policy, Rule, may

OWN_FILE = "exists (select 1 from files_file f where f.id = {table}.file_id)"


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
    """A row of a file: seen and changed by its custodian's workers who may see the file, by nobody else."""
    own = f"{OWN} and {may('keep-files')} and {NOT_BLOCKED} and {OWN_FILE}"
    policies: dict[str, Policy] = {
        "select": Policy("select", own, name="custody_select"),
        "insert": Policy("insert", check=own, name="custody_insert"),
        "update": Policy("update", own, SAME, name="custody_update"),
        "delete": Policy("delete", own, name="custody_delete"),
    }
    return (Grant(verbs), *(policies[verb.strip()] for verb in verbs.split(",")), OfAFile())
