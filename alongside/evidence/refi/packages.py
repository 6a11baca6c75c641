"""The package around a project: a zip with `project.qde` and `Sources/`.

What it says of itself is not believed.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from alongside.kernel.imports.delimited import Broken

MOST_BYTES = 64 * 1024 * 1024  # of everything in it, unpacked
MOST_FILES = 2_000
MOST_TIMES = (
    200  # how much larger than its zip a file may be once it is past a megabyte: text packs about five times
)
QDE, SOURCES = "project.qde", "sources/"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes


@dataclass(frozen=True)
class Package:
    """A project's XML and the files that came with it, by their name under `Sources/`, in small letters."""

    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    packed: bool = False


def is_package(content: bytes) -> bool:
    """Whether these bytes are a zip."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def unpack(content: bytes) -> Package:
    """Take a package apart in memory; a bare project or codebook is a package without files.

    :raises Broken: if it is empty, too big, a bomb, encrypted, or names a file outside of itself
    """
    if not content.strip():
        raise Broken("empty")
    if len(content) > MOST_BYTES:
        raise Broken("too_big")
    if not is_package(content):
        return Package(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _unpacked(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
        RuntimeError,
        struct.error,
    ):
        raise Broken("not_zip") from None


def _unpacked(package: zipfile.ZipFile) -> Package:
    there = [info for info in package.infolist() if not info.filename.endswith("/")]
    if len(there) > MOST_FILES:
        raise Broken("too_many_files")
    left, xml, files = MOST_BYTES, None, {}
    for info in there:
        name = _checked_name(info)
        body = _bounded(package, info, left)
        left -= len(body)
        if name == QDE and xml is None:
            xml = body
        elif name.startswith(SOURCES) and name not in files:
            files[name] = body
        elif name == QDE or name in files:
            raise Broken("twice", about=name)
    if xml is None:
        raise Broken("no_project")
    return Package(xml, {name.removeprefix(SOURCES): body for name, body in files.items()}, packed=True)


def _checked_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if (
        not name
        or name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or "\x00" in name
        or ".." in PurePosixPath(name).parts
    ):
        raise Broken("outside", about=name[:60])
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Broken("outside", about=name[:60])
    if info.flag_bits & 0x1:
        raise Broken("locked")
    return name.lower()


def _bounded(package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Read one file, however big it says it is, no further than what is left."""
    with package.open(info) as packed:
        body = packed.read(left + 1)
    if len(body) > left or (len(body) > 1_000_000 and len(body) > MOST_TIMES * max(1, info.compress_size)):
        raise Broken("bomb")
    return body


def pack(xml: bytes, files: dict[str, bytes]) -> bytes:
    """Put a project and its files into a package; the same input gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in [(QDE, xml), *((f"Sources/{name}", files[name]) for name in sorted(files))]:
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, body)
    return out.getvalue()


def inside(path: str) -> str:
    """Return the name under `Sources/` that an `internal://` path means, or nothing.

    Other paths are never followed.
    """
    scheme, _, rest = path.partition("internal://")
    rest = rest.lstrip("/")
    return "" if scheme or not rest or ".." in rest or "\\" in rest else rest.lower()
