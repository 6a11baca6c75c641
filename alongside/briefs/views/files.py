"""Files as answers, and the address of this installation, under which editions are cited."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from alongside.kernel.requests import WorkerRequest

CONTENT = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
STYLESHEET = Path(__file__).resolve().parents[1] / "static" / "briefs" / "edition.css"


def base(request: WorkerRequest) -> str:
    """Return the address of this installation, under which editions are cited."""
    return f"{'https' if settings.HTTPS else 'http'}://{request.get_host()}"


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file that opens in the browser under a name of its own."""
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def stylesheet() -> HttpResponse:
    """Return the stylesheet that lies beside an edition's page."""
    return HttpResponse(STYLESHEET.read_bytes(), content_type="text/css; charset=utf-8")
