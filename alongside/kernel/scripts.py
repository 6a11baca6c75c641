"""One script a page: ours and then htmx, put together as the static files are collected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_htmx
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

OURS = Path(__file__).resolve().parent / "static/alongside.js"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"


class _WithHtmx(FileSystemStorage):
    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return ContentFile(OURS.read_bytes() + b"\n" + HTMX.read_bytes())


class OneScript(BaseFinder):
    """Comes before Django's own finders, which would take the script as it is."""

    def find(self, path: str, find_all: bool = False) -> Any:
        """Nothing: a file that is asked for by its path is as it lies there."""
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the one script that is put together."""
        yield OURS.name, _WithHtmx(OURS.parent)
