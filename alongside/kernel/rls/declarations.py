"""What a table says of itself, beside its columns.

Who may see and change its rows, what it tells whoever holds it, and how it is kept.

From these come the migrations (frozen SQL), the page on what a demand would yield, the lists of the lint,
and the tests of who may do what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, Protocol

from django.apps import AppConfig, apps
from django.utils.functional import Promise

from alongside.kernel.capabilities import capabilities, said_in

Words = str | Promise
Verb = Literal["select", "insert", "update", "delete"]
ALL: Final = "*"
SAME: Final = "="  # a row may be left behind only as it may be touched


class Record(Enum):
    """The class of record: what retention is decided by (practice.md 2.7).

    How long each is kept is the jurisdiction's and the agency's to say.
    """

    FILE = "file"  # about somebody, and kept as long as their file
    NAMELESS = "nameless"  # about somebody whose name is not here: a request for a bed, a place in line
    ACCESS = "access"  # who did and read what
    SERVICE = "service"  # what an agency offers and how much of it there is
    STATISTICS = "statistics"  # counts in which nobody is
    EVIDENCE = "evidence"  # what people said in a study, and what was made of it
    PUBLICATION = "publication"  # what was released or printed
    STAFF = "staff"  # workers, their seats and how they sign in
    REFERENCE = "reference"  # what somebody else published
    TRANSIENT = "transient"  # gone within days by itself


@dataclass(frozen=True)
class Person:
    """What the person it is about may read and write of it by their own door: columns, `ALL` or nothing."""

    reads: tuple[str, ...] | Literal["*"] = ()
    writes: tuple[str, ...] = ()


NOBODYS = Person()  # there is no person in it, or it is another's


class Rule(Protocol):
    """One thing that holds for a table, as SQL."""

    def create(self, table: str) -> str:
        """The statements that make it, without the last semicolon."""

    def drop(self, table: str) -> str:
        """The statements that take it back."""


@dataclass(frozen=True)
class Grant:
    """The verbs (and columns) that a database role may use at all."""

    verbs: str
    to: str = "app"

    def create(self, table: str) -> str:
        """The statement."""
        return f"grant {self.verbs} on {table} to {self.to}"

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"revoke {self.verbs} on {table} from {self.to}"


@dataclass(frozen=True)
class Policy:
    """Which rows a role may see or touch with a verb (`using`), and which it may leave behind (`check`)."""

    verb: Verb
    using: str = ""
    check: str = ""
    to: str = "app"
    name: str = ""
    restrictive: bool = False

    def create(self, table: str) -> str:
        """The statement."""
        check = self.using if self.check == SAME else self.check
        clauses = (f" using ({self.using})" if self.using else "") + (
            f" with check ({check})" if check else ""
        )
        kind = " as restrictive" if self.restrictive else ""
        words = f"create policy {self._name} on {table}{kind} for {self.verb} to {self.to}{clauses}"
        return words.replace("{table}", table)

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"drop policy {self._name} on {table}"

    @property
    def _name(self) -> str:
        return self.name or f"{self.to}_{self.verb}"


OPERATOR: Final = "coalesce(ctx.role() = 'operator', false)"


def of_own(parent: str, column: str) -> str:
    """Return the condition that the row which this column names is one's own, or the operator's."""
    return (
        f"exists (select 1 from {parent} p where p.id = changed.{column}"
        " and p.agency_id is not distinct from (select ctx.agency()))"
    )


@dataclass(frozen=True)
class WriteGuard:
    """Who may write in a table that everybody may read, and in which rows.

    Both are asked once a statement, so that a list of twelve thousand rows pays for it once.

    :param who: a condition on whoever is signed in
    :param whose: a condition on `changed`, the rows written or, of an update, as they were: the columns it
        names do not change
    :param adds: who may add rows, where that is fewer
    """

    who: str = ""
    whose: str = ""
    adds: str = ""

    def create(self, table: str) -> str:
        """The statements."""
        statements = [
            f"create trigger guarded_adding before insert on {table} for each statement"
            f" when (current_user = 'app' and ({self.adds}) is not true)"
            " execute function ctx.refuse('nobody who may add to this is signed in')"
        ] * bool(self.adds)
        statements += [
            f"create trigger guarded before insert or update or delete on {table} for each statement"
            f" when (current_user = 'app' and ({self.who}) is not true)"
            " execute function ctx.refuse('nobody who may write this is signed in')"
        ] * bool(self.who)
        quoted = self.whose.replace("'", "''")
        statements += [
            f"create trigger {name} after {verb} on {table} referencing {when} table as changed"
            f" for each statement execute function ctx.refuse_others('{quoted}')"
            for name, verb, when in self._of_rows
        ]
        return ";\n".join(statements)

    def drop(self, table: str) -> str:
        """The statements that take them back."""
        names = [name for name, _, _ in self._of_rows]
        names += ["guarded"] * bool(self.who) + ["guarded_adding"] * bool(self.adds)
        return ";\n".join(f"drop trigger {name} on {table}" for name in names)

    @property
    def _of_rows(self) -> tuple[tuple[str, str, str], ...]:
        verbs = (("insert", "new"), ("update", "old"), ("delete", "old"))
        return tuple((f"guarded_{verb}", verb, when) for verb, when in verbs) if self.whose else ()


@dataclass(frozen=True)
class ForeignRow:
    """A column that names a row of another table of the same file, by the composite key; nothing cascades."""

    column: str
    to: str

    def create(self, table: str) -> str:
        """The statement."""
        return (
            f"alter table {table} add constraint {table}_{self.column} foreign key (file_id, {self.column})"
            f" references {self.to} (file_id, id) deferrable initially deferred"
        )

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"alter table {table} drop constraint {table}_{self.column}"


@dataclass(frozen=True)
class Trigger:
    """A trigger for each row."""

    name: str
    when: str
    function: str

    def create(self, table: str) -> str:
        """The statement."""
        return (
            f"create trigger {self.name} {self.when} on {table} for each row execute function {self.function}"
        )

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"drop trigger {self.name} on {table}"


@dataclass(frozen=True)
class States:
    """A column that goes only where the moves let it, and begins only where it may.

    :param who: a condition on `old` and `new`: for whom these moves hold, everybody without one
    """

    moves: Mapping[Any, Iterable[Any]]
    column: str = "state"
    begins: tuple[Any, ...] = ()
    who: str = ""
    name: str = "moves"

    def create(self, table: str) -> str:
        """The statements."""
        pairs = ", ".join(f"'{start}>{end}'" for start, ends in self.moves.items() for end in sorted(ends))
        old, new = f"old.{self.column}", f"new.{self.column}"
        who = f"({self.who}) and " if self.who else ""
        moved = f"{who}{new} <> {old} and ({old} || '>' || {new}) <> all (array[{pairs}]::text[])"
        statements = [_refuse(self.name, "update", table, moved, "it cannot go there from where it stands")]
        if self.begins:
            begun = f"{new} not in ({', '.join(repr(str(state)) for state in self.begins)})"
            statements.append(
                _refuse(f"{self.name}_begin", "insert", table, begun, "it does not begin there")
            )
        return ";\n".join(statements)

    def drop(self, table: str) -> str:
        """The statements that take them back."""
        names = [f"{self.name}_begin"] * bool(self.begins) + [self.name]
        return ";\n".join(f"drop trigger {name} on {table}" for name in names)


# A moment that may be written of what is done now; the minute is for a clock that is ahead of the database's.
BY_NOW = "statement_timestamp() + interval '1 minute'"


@dataclass(frozen=True)
class Settled:
    """Columns that stay as they were written: these, or all but some.

    :param once: a condition on `old` and `new`: since when, always without one
    """

    name: str
    why: str
    columns: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    once: str = ""

    def create(self, table: str) -> str:
        """The statement."""
        if self.columns:
            old, new = (f"({', '.join(f'{row}.{name}' for name in self.columns)})" for row in ("old", "new"))
            changed = f"{new} is distinct from {old}"
        else:
            less = f" - '{{{','.join(self.but)}}}'::text[]" if self.but else ""
            changed = f"to_jsonb(new){less} is distinct from to_jsonb(old){less}"
        since = f"({self.once}) and " if self.once else ""
        return _refuse(self.name, "update", table, since + changed, self.why)

    def drop(self, table: str) -> str:
        """The statement that takes it back."""
        return f"drop trigger {self.name} on {table}"


@dataclass(frozen=True)
class Kept:
    """A table out of which no row is ever taken."""

    why: str
    name: ClassVar = "kept"
    verbs: ClassVar = "delete"

    def create(self, table: str) -> str:
        """The statements."""
        return (
            f"{_refuse(self.name, self.verbs, table, '', self.why)};\n"
            f"create trigger never_emptied before truncate on {table} for each statement"
            f" execute function ctx.refuse({_quoted(self.why)})"
        )

    def drop(self, table: str) -> str:
        """The statements that take them back."""
        return f"drop trigger never_emptied on {table};\ndrop trigger {self.name} on {table}"


class AppendOnly(Kept):
    """A table whose rows are never changed or taken out, by anybody."""

    name: ClassVar = "append_only"
    verbs: ClassVar = "update or delete"


def _refuse(name: str, verbs: str, table: str, when: str, why: str) -> str:
    condition = f" when ({when})" if when else ""
    return (
        f"create trigger {name} before {verbs} on {table} for each row{condition}"
        f" execute function ctx.refuse({_quoted(why)})"
    )


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What one table says of itself. Everything without a default has to be decided for every table."""

    tells: Words  # what a row gives away by being there
    record: Record
    person: Person
    emergency: bool  # whether it may be opened in an emergency, against a reason and a notice
    hold: bool  # whether a legal hold freezes it
    # what each column tells, where its kind doesn't say it
    columns: Mapping[str, Words] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    # why it needs no row-level security: nothing in it can tell anything about a person
    unguarded: str = ""
    # why `app` writes in it whoever is signed in, and without a rule of who may
    written_by_anybody: str = ""
    # unique across agencies, and why a refused duplicate tells nobody anything
    unique: Mapping[str, str] = field(default_factory=dict)
    # columns of bytes that are neither sealed nor a hash: they are what was published
    published: tuple[str, ...] = ()


ME = "(select ctx.worker())"
OWN = "agency_id = (select ctx.agency())"
OWN_OR_OPERATORS = "agency_id is not distinct from (select ctx.agency())"  # the operator's: of no agency
AS_CTXO = "current_user = 'ctxo'"
NOT_BLOCKED = "not (blocked_principals && (select ctx.principals()))"


def may(permission: str) -> str:
    """Return the condition that whoever asks has a permission: asked once a statement."""
    return f"(select ctx.may('{permission}'))"


def hidden_while_destroyed(keeper: str = "file_id") -> Policy:
    """Hide what is sealed under a key from the moment it is to be destroyed; once it is gone nothing opens.

    :param keeper: the column that names whose key it is
    """
    hidden = f"{keeper} <> all ((select ctx.being_destroyed())::uuid[])"
    return Policy("select", hidden, name="being_destroyed", restrictive=True)


def by_ctxo(verbs: str = "select, update") -> tuple[Rule, ...]:
    """Let the context's own functions and triggers reach a table with these verbs (and columns)."""
    policies = {
        "select": Policy("select", AS_CTXO, to="ctxo"),
        "update": Policy("update", AS_CTXO, SAME, to="ctxo"),
        "delete": Policy("delete", AS_CTXO, to="ctxo"),
    }
    named = re.sub(r"\(.*?\)", "", verbs)  # without the columns
    return (Grant(verbs, to="ctxo"), *(policies[verb.strip()] for verb in named.split(",")))


@dataclass(frozen=True)
class Block:
    """Statements that belong together, as a migration freezes them.

    What makes them, and what takes them back.
    """

    create: str
    drop: str


@dataclass(frozen=True)
class Beside:
    """What a capability declares in its module `protection`, beside its models.

    Each is a name of that module, in capitals.
    """

    sql: tuple[str, ...] = ()  # files of SQL in its folder `sql`, in their order
    # SQL that is made from a table in Python
    statements: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    # functions that run as their owner, and what each checks before it answers
    definers: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Protection] = field(default_factory=dict)  # tables that are no models of ours
    # what it adds to tables of the capabilities below it
    adds: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)


def declared() -> Mapping[str, Protection]:
    """Every table and what it says of itself.

    Models beside their columns, others in a capability's module `protection`.
    """
    return {table: protection for config in capabilities() for table, protection in _tables(config)}


def definers() -> Mapping[str, str]:
    """Every function that runs as its owner, and what it checks before it answers."""
    return {function: why for config in capabilities() for function, why in _beside(config).definers.items()}


def blocks(app_label: str) -> dict[str, Block]:
    """What a capability declares, as SQL, by key.

    Its files of SQL, its tables, and what it adds to the tables below it.
    """
    config = apps.get_app_config(app_label)
    beside = _beside(config)
    made = {  # first, so that a file may call what is made from Python
        name: Block((words := statements()), taken_back(words))
        for name, statements in beside.statements.items()
    }
    made |= {
        name: Block((words := Path(config.path, "sql", f"{name}.sql").read_text()), taken_back(words))
        for name in beside.sql
    }
    made |= {
        table: _block(table, protection.rules, guards=not protection.unguarded)
        for table, protection in _tables(config)
    }
    made |= {
        f"{table} by {app_label}": _block(table, rules, guards=False) for table, rules in beside.adds.items()
    }
    return {key: block for key, block in made.items() if block.create}


MADE = re.compile(
    r"create function (?P<function>[\w.]+)\("
    r"|create (?:constraint )?trigger (?P<trigger>\w+) [^;]*? on (?P<on>[\w.]+) "
    r"|create (?:unique )?index (?P<index>\w+)"
    r"|alter table (?P<table>[\w.]+) add (?P<part>constraint|column) (?P<named>\w+)"
    r"|create (?:unlogged )?table (?P<made>[\w.]+)"
)


def taken_back(statements: str) -> str:
    """Return what takes back what these statements make, the last first. What is made `or replace` stays."""
    if schema := re.search(r"create schema (\w+)", statements):
        return f"drop schema {schema[1]} cascade;\n"
    drops = [_drop(match) for match in MADE.finditer(re.sub(r"\$\$.*?\$\$", "", statements, flags=re.DOTALL))]
    return "".join(f"{words};\n" for words in reversed(drops))


def _drop(match: re.Match[str]) -> str:
    if function := match["function"]:
        return f"drop function {function}"
    if trigger := match["trigger"]:
        return f"drop trigger {trigger} on {match['on']}"
    if index := match["index"]:
        return f"drop index {index}"
    if named := match["named"]:
        return f"alter table {match['table']} drop {match['part']} {named}"
    return f"drop table {match['made']}"


def _block(table: str, rules: tuple[Rule, ...], *, guards: bool) -> Block:
    on = [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
    off = [
        f"alter table {table} no force row level security",
        f"alter table {table} disable row level security",
    ]
    guarding = guards and bool(rules)
    rules = tuple(_by_column(table, rule, rules) for rule in rules)
    create = [*(on if guarding else ()), *(rule.create(table) for rule in rules)]
    drop = [*(rule.drop(table) for rule in reversed(rules)), *(off if guarding else ())]
    return Block("".join(f"{words};\n" for words in create), "".join(f"{words};\n" for words in drop))


KEYS: Final = frozenset({"id", "file_id", "agency_id", "account_id", "blocked_principals"})  # and whose it is


def updatable(table: str, rules: Iterable[Rule] | None = None) -> list[str]:
    """Return the columns of a table that may change: not its key, nor whose it is, nor what is settled."""
    (model,) = (model for model in apps.get_models() if model._meta.db_table == table)
    said = tuple(declared()[table].rules if rules is None else rules)
    return [
        field.column
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.column not in KEYS
        and not any(_holds(rule, field.column) for rule in said)
    ]


def _holds(rule: Rule, column: str) -> bool:
    """Whether a rule keeps a column as it was written, always."""
    if isinstance(rule, WriteGuard):
        return column in re.findall(r"\w+", rule.whose)
    if isinstance(rule, Settled) and not rule.once:
        return column in rule.columns if rule.columns else column not in rule.but
    return False


def _by_column(table: str, rule: Rule, rules: tuple[Rule, ...]) -> Rule:
    """Name the columns of `update`: who may update a whole table may also shut it to everybody (`lock`)."""
    if not isinstance(rule, Grant) or rule.to != "app" or not re.search(WHOLE_UPDATE, rule.verbs):
        return rule
    columns = ", ".join(f'"{name}"' for name in updatable(table, rules))
    return replace(rule, verbs=re.sub(WHOLE_UPDATE, f"update ({columns})", rule.verbs))


WHOLE_UPDATE: Final = r"\bupdate\b(?! *\()"


def _tables(config: AppConfig) -> Iterator[tuple[str, Protection]]:
    for model in config.get_models():
        if protection := vars(model).get("protection"):
            yield model._meta.db_table, protection
    yield from _beside(config).tables.items()


@cache
def _beside(config: AppConfig) -> Beside:
    module = said_in(config, "protection")
    said = vars(module) if module else {}
    return Beside(
        **{place.name: said[place.name.upper()] for place in fields(Beside) if place.name.upper() in said}
    )
