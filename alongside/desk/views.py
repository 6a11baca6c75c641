"""The front page, my day, one file, and the tour of the demonstration."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from alongside.desk import queries
from alongside.desk.demo import guide
from alongside.desk.demo.people import PASSPHRASE
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.requests import SignedRequest, WorkerRequest


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
    """One queue for the day."""
    worker, at = request.worker, clock.now()
    queue = queries.my_day(worker, at) if worker.meets_people else {}
    beds = queries.tonight(worker, at) if worker.may("answer-for-beds") else {}
    context = queue | beds | {"today": clock.today(), "seats": queries.seats_lately(worker)}
    return render(request, "desk/day.html", context)


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
    return render(request, "desk/looks.html", queries.all_looks(request.worker, file_id))


@require_GET
def watch(request: WorkerRequest) -> HttpResponse:
    """Who looked at any file of the agency, with the names of its own workers.

    For the privacy officer only.
    """
    if not request.worker.may("oversee-access"):
        raise Http404
    return render(request, "desk/watch.html", queries.watch(request.worker, request.GET.get("before", "")))
