"""Published editions, for anybody who may read them.

One to read, its files, and what changed since an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.briefs import rules
from alongside.briefs.edition import differences, html
from alongside.briefs.edition.document import Document, Text, from_bytes
from alongside.briefs.edition.labels import citation
from alongside.briefs.models import FILES, Audience, Edition

if TYPE_CHECKING:
    from alongside.briefs.models import Brief


def editions(brief: Brief) -> QuerySet[Edition]:
    """The editions of a brief, newest first, without what is in them."""
    return Edition.objects.filter(brief=brief).defer("document", *FILES)


def published() -> QuerySet[Edition]:
    """Every edition for everybody, the newest of each brief first."""
    return (
        Edition.objects.filter(audience=Audience.PUBLIC).defer("document", *FILES).order_by("slug", "-number")
    )


def get_edition(slug: str, number: int) -> Edition:
    """Return an edition, as far as whoever asks may read it.

    :raises Edition.DoesNotExist: if there is none for them
    """
    found: Edition = Edition.objects.get(slug=slug, number=number)
    return found


def earlier(edition: Edition) -> list[int]:
    """The numbers of the editions before and after this one that whoever asks may read."""
    return list(
        Edition.objects.filter(slug=edition.slug)
        .exclude(number=edition.number)
        .order_by("-number")
        .values_list("number", flat=True)
    )


def document_of(edition: Edition) -> Document:
    """The frozen document of an edition."""
    return from_bytes(bytes(edition.document))


def article_of(edition: Edition, language: str) -> str:
    """The edition as it was published, to be shown inside a page."""
    return html.article_of(bytes(getattr(edition, f"html_{language}")))


def changes(before: Edition, after: Edition, language: str) -> list[differences.Change]:
    """What changed from one edition to another."""
    return differences.changes(document_of(before), document_of(after), language)


def files_of(edition: Edition) -> dict[str, bytes]:
    """Everything that was published, by the name of its file, checksums included."""
    told = {f"{name[-2:]}.{name[:-3]}": bytes(getattr(edition, name)) for name in FILES}
    told["document.json"] = bytes(edition.document)
    told["checksums.txt"] = "".join(
        f"{rules.checksum_of(content)}  {name}\n" for name, content in sorted(told.items())
    ).encode()
    return told


def edition_shown(edition: Edition, language: str) -> dict[str, Any]:
    """Return what the page of an edition shows."""
    document = document_of(edition)
    return {
        "edition": edition,
        "language": language,
        "other": "en" if language == "fr" else "fr",
        "name": name_of(edition),
        "article": article_of(edition, language),
        "citation": citation(document, language),
        "others": earlier(edition),
        "tables": len(document.figures),
    }


def name_of(edition: Edition) -> str:
    """Return an edition's title in the reader's language."""
    title: Text = edition.name
    return title.of(get_language() or "en")
