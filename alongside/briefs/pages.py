"""What the pages of briefs show: who is let in, the task list, the choice of quotes, a proof, an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from alongside.briefs import queries, releasing, rules
from alongside.briefs.edition import composing, glyphs, wording
from alongside.briefs.edition.document import LANGUAGES, Text, texts
from alongside.briefs.edition.labels import citation
from alongside.briefs.edition.typesetting import typeset
from alongside.indicators import queries as indicators
from alongside.kernel import clock
from alongside.kernel.doors import unseen_is_absent
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Edition, Section

View = Callable[..., HttpResponse]
CONTENT = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
STYLESHEET = Path(__file__).resolve().parent / "static" / "briefs" / "edition.css"


def for_who_looks(view: View) -> View:
    """Answer 404 to roles that neither write nor sign briefs."""
    return _for(queries.may_look, view)


def for_who_writes(view: View) -> View:
    """Answer 404 to whoever isn't an evidence editor."""
    return _for(queries.may_write, view)


def _for(may: Callable[[Any], bool], view: View) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.worker):  # type: ignore[attr-defined]
            raise Http404
        return view(request, *args, **kwargs)

    return unseen_is_absent(door)


def base(request: HttpRequest) -> str:
    """Return the address of this installation, under which editions are cited."""
    return f"{'https' if settings.HTTPS else 'http'}://{request.get_host()}"


def is_uuid(value: str) -> bool:
    """Whether this is an id at all."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def task_list(viewer: Worker, brief: Brief, at: str) -> dict[str, Any]:
    """Return what the page of a brief shows: its parts with what each lacks, its questions, who signed, its editions."""
    standing = queries.standing(brief)
    own = brief.agency_id == viewer.agency_id
    writes = queries.may_write(viewer) and own
    drafting = brief.state == queries.State.DRAFTING
    problems = queries.assembled(viewer, brief, on=clock.today(), base=at).problems if writes and drafting else []
    return {
        "brief": brief, "name": brief.name.of(get_language() or "en") or brief.slug, "own": own, "writes": writes and drafting, "editor": writes, "problems": problems,
        "parts": _parts(brief) if own else [], "standing": standing, "answered": len(queries.answers(brief)), "questions": len(rules.QUESTIONS),
        "editions": queries.editions(brief), "signed": queries.signers(viewer, standing.signatures) if standing else [],
    }  # fmt: skip


def _parts(brief: Brief) -> list[dict[str, Any]]:
    """Return the parts of a brief by kind, in the order of print; recommendations stand under their group."""
    quotes, tables = queries.chosen(brief)
    by_kind: dict[str, list[Section]] = defaultdict(list)
    for section in queries.sections(brief):
        by_kind[section.kind].append(section)
    rows = {kind: [_row(one, quotes[one.pk], tables[one.pk]) for one in by_kind[kind]] for kind in queries.Kind.values}
    for row in rows["group"]:
        row["under"] = [one for one in rows["recommendation"] if one["section"].parent_id == row["section"].pk]
    kinds = [kind for kind in queries.Kind if kind != queries.Kind.RECOMMENDATION]
    return [
        {"kind": kind, "rows": rows[kind], "once": kind in rules.ONCE, "wanting": kind in rules.ONCE and not rows[kind]} for kind in kinds
    ]


def _row(section: Section, quotes: int, tables: int) -> dict[str, Any]:
    """Return a part as one line: how it begins, which languages are there, how many quotes and tables stand in it."""
    kept = [words for words in (section.heading, section.body, section.impact, section.cost.get("words", {})) if any(words.values())]
    there = {language: bool(kept) and all(words.get(language, "").strip() for words in kept) for language in ("en", "fr")}
    words = (section.heading if any(section.heading.values()) else section.body) or {}
    language = get_language() or "en"
    said = wording.plain(words.get(language) or words.get("en") or words.get("fr") or "")
    return {
        "section": section, "words": said[:140] + ("…" if len(said) > 140 else ""), "there": there, "under": [],
        "quotes": quotes, "tables": tables, "holds": section.kind in ("recommendation", "plea"),
    }  # fmt: skip


def choice_of_quotes(viewer: Worker, section: Section) -> dict[str, Any]:
    """Return the quotes that may stand in a part, by theme, with how often each speaker is quoted elsewhere."""
    chosen, elsewhere = queries.quotes_of(section), queries.chosen_elsewhere(section)
    quotables = queries.quotable(viewer, section)
    names = queries.themes(viewer, section.brief)
    spoken: dict[UUID, int] = defaultdict(int)
    for one in quotables:
        spoken[one.speaker_id] += one.id in elsewhere
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in sorted(quotables, key=lambda one: chosen.index(one.id) if one.id in chosen else len(chosen)):
        lacks = [language for language in ("en", "fr") if not one.words.get(language)]
        rows[names.get(one.theme_id, "") if one.theme_id else ""].append(
            {"quote": one, "chosen": one.id in chosen, "elsewhere": one.id in elsewhere, "spoken": spoken[one.speaker_id], "lacks": lacks}
        )
    gone = [one for one in chosen if one not in {quotable.id for quotable in quotables}]
    return {"section": section, "brief": section.brief, "themes": sorted(rows.items()), "gone": len(gone)}


def priced(viewer: Worker, brief: Brief, kind: str) -> Any:
    """Return what the parameter table and the protected counts come to, for whoever writes what it takes; nothing elsewhere."""
    return indicators.range_of(viewer, brief.half, brief.audience) if kind == queries.Kind.PLEA and brief.half else None


def findings_of(viewer: Worker, section: Section) -> dict[str, Any]:
    """Return the tables that stand in a part and their findings, as a form is filled with them; a first finding for each other."""
    told: dict[str, Any] = {}
    for release_id, finding in queries.first_findings(viewer, section).items():
        told |= {f"{release_id}_finding_{language}": finding.of(language) for language in LANGUAGES}
    for one in queries.figures_of(section):
        told[f"chosen_{one.release_id}"] = True
        told |= {f"{one.release_id}_finding_{language}": one.finding.get(language, "") for language in LANGUAGES}
    return told


def proof(viewer: Worker, brief: Brief, at: str, language: str) -> dict[str, Any]:
    """Return what the page of a proof shows: what would be printed, what keeps it from being signed, who signed, and whether one may sign oneself."""
    standing = queries.standing(brief)
    if standing is None and not (queries.may_write(viewer) and brief.agency_id == viewer.agency_id):
        raise Http404
    made = queries.assembled(viewer, brief, on=clock.today(), base=at) if standing is None else None
    document = made.document if made else standing.document  # type: ignore[union-attr]
    editor = queries.may_write(viewer) and brief.agency_id == viewer.agency_id
    gone = releasing.gone_quotes(viewer, brief, document, clock.today()) if standing and editor else []
    unshown = sorted({letter for _place, text in texts(document) for letter in glyphs.unshown(text.of(language))})
    return {
        "brief": brief, "standing": standing, "problems": made.problems if made else gone, "unshown": unshown, "language": language,
        "article": composing.article_of(composing.compose(document, language)), "name": document.title.of(get_language() or "en") or brief.slug,
        "signed": queries.signers(viewer, standing.signatures) if standing else [], "sign_refusal": _refusal(viewer, brief, standing),
        "editor": editor, "checks": _answered(brief),
    }  # fmt: skip


def _refusal(viewer: Worker, brief: Brief, standing: queries.Standing | None) -> str:
    """Say why the viewer may not sign, in the rule's own words; nothing, if they may."""
    try:
        rules.check_can_sign(viewer, brief, standing.signatures if standing else [])
    except Refusal as refused:
        return str(refused)
    return ""


def _answered(brief: Brief) -> list[tuple[Any, Any]]:
    kept = queries.answers(brief)
    return [(question, kept[code]) for code, question in rules.QUESTIONS.items() if code in kept]


def pdf_of_proof(viewer: Worker, brief: Brief, at: str, language: str) -> bytes:
    """Return the proof typeset; while it is being written, what would be printed today."""
    standing = queries.standing(brief)
    if language not in LANGUAGES:
        raise Http404
    if standing:
        return typeset(standing.document, language).pdf
    if not queries.may_write(viewer) or brief.agency_id != viewer.agency_id:
        raise Http404
    return typeset(queries.assembled(viewer, brief, on=clock.today(), base=at).document, language).pdf


def edition(one: Edition, language: str) -> dict[str, Any]:
    """Return what the page of an edition shows."""
    document = queries.document_of(one)
    return {
        "edition": one, "language": language, "other": "en" if language == "fr" else "fr", "name": name_of(one), "article": queries.article_of(one, language),
        "citation": citation(document, language), "others": queries.earlier(one), "tables": len(document.figures),
    }  # fmt: skip


def name_of(one: Edition) -> str:
    """Return an edition's title in the reader's language."""
    title: Text = one.name
    return title.of(get_language() or "en")


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file that opens in the browser under a name of its own."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})


def stylesheet() -> HttpResponse:
    """Return the stylesheet that lies beside an edition's page."""
    return HttpResponse(STYLESHEET.read_bytes(), content_type="text/css; charset=utf-8")
