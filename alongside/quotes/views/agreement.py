"""Pages of showing and agreeing.

The exact words, what they said, one question a page, read back before it counts.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.quotes import commands, queries, rules
from alongside.quotes.forms import AnswerForm, AttributionForm, ReadersForm, ReviewForm, UntilForm
from alongside.quotes.views.decorators import for_editors

STEPS = {"attribution": 1, "readers": 2, "until": 3, "agreement": 4}


@for_editors
@require_GET
def sheet(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """The exact words on a page of their own, to print or to turn the screen round.

    In the language they spoke, where the pages speak it.
    """
    quote = queries.get_quote(request.worker, quote_id)
    rules.check_can_show(quote)
    queries.read(quote)
    told = [{"one": each, "words": queries.opened(each, "words")} for each in queries.translations(quote)]
    spoken = quote.language if quote.language in queries.LANGUAGES else translation.get_language()
    with translation.override(spoken):
        return render(
            request,
            "quotes/sheet.html",
            {"quote": quote, "words": queries.words_of(quote), "translations": told},
        )


@for_editors
@require_http_methods(["GET", "POST"])
def review(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """Write down that they saw the exact words, and how."""
    quote = queries.get_quote(request.worker, quote_id)
    rules.check_can_show(quote)
    words = queries.words_of(quote) or ""
    form = ReviewForm(
        request.POST or None, initial={"digest": queries.digest_of(quote, words).hex()}
    )  # no draft: it would say what stood there before
    if form.is_valid():
        commands.show(quote=quote, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("quotes:answer", quote.pk)
    return _page(request, "review", quote, form, {"words": words})


@for_editors
@require_http_methods(["GET", "POST"])
def answer(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """What did they say?"""
    quote = _shown(request, quote_id)
    form = bound_or_draft(AnswerForm, request)
    if not form.is_valid():
        return _page(request, "answer", quote, form, {"words": queries.words_of(quote)})
    said = form.cleaned_data["answer"]
    if said == "yes":
        return redirect("quotes:attribution", quote.pk)
    if said in ("edited", "paraphrase"):
        return redirect(f"{_address('wording', quote)}?kind={said}")
    if said == "no":
        commands.refuse(quote=quote, by=request.worker, at=clock.now())
        messages.success(
            request, _("Written down, and no page shows the words any more. Nobody asks them about it again.")
        )
        return redirect("quotes:study", quote.study_id)
    return redirect("quotes:quote", quote.pk)


@for_editors
@require_http_methods(["GET", "POST"])
def attribution(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """1: what stands under the words."""
    return _step(request, quote_id, "attribution", AttributionForm, "readers")


@for_editors
@require_http_methods(["GET", "POST"])
def readers(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """2: who may read it; each a tick, none ticked before."""
    return _step(request, quote_id, "readers", ReadersForm, "until")


@for_editors
@require_http_methods(["GET", "POST"])
def until(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """3: until when."""
    return _step(
        request, quote_id, "until", UntilForm, "agreement", {"until": queries.usual_until().isoformat()}
    )


@for_editors
@require_http_methods(["GET", "POST"])
def agreement(request: WorkerRequest, quote_id: UUID) -> HttpResponse:
    """4: read back in plain words, and then it counts."""
    quote = _shown(request, quote_id)
    terms = queries.as_terms(queries.terms_of(quote))
    if request.method == "POST":
        commands.agree(quote=quote, by=request.worker, at=clock.now())
        messages.success(
            request,
            _("Agreed. They can take it back any day until it is printed, and from every later edition."),
        )
        return redirect("quotes:quote", quote.pk)
    context = {
        "quote": quote,
        "words": queries.words_of(quote),
        "terms": terms,
        "attributed": queries.attribution_of(quote, terms),
        "audiences": [queries.Audience(each).label for each in terms.audiences],
        "number": STEPS["agreement"],
        "last": len(STEPS),
    }
    return render(request, "quotes/agreement.html", context)


def _step(
    request: WorkerRequest,
    quote_id: UUID,
    name: str,
    form_class: type[Any],
    then: str,
    usual: dict[str, Any] | None = None,
) -> HttpResponse:
    quote = _shown(request, quote_id)
    form = bound_or_draft(form_class, request, initial=(usual or {}) | queries.terms_of(quote))
    if form.is_valid():
        said = {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in form.cleaned_data.items()
        }
        commands.set_terms(quote=quote, by=request.worker, **said)
        return redirect(f"quotes:{then}", quote.pk)
    return _page(
        request,
        name,
        quote,
        form,
        {"words": queries.words_of(quote), "number": STEPS[name], "last": len(STEPS)},
    )


def _shown(request: WorkerRequest, quote_id: UUID) -> Any:
    """The quote, if the speaker has just seen its words.

    :raises rules.CannotMove: if not
    """
    quote = queries.get_quote(request.worker, quote_id)
    if quote.state != queries.State.SHOWN:
        rules.check_can_move(quote, queries.State(quote.state))
        raise rules.CannotMove(rules.NOT_SHOWN)
    return quote


def _page(request: WorkerRequest, name: str, quote: Any, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(
        request,
        f"quotes/{name}.html",
        context | {"quote": quote, "form": form},
        status=422 if form.is_bound else 200,
    )


def _address(name: str, quote: Any) -> str:
    return str(redirect(f"quotes:{name}", quote.pk)["Location"])
