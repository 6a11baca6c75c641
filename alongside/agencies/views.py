"""The worker's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def me(request: HttpRequest) -> HttpResponse:
    """My account."""
    return render(request, "agencies/me.html")
