"""Pages of coding: a text with its margin, passages under codes, memos, and reading blind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.evidence import commands, queries, rules
from alongside.evidence.forms import MemoForm, PassageForm
from alongside.evidence.text import layout, shorthand
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id, as_number
from alongside.text import sentences
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.evidence.models import Code, Coding, Source


@for_editors
@require_http_methods(["GET", "POST"])
def coding(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """A text to code: select words, or say their sentences; then a code.

    Answers a code, or asks which one was meant.
    """
    source = queries.get_source(request.worker, source_id)
    if source.state != "ready":
        return redirect("evidence:words", source.pk)
    if request.method == "GET":
        note("evidence.source_read", custodian_id=source.agency_id, item_id=source.pk, item_kind="source")
        return _page(request, source, PassageForm())
    form = PassageForm(request.POST)
    made = _code(request, source, form) if form.is_valid() else None
    if made is None:
        return _page(request, source, form, status=422)
    number = sentences.numbers_of(sentences.split(queries.words_of(source)), made.start, made.end)
    said = (
        _("%(code)s: sentence %(first)s.")
        if number[0] == number[1]
        else _("%(code)s: sentences %(first)s to %(last)s.")
    )
    return _done(
        request, source, said % {"code": made.code.name, "first": number[0], "last": number[1]}, number[0]
    )


@for_editors
@require_POST
def undo(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Take back what one coded last in a source."""
    source = queries.get_source(request.worker, source_id)
    undone = commands.undo_coding(source_id=source.pk, by=request.worker, at=clock.now())
    said = (
        _("Taken back: %(code)s.") % {"code": undone.code.name}
        if undone
        else _("Nothing of yours is left to take back.")
    )
    number = (
        sentences.numbers_of(sentences.split(queries.words_of(source)), undone.start, undone.end)[0]
        if undone
        else 1
    )
    return _done(request, source, said, number)


@for_editors
@require_GET
def uncoded(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Go to the next sentence that no passage touches."""
    source = queries.get_source(request.worker, source_id)
    after = request.GET.get("after", "")
    codings = queries.codings_in(request.worker, source)
    number = layout.next_uncoded(queries.words_of(source), codings, as_number(after, 0))
    if number is None:
        messages.info(request, _("Every sentence after that is in some passage."))
        return redirect("evidence:coding", source.pk)
    return redirect(_at(source, number))


@for_editors
@require_POST
def blind_coding(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Begin to read a source blind, or finish that."""
    source = queries.get_source(request.worker, source_id)
    if "finish" in request.POST:
        commands.finish_blind_coding(source_id=source.pk, by=request.worker, at=clock.now())
        messages.success(request, _("Finished. Now the two can lie side by side."))
        return redirect("evidence:source", source.pk)
    commands.begin_blind_coding(source_id=source.pk, by=request.worker, at=clock.now())
    return redirect("evidence:coding", source.pk)


@for_editors
@require_http_methods(["GET", "POST"])
def passage(request: WorkerRequest, coding_id: UUID) -> HttpResponse:
    """One passage under its code, with what stands around it and what was thought about it."""
    coding = queries.get_coding(request.worker, coding_id)
    if request.method == "POST" and "take_away" in request.POST:
        commands.uncode(coding_id=coding.pk, by=request.worker, at=clock.now())
        messages.success(request, _("Taken away. Memos on it stay with the source."))
        return redirect("evidence:coding", coding.source_id)
    form = MemoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        commands.write_memo(
            study_id=coding.study_id,
            coding_id=coding.pk,
            words=form.cleaned_data["words"],
            by=request.worker,
            at=clock.now(),
        )
        return redirect("evidence:passage", coding.pk)
    found = queries.get_passage(request.worker, coding.pk, around=280)
    note("evidence.source_read", custodian_id=coding.agency_id, item_id=coding.source_id, item_kind="source")
    numbers = sentences.numbers_of(sentences.split(queries.words_of(coding.source)), coding.start, coding.end)
    memos = queries.memos(request.worker, coding.study_id, coding=coding)
    context = {
        "coding": coding,
        "passage": found,
        "memos": memos,
        "memo": form,
        "mine": coding.coded_by == request.worker.pk,
        "back": _at(coding.source, numbers[0]),
    }
    return render(request, "evidence/passage.html", context, status=422 if form.is_bound else 200)


@for_editors
@require_http_methods(["GET", "POST"])
def memos(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Every memo of a study, newest first; a new one is about the study, a code or a source."""
    study = queries.get_study(request.worker, study_id)
    form = MemoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        whose = {"code_id": queries.get_code, "source_id": queries.get_source}
        about = {
            name: get(request.worker, as_id(said)).pk
            for name, get in whose.items()
            if (said := request.POST.get(name))
        }
        commands.write_memo(
            study_id=study.pk, words=form.cleaned_data["words"], by=request.worker, at=clock.now(), **about
        )
        back = {"code_id": "evidence:code", "source_id": "evidence:source"}
        return redirect(
            *next(((back[name], value) for name, value in about.items()), ("evidence:memos", study.pk))
        )
    context = {"study": study, "memos": queries.memos(request.worker, study.pk), "memo": form}
    return render(request, "evidence/memos.html", context, status=422 if form.is_bound else 200)


@for_editors
@require_http_methods(["GET", "POST"])
def memo(request: WorkerRequest, memo_id: UUID) -> HttpResponse:
    """One's own memo in new words, or taken away."""
    opened = queries.get_memo(request.worker, memo_id)
    form = bound_or_draft(MemoForm, request, initial={"words": opened.text})
    takes_away = "take_away" in request.POST
    if takes_away or form.is_valid():
        words = "" if takes_away else form.cleaned_data["words"]
        commands.rewrite_memo(memo_id=opened.memo.pk, words=words, by=request.worker, at=clock.now())
        return redirect("evidence:memos", opened.memo.study_id)
    return render(
        request,
        "evidence/memo.html",
        {
            "one": opened.memo,
            "text": opened.text,
            "memo": form,
            "mine": opened.memo.written_by == request.worker.pk,
        },
        status=422 if form.is_bound else 200,
    )


def _code(request: WorkerRequest, source: Source, form: PassageForm) -> Coding | None:
    """Code what was said; None, with the form saying why, if that was not clear."""
    span = _span(source, form)
    code = _which(request, source, form) if span else None
    if span is None or code is None:
        return None
    try:
        return commands.code_passage(
            source_id=source.pk,
            code_id=code.pk,
            start=span[0],
            end=span[1],
            by=request.worker,
            at=clock.now(),
        )
    except rules.CannotCode as refusal:
        form.add_error("code", str(refusal))
    return None


def _span(source: Source, form: PassageForm) -> tuple[int, int] | None:
    said, text = form.cleaned_data, queries.words_of(source)
    if said["start"] is not None and said["end"]:
        return said["start"], said["end"]
    line = shorthand.read(said["code"])
    first = said["first"] or line.first
    if first is None:
        form.add_error("first", _("Select some words, or say which sentences."))
        return None
    last = (said["last"] or said["first"]) if said["first"] else line.last
    span = shorthand.span(text, first, last or first, said["words"])
    if span is None:
        form.add_error(
            "words" if said["words"] else "first",
            _("There are no such words in this text. Look at the numbers once more."),
        )
    return span


def _which(request: WorkerRequest, source: Source, form: PassageForm) -> Code | None:
    said = form.cleaned_data
    codes = [
        node.code
        for node in queries.flat(queries.codes(request.worker, source.study_id))
        if node.code.codable
    ]
    if said["code_id"]:
        return next((code for code in codes if code.pk == said["code_id"]), None)
    line = shorthand.read(said["code"])
    name = (
        line.name
        if line.first and not said["first"] and said["start"] is None
        else " ".join(said["code"].split())
    )
    found = shorthand.meant(name, codes)
    if (
        "new" in request.POST
        and name
        and not (len(found) == 1 and found[0].name.casefold() == name.casefold())
    ):
        return commands.make_code(
            study_id=source.study_id, facts={"name": name[:120]}, by=request.worker, at=clock.now()
        )
    if len(found) == 1:
        return found[0]
    form.meant, form.named = found[:12], name
    form.add_error(
        "code",
        _("Which of these do you mean?")
        if found
        else _("There is no such code yet.")
        if name
        else _("Say which code."),
    )
    return None


def _done(request: WorkerRequest, source: Source, said: str, number: int) -> HttpResponse:
    if request.htmx:
        return _page(request, source, PassageForm(), said=said)
    messages.success(request, said)
    return redirect(_at(source, number))


def _page(
    request: WorkerRequest, source: Source, form: PassageForm, said: str = "", status: int = 200
) -> HttpResponse:
    part = request.GET.get("part", "")
    codings = queries.codings_in(request.worker, source)
    talk = layout.talk(
        queries.words_of(source),
        codings,
        request.worker.pk,
        as_number(part, 1),
    )
    context: dict[str, Any] = {
        "source": source,
        "talk": talk,
        "form": form,
        "said": said,
        "codes": queries.flat(queries.codes(request.worker, source.study_id)),
        "blind": queries.open_blind_coding(request.worker, source),
        "parts": range(1, talk.parts + 1),
        "last": next(
            (row.number for row in reversed(talk.rows) if row.labels),
            talk.rows[0].number - 1 if talk.rows else 0,
        ),
    }
    return render(request, "evidence/coding.html", context, status=status)


def _at(source: Source, number: int) -> str:
    part = layout.part_of(number)
    return (
        reverse("evidence:coding", args=[source.pk]) + (f"?part={part}" if part > 1 else "") + f"#s{number}"
    )
