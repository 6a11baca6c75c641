"""The operator’s verbs: backup (init, wal), restore, drill."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from config import cluster as clusters
from config.backup import age, archive, base, manifest, pieces, plan
from config.backup.drill import drill as run_drill
from config.backup.plan import Plan
from config.backup.restore import Wanted, read_wanted, took
from config.backup.restore import restore as run_restore
from config.postgres import Cluster
from config.serving import database
from config.state import PLAN, Trouble, default_state

TOO_OLD, STANDS_STILL = timedelta(days=2), timedelta(minutes=15)


def init(arguments: list[str]) -> int:
    """Set up where backups go and who can open them."""
    parser = argparse.ArgumentParser(prog="alongside backup init", description=init.__doc__)
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="an empty folder on another disk or machine"
    )
    parser.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="AGE1…",
        help="whose identity opens them; may be said several times. Without it one is made and shown once",
    )
    parser.add_argument(
        "--keep", type=int, default=plan.KEEP_DAYS, metavar="DAYS", help="how long they are kept (35)"
    )
    options = parser.parse_args(arguments)
    if not 1 <= options.keep <= plan.KEEP_DAYS:
        raise Trouble(
            "The pages promise that what was destroyed is gone everywhere after 35 days, so backups are kept "
            "for 1 to 35 days."
        )
    identity, recipient = ("", "") if options.recipient else age.make_identity()
    with database() as cluster:
        with psycopg.connect(**cluster.url("postgres")) as connection:
            row = connection.execute("select system_identifier::text from pg_control_system()").fetchone()
        known = plan.make(
            cluster.state,
            options.to.absolute(),
            options.recipient or [recipient],
            options.keep,
            row[0] if row else "",
        )
        _tell(known, identity)
        _turn_on(cluster)
    return 0


def _tell(known: Plan, identity: str) -> None:
    if identity:
        print(
            "This identity opens the backups. It is shown now and kept nowhere: write it to a stick or on "
            f"paper, twice, and never onto this machine.\n\n{identity}\n"
        )
    print(
        "To restore you need, each kept apart from the others:\n"
        f"  1. the folder {known.target}\n"
        f"  2. the identity {'above' if identity else 'of ' + ', '.join(known.recipients)}\n"
        f"  3. a copy of {default_state() / 'secrets.json'}: no backup holds it. On a stick, in two safes\n"
        f"  4. this public key, which shows that the pieces are yours. Write it down:\n"
        f"     {known.verifier}"
    )


def _turn_on(cluster: Cluster) -> None:
    """Let PostgreSQL hand over its log: our own at once, a given one once somebody set it."""
    if cluster.source != "DATABASE_URL":
        clusters.reload(cluster.state)
        with psycopg.connect(**cluster.url("postgres")) as connection:
            row = connection.execute("show archive_mode").fetchone()
        if row != ("on",):
            print("Stop `alongside serve` and start it again: PostgreSQL then hands over its log.")
        print("Now make the first one: alongside backup")
        return
    settings = plan.archive_of(cluster.state)
    print(
        "On your server set, and start it again:\n"
        "  wal_level = replica\n  archive_mode = on\n  archive_timeout = 60\n"
        f"  archive_command = '{sys.executable} -m alongside backup wal {settings} %p'\n"
        f"The server’s user has to read {settings} and write to the folder `wal` of the target; where the "
        "server is another machine, Alongside, that file and the target have to be there too.\n"
        "Then make the first one: alongside backup"
    )


def backup(arguments: list[str]) -> int:
    """Make a backup, sealed and signed, and delete what is past its days."""
    parser = argparse.ArgumentParser(prog="alongside backup", description=backup.__doc__)
    parser.add_argument(
        "--list",
        action="store_true",
        help="only say which backups there are; ends with 1 if the last is over two days old, or the log "
        "has not come for a quarter of an hour",
    )
    options = parser.parse_args(arguments)
    known = plan.load(default_state())
    if options.list:
        return _list(known)
    with database() as cluster:
        return base.back_up(cluster, known)


def _list(known: Plan) -> int:
    target = Path(known.target)
    plan.check_target(target)
    for each in manifest.all_of(target, known.verifier):
        print(f"{each.ended_at}  PostgreSQL {each.postgresql}  {each.base.size / 1e6:,.0f} MB")
    last, newest = archive.last(target, known.verifier), manifest.names(target)[-1:]
    if last is None or not newest:
        print("There is no whole backup yet." if last else "No piece of the write-ahead log came yet.")
        return 1
    log_ago = pieces.now() - last.moment
    print(f"The write-ahead log reaches to {last.made_at}, {log_ago.total_seconds():,.0f} s ago.")
    base_ago = pieces.now() - manifest.read(target, newest[0], known.verifier).moment
    return 0 if base_ago < TOO_OLD and log_ago < STANDS_STILL else 1


def wal(arguments: list[str]) -> int:
    """Seal one segment of the write-ahead log; PostgreSQL runs this."""
    parser = argparse.ArgumentParser(prog="alongside backup wal", description=wal.__doc__)
    parser.add_argument("settings", type=Path, help="the file that `alongside backup init` named")
    parser.add_argument("segment", type=Path, help="what PostgreSQL calls %%p")
    options = parser.parse_args(arguments)
    try:
        archive.put(options.settings, options.segment)
    except OSError as error:
        raise Trouble(f"The segment can’t be archived: {error.strerror or error}.") from error
    return 0


def restore(arguments: list[str]) -> int:
    """Make a new installation from the backups, to the end of the log or to a second."""
    parser = _parser("restore", restore.__doc__)
    parser.add_argument(
        "--into",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the new state folder; it must not be there",
    )
    options = parser.parse_args(arguments)
    began = time.monotonic()
    done = run_restore(_wanted(options), options.into.absolute())
    for sentence in done.examined.sentences():
        print(sentence)
    print(
        f"Restored into {done.state} in {took(began)}: what was written until {done.reached.isoformat()} is "
        f"there. What was written from then until now ({pieces.now().isoformat()}) is lost; the trail begins "
        "anew there, so tell whoever keeps a checkpoint.\n"
        "Uploads that waited to be imported have to be sent again. Set its backups up anew, into another "
        f"folder. Before serving, with ALONGSIDE_STATE={done.state}: alongside migrate"
    )
    return 0


def drill(arguments: list[str]) -> int:
    """Restore into a scratch installation, look at it from all sides, take it away again."""
    parser = _parser("drill", drill.__doc__)
    return run_drill(_wanted(parser.parse_args(arguments)), default_state())


def _parser(verb: str, sentence: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"alongside {verb}", description=sentence)
    parser.add_argument(
        "--identity", required=True, metavar="FILE", help="the age identity that opens them; - reads it in"
    )
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="where the backups are")
    parser.add_argument("--key", help="the public key that `alongside backup init` printed")
    parser.add_argument("--secrets", type=Path, metavar="FILE", help="the copy of secrets.json")
    parser.add_argument(
        "--to", type=_moment, metavar="MOMENT", help="to a second, as 2026-11-30T12:00:00-05:00"
    )
    return parser


def _wanted(options: argparse.Namespace) -> Wanted:
    """What was said; on the machine itself what was set up there stands for the rest."""
    state = default_state()
    here = plan.read(state / PLAN) if (state / PLAN).exists() else None
    source = options.source or (Path(here.target) if here else None)
    key = options.key or (str(here.verifier) if here else None)
    secrets = options.secrets or (state / "secrets.json" if here else None)
    if source is None or key is None or secrets is None:
        raise Trouble(
            "No backup was set up on this machine, so say where they are (--from), the public key that "
            "`backup init` printed (--key) and the copy of secrets.json (--secrets)."
        )
    os.environ.pop("DATABASE_URL", None)  # what is restored is a cluster of our own
    return read_wanted(source.absolute(), key, options.identity, secrets, options.to)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment with its clock; write it as 2026-11-30T12:00:00-05:00"
        )
    return moment
