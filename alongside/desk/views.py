"""The front page, my day, one file, and the tour of the demonstration."""

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from alongside.desk import queries
from alongside.desk.commands import leave
from alongside.desk.criteria import Wanted, wanted_in
from alongside.desk.demo import guide
from alongside.desk.demo.people import PASSPHRASE
from alongside.desk.forms import SheetForm, WatchForm
from alongside.desk.queries import actions_by_subject, subjects
from alongside.desk.rules import MOST_ROWS, check_can_export
from alongside.files.commands import make_sheet
from alongside.files.queries import get_file, get_open_file, person
from alongside.gaps.queries import quarter_name
from alongside.kernel import clock, endings, toolboxes
from alongside.kernel.decorators import for_who_keeps_files, for_who_oversees_access, unseen_is_absent
from alongside.kernel.navigation import places
from alongside.kernel.requests import SignedRequest, WorkerRequest
from alongside.kernel.spreadsheets import csv_of
from alongside.trail.commands import note

SHEETS = 5  # that one session looks at, the newest


@login_not_required
@require_GET
def front(request: SignedRequest) -> HttpResponse:
    """My day for who is signed in, the way in for everybody else."""
    if request.worker:
        return redirect("day")
    return render(request, "desk/front.html")


@login_not_required
@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """A short walk for a first-time visitor."""
    return render(
        request,
        "desk/tour.html",
        {"guests": guide.GUESTS, "passphrase": PASSPHRASE} if settings.DEMO else {"guests": ()},
    )


@require_GET
def day(request: WorkerRequest) -> HttpResponse:
    """What waits for whoever is signed in, on one line of time."""
    worker = request.worker
    context = queries.day_of(worker, clock.now()) | {
        "date": clock.today(),
        "elsewhere": [place for place in places(worker, request.path) if place["for_few"]][:2],
    }
    return render(request, "desk/day.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_GET
def contact(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """One contact at the open desk: what was counted, and everything that can be done from here."""
    chosen = toolboxes.chosen_for(request, visit_id)
    context = queries.at_the_desk(request.worker, visit_id, chosen, clock.now())
    return render(request, "desk/toolbox.html", context)


@require_GET
def measures(request: WorkerRequest) -> HttpResponse:
    """How the work with other agencies goes: one's own agency's counts, as they are."""
    if not request.worker.may("read-gaps"):
        raise Http404
    there = queries.quarters_until(clock.now())
    quarter = request.GET.get("quarter", "") if request.GET.get("quarter") in there else ""
    answered = request.GET.get("side") == "answered"
    context = {
        "quarters": [(code, quarter_name(code)) for code in there],
        "quarter": quarter,
        "answered": answered,
        "sees_continuity": request.worker.may("hand-over"),
        "measures": queries.measures_of(request.worker, [quarter] if quarter else there, answered=answered),
    }
    return render(request, "desk/measures.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_GET
def file(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """One file, with everything that stands around it."""
    return render(request, "desk/file.html", queries.open_file(request.worker, file_id, clock.now()))


@for_who_keeps_files
@unseen_is_absent
@require_GET
def looks(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """The whole of what happened and who looked."""
    return render(request, "desk/looks.html", queries.all_looks(request.worker, file_id, request.GET))


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def paper(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Ask whether paper is safe, before a file is put on it for the person."""
    file = get_file(request.worker, file_id)
    spoken = person(request.worker, file).tags
    form = SheetForm(queries.what_they_want(request.worker, file.id), spoken, request.POST or None)
    if form.is_valid():
        aloud = form.is_for_reading
        if not aloud:
            make_sheet(file=file, by=request.worker)
        number = secrets.token_hex(3)
        before = list(request.session.get("sheets", {}).items())[1 - SHEETS :]
        made = {"file": str(file.id), "aloud": aloud} | form.cleaned_data
        request.session["sheets"] = dict(before) | {number: made}
        return redirect("sheet", number)
    return render(
        request, "desk/paper.html", {"file": file, "form": form}, status=422 if form.errors else 200
    )


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def leaving(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Somebody leaves the programme: what is still open ends, or goes on; then the file closes."""
    worker, at = request.worker, clock.now()
    file = get_open_file(worker, file_id)
    if request.method == "POST":
        leave(file=file, goes_on=request.POST.getlist("goes_on"), by=worker, at=at)
        messages.success(request, gettext("Closed. They are welcome back, whenever: it is the same file."))
        return redirect("files:list")
    context = {
        "file": file,
        "person": person(worker, file),
        "still_open": list(endings.still_open(worker, file.id, at)),
    }
    return render(request, "desk/leaving.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_GET
def sheet(request: WorkerRequest, number: str) -> HttpResponse:
    """The sheet, in the person's language; what stands around it is in the worker's.

    Which file it is of stands in the session and not in the address: browsers print addresses. Each has a
    number of chance, so that another tab shows no other person's.
    """
    asked = request.session.get("sheets", {}).get(number)
    if not asked:
        raise Http404
    with translation.override(asked["language"]):
        told = queries.on_paper(
            request.worker,
            UUID(asked["file"]),
            named=asked["named"],
            without=asked["without"],
            at=clock.now(),
        )
    about = {name: asked[name] for name in ("aloud", "language")} | {"file_id": asked["file"]}
    return render(request, "desk/sheet.html", told | about)


@for_who_keeps_files
@require_GET
def card(request: WorkerRequest) -> HttpResponse:
    """A card with nothing on it, to write on by hand."""
    return render(request, "desk/card.html")


@for_who_oversees_access
@require_http_methods(["GET", "POST"])
def watch(request: WorkerRequest) -> HttpResponse:
    """Who looked at any file of the agency, with the names of its own workers.

    For the privacy officer only. What is looked for is posted, so that no code name stands in an address.
    """
    worker, wanted = request.worker, _wanted(request)
    form = WatchForm(worker, wanted, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect(reverse("watch") + form.wanted().query())
    context = {"form": form, "wanted": wanted, "table": reverse("watch_csv") + wanted.query()}
    context |= queries.watch(worker, wanted, request.GET.get("before", ""))
    if context["earlier"]:
        context["earlier"] = wanted.query(before=context["earlier"])
    return render(request, "desk/watch.html", context, status=422 if form.errors else 200)


@for_who_oversees_access
@require_GET
def watch_csv(request: WorkerRequest) -> HttpResponse:
    """The same as CSV, whole or not at all. Taking it out is on the trail itself."""
    wanted = _wanted(request)
    rows = queries.looks_table(request.worker, wanted, MOST_ROWS)
    check_can_export(len(rows), reverse("watch") + wanted.query())
    note("trail.exported", custodian_id=request.worker.agency_id, file_id=wanted.file_id, count=len(rows))
    headers = {"Content-Disposition": f'attachment; filename="who-looked-{clock.today()}.csv"'}
    return HttpResponse(
        csv_of([queries.table_heading(), *rows]), content_type="text/csv; charset=utf-8", headers=headers
    )


def _wanted(request: WorkerRequest) -> Wanted:
    actions = {code for _subject, told in actions_by_subject() for code, _words in told}
    return wanted_in(request.GET, actions, subjects())
