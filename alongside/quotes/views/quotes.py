"""Pages of quotes: a study's, one quote, its words, and whether anybody could be recognised by them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.evidence import queries as evidence
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.quotes import commands, queries, rules
from alongside.quotes.forms import QuoteForm, RecognitionForm, TranslationForm, WordsForm, themes_to_choose
from alongside.quotes.views.decorators import for_editors


@for_editors
@require_GET
def studies(request: WorkerRequest) -> HttpResponse:
    """The agency's studies, and how many quotes each has."""
    counts = queries.counts(request.worker)
    found = [{"study": study, "count": counts.get(study.pk, 0)} for study in evidence.studies(request.worker)]
    return render(request, "quotes/studies.html", {"studies": found})


@for_editors
@require_GET
def study(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """The quotes of a study, by theme, with what each waits for."""
    study = evidence.get_study(request.worker, study_id)
    state = request.GET.get("state", "")
    return render(
        request,
        "quotes/study.html",
        {"study": study} | queries.quotes_by_theme(request.worker, study.pk, state),
    )


@for_editors
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Collect words typed from feedback."""
    study = evidence.get_study(request.worker, study_id)
    there = {
        "participants": evidence.participants(request.worker, study.pk),
        "themes": evidence.themes(request.worker, study.pk),
    }
    form = bound_or_draft(
        QuoteForm, request, initial={"language": "en", "theme": request.GET.get("theme", "")}, **there
    )
    if form.is_valid():
        said = form.cleaned_data
        made = commands.collect(
            study_id=study.pk,
            words=said["words"],
            language=said["language"],
            lived=said["lived"] == "yes",
            theme_id=as_id(said["theme"], None),
            participant_id=as_id(said["participant"], None),
            by=request.worker,
            at=clock.now(),
        )
        return redirect("quotes:quote", made.pk)
    return render(
        request, "quotes/new.html", {"form": form, "study": study}, status=422 if form.is_bound else 200
    )


@for_editors
@require_POST
def from_passage(request: WorkerRequest, coding_id: UUID) -> HttpResponse:
    """Make a coded passage a quote, word for word; once."""
    made = queries.taken_from(request.worker, coding_id)
    if made is None:
        facts = queries.passage_as_quote(request.worker, coding_id)
        made = commands.collect(**facts, by=request.worker, at=clock.now())
        messages.success(request, _("Collected. It can’t be printed yet: next, they see the exact words."))
    return redirect("quotes:quote", made.pk)


@for_editors
@require_GET
def quote(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """One quote: its words, what the speaker said, and the one thing to do next."""
    quote = queries.get_quote(request.worker, quote_id)
    queries.read(quote)
    context = queries.details_of(request.worker, quote) | {
        "study": evidence.get_study(request.worker, quote.study_id),
        "themes": themes_to_choose(evidence.themes(request.worker, quote.study_id)),
    }
    return render(request, "quotes/quote.html", context)


@for_editors
@require_http_methods(["GET", "POST"])
def wording(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Write other words. Whatever was agreed is over, and these are shown."""
    quote = queries.get_quote(request.worker, quote_id)
    words = queries.words_of(quote) or ""
    kind = request.GET.get("kind", quote.wording.kind if quote.wording else "")
    form = bound_or_draft(WordsForm, request, initial={"words": words, "kind": kind})
    if form.is_valid():
        commands.reword(quote=quote, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Kept. Show them these words before anybody else reads them."))
        return redirect("quotes:quote", quote.pk)
    return _page(request, "wording", quote, {"form": form, "words": words})


@for_editors
@require_http_methods(["GET", "POST"])
def recognition(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Would the person who hurt them recognise this?"""
    quote = queries.get_quote(request.worker, quote_id)
    last = queries.thought_over(quote)
    before = (
        {
            "answer": last.answer,
            "traces": last.traces,
            "their_choice": last.their_choice,
            "reasons": queries.opened(last, "reasons"),
        }
        if last
        else {}
    )
    form = bound_or_draft(RecognitionForm, request, initial=before)
    if form.is_valid():
        commands.think_over(quote=quote, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("quotes:quote", quote.pk)
    words = queries.words_of(quote) or ""
    return _page(
        request,
        "recognition",
        quote,
        {"form": form, "words": words, "pieces": queries.identifying_pieces(request.worker, words)},
    )


@for_editors
@require_http_methods(["GET", "POST"])
def translation(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Translate the words that stand."""
    quote = queries.get_quote(request.worker, quote_id)
    form = bound_or_draft(TranslationForm, request, original=quote.language)
    if form.is_valid():
        commands.translate(quote=quote, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Kept. It is printed once somebody else has checked it."))
        return redirect("quotes:quote", quote.pk)
    return _page(request, "translation", quote, {"form": form, "words": queries.words_of(quote)})


@for_editors
@require_POST
def translation_check(request: WorkerRequest, translation_id: UUID) -> HttpResponse:
    """Say that somebody else's translation says the same."""
    translation = queries.get_translation(request.worker, translation_id)
    commands.check_translation(translation=translation, by=request.worker, at=clock.now())
    return redirect("quotes:quote", translation.quote_id)


@for_editors
@require_POST
def theme(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Put a quote under another theme."""
    quote = queries.get_quote(request.worker, quote_id)
    said = request.POST.get("theme")
    wanted = as_id(said) if said else None
    there = {code.pk for code in evidence.themes(request.worker, quote.study_id)}
    if wanted is not None and wanted not in there:
        raise type(quote).DoesNotExist
    commands.put_under(quote=quote, theme_id=wanted, by=request.worker, at=clock.now())
    return redirect("quotes:quote", quote.pk)


@for_editors
@require_POST
def withdrawal(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Take a quote back: one tap, no reason."""
    quote = queries.get_quote(request.worker, quote_id)
    commands.withdraw(quote=quote, by=request.worker, at=clock.now())
    messages.success(
        request,
        _(
            "Taken back, and no page shows the words any more. No later edition prints them. What is printed "
            "already can’t be unprinted."
        ),
    )
    return redirect("quotes:study", quote.study_id)


def _page(request: WorkerRequest, name: str, quote: Any, context: dict[str, Any]) -> HttpResponse:
    rules.check_not_over(quote)
    shown = context | {"quote": quote, "study": evidence.get_study(request.worker, quote.study_id)}
    return render(request, f"quotes/{name}.html", shown, status=422 if context["form"].is_bound else 200)
