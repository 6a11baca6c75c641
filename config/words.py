"""The words people see, per folder and language: found in the source, kept in .po files, compiled for Django.

`python -m config.words` brings every `alongside/<folder>/locale/fr/LC_MESSAGES/django.po` up to date with the
source; `compile FILE…` compiles; `missing` lists what has no French yet. Uses Babel, so no gettext tools are
needed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "alongside"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACES = ("*.py", "*.html", "*.txt")
APART = {"tests", "migrations"}


def compile_file(po: Path) -> None:
    """Write the .mo beside a .po, whole or not at all."""
    with po.open("rb") as source:
        catalog = pofile.read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    draft = po.with_suffix(".mo.new")
    with draft.open("wb") as target:
        write_mo(target, catalog)
    draft.replace(po.with_suffix(".mo"))


def folders() -> list[Path]:
    """The capability folders, in the order of their names."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def found_in(folder: Path) -> Catalog:
    """Every message that the Python and the templates of a folder can show."""
    catalog = Catalog()
    for path in sorted(path for pattern in PLACES for path in folder.rglob(pattern)):
        if APART.isdisjoint(path.relative_to(folder).parts):
            for message, notes, context in _messages(path):
                catalog.add(
                    message,
                    locations=[(path.relative_to(ROOT).as_posix(), None)],
                    auto_comments=notes,
                    context=context,
                )
    return catalog


def french(folder: Path) -> Catalog:
    """The French words of a folder as they stand; an empty catalogue if it has none."""
    po = _po(folder)
    if not po.exists():
        return Catalog(locale="fr")
    with po.open("rb") as source:
        return pofile.read_po(source, locale="fr")


def missing() -> Iterator[str]:
    """Every message without French in its own folder, as `folder: message`."""
    for folder in folders():
        known = french(folder)
        for message in found_in(folder):
            said = known.get(_key(message), message.context)
            if message.id and not (said and not said.fuzzy and _whole(said.string)):
                yield f"{folder.name}: {message.id!r}"


def update() -> None:
    """Bring every folder's .po up to date: unused messages go.

    New ones come without French, unless another folder had said the same.
    """
    said_before = {
        (_key(message), message.context): message.string for folder in folders() for message in french(folder)
    }
    for folder in folders():
        wanted = found_in(folder)
        if not any(message.id for message in wanted):
            continue
        known = french(folder)
        known.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        known.obsolete.clear()
        for message in known:
            if message.id and not _whole(message.string):
                message.string = said_before.get((_key(message), message.context)) or message.string
        po = _po(folder)
        po.parent.mkdir(parents=True, exist_ok=True)
        text = io.BytesIO()
        pofile.write_po(
            text,
            known,
            width=120,
            omit_header=False,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
        )
        if not po.exists() or _without_dates(po.read_bytes()) != _without_dates(text.getvalue()):
            po.write_bytes(text.getvalue())


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text()
    if path.suffix != ".py":
        text = _as_python(text, path)
    for _, message, notes, context in extract(
        "python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",)
    ):
        yield message, notes, context


def _as_python(text: str, path: Path) -> str:
    """A template as Django prepares it for gettext: calls among blotted text.

    The brackets make its line breaks harmless.
    """
    import django  # noqa: PLC0415 - only here, and compiling has to be quick
    from django.conf import settings  # noqa: PLC0415
    from django.utils.translation.template import templatize  # noqa: PLC0415

    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    return f"(\n{templatize(text, origin=str(path))}\n)"


def _po(folder: Path) -> Path:
    return folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def _key(message: Message) -> str:
    identity = message.id
    return str(identity[0] if isinstance(identity, tuple | list) else identity)


def _whole(said: object) -> bool:
    return all(said) if isinstance(said, tuple | list) else bool(said)


def _without_dates(text: bytes) -> list[bytes]:
    return [line for line in text.splitlines() if b"-Date:" not in line]


def main(arguments: list[str]) -> int:
    """`compile FILE…`, `missing`, or nothing to bring the files up to date."""
    if arguments[:1] == ["compile"]:
        for name in arguments[1:]:
            compile_file(Path(name))
        return 0
    if not arguments:
        update()
    lacking = list(missing())
    print("\n".join(lacking) or "Every message has its French.")
    return 1 if lacking and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
