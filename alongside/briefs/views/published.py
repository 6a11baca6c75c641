"""Pages for everybody.

The public editions, one of them to read, its files, and what changed since an earlier one. Nobody has to sign
in.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from alongside.briefs import queries
from alongside.briefs.views import files
from alongside.kernel.decorators import unseen_is_absent


@login_not_required
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """Every public edition, by brief."""
    return render(request, "briefs/published.html", {"editions": queries.published()})


@login_not_required
@unseen_is_absent
@require_GET
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition to read: how it is cited, its checksum, its files, and the whole of it."""
    asked = request.GET.get("language", "")
    language = asked if asked in ("en", "fr") else get_language() or "en"
    edition = queries.get_edition(slug, number)
    return render(request, "briefs/one_edition.html", queries.edition_shown(edition, language))


@login_not_required
@unseen_is_absent
@require_GET
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One of the files of an edition, exactly as it was published."""
    if name == "brief.css":
        queries.get_edition(slug, number)
        return files.stylesheet()
    content = queries.files_of(queries.get_edition(slug, number)).get(name)
    if content is None:
        raise Http404
    return files.as_file(content, f"{slug}-{number}-{name}", files.CONTENT[name.rpartition(".")[2]])


@login_not_required
@unseen_is_absent
@require_GET
def in_a_language(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """The PDF or the tables of an edition in the reader's language, under its own address with an ending."""
    return file(request, slug, number, f"{get_language() or 'en'}.{ending}")


@login_not_required
@unseen_is_absent
@require_GET
def changes(request: HttpRequest, slug: str, number: int, before: int) -> HttpResponse:
    """What changed from an earlier edition to this one, by place."""
    after, earlier = queries.get_edition(slug, number), queries.get_edition(slug, before)
    found = queries.changes(earlier, after, get_language() or "en")
    return render(
        request,
        "briefs/changes.html",
        {"after": after, "before": earlier, "changes": found, "name": queries.name_of(after)},
    )
