"""The front page and my day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """My day for who is signed in, the way in for everybody else."""
    if request.worker:  # type: ignore[attr-defined]
        return redirect("day")
    return render(request, "desk/front.html")


def day(request: HttpRequest) -> HttpResponse:
    """One queue for the day."""
    return render(request, "desk/day.html")
