"""The console command `alongside`.

The operator's verbs, of which the capabilities' own live in their folders.
"""

import argparse
import os
import sys

from config import serving
from config.backup import verbs as backups
from config.state import Trouble
from config.verbs import Verb, capability_verbs

DJANGOS = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}
OURS = {
    "serve": serving.serve,
    "migrate": serving.migrate,
    "words": serving.words,
    "backup": backups.backup,
    "backup init": backups.init,
    "backup wal": backups.wal,
    "restore": backups.restore,
    "drill": backups.drill,
}


def verbs() -> list[Verb]:
    """Every verb there is: ours, which belong to no capability, then the capabilities'."""
    return [
        *(Verb(name, (function.__doc__ or "").partition("\n")[0]) for name, function in OURS.items()),
        *capability_verbs(),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the verb that the arguments begin with; its answer is the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    known = {verb.name: verb for verb in verbs()}
    verb = next((known[" ".join(given[:n])] for n in (3, 2, 1) if " ".join(given[:n]) in known), None)
    if verb is None:
        return _explain(given, list(known.values()))
    rest = given[len(verb.name.split()) :]
    try:
        return OURS[verb.name](rest) if verb.name in OURS else _run(verb, rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `alongside … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _run(verb: Verb, rest: list[str]) -> int:
    """Run a capability's own verb, with only the roles it asks for.

    The database is brought up first, unless the verb needs none.
    """
    needs_none = verb.alone is not None and not set(verb.alone) & set(rest)
    if needs_none or {"-h", "--help"} & set(rest):
        return _load(verb, rest)
    with serving.database():
        os.environ["ALONGSIDE_ROLES"] = ",".join(verb.roles)
        return _load(verb, rest)


def _load(verb: Verb, rest: list[str]) -> int:
    serving.load_django()
    from django.core.management import load_command_class  # noqa: PLC0415 - `--help` has to be quick

    *words, last = verb.name.split()
    command = load_command_class(verb.app, verb.module)
    command.suppressed_base_arguments = DJANGOS
    command.run_from_argv([" ".join(["alongside", *words]), last, *rest])
    return 0


def _explain(given: list[str], known: list[Verb]) -> int:
    """Say what there is; an unknown verb is answered with the nearest ones."""
    begun = [verb for verb in known if given and verb.name.split()[0] == given[0]]
    width = max(len(verb.name) for verb in known) + 2
    parser = argparse.ArgumentParser(
        prog="alongside",
        usage="alongside VERB [options]",
        description="The operator's side of Alongside. `alongside VERB --help` says more about one verb.",
        epilog="verbs:\n" + "\n".join(f"  {verb.name:{width}}{verb.sentence}" for verb in (begun or known)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    wrong = [word for word in given if not word.startswith("-")]
    parser.print_help(sys.stderr if wrong else sys.stdout)
    if wrong:
        print(f"\nThere is no verb `{' '.join(wrong)}`.", file=sys.stderr)
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
