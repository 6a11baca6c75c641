"""What comes in as a text.

Pasted words, .txt and .docx, read carefully, and put into one form once and for all. Nothing here knows of a
database.

One form (`in_one_form`): lines end with \\n, accents are one letter (NFC, letter by letter), and what nobody
can see (a byte order mark, control characters) is gone. It is done once, when a text is brought in; positions
that came with it are moved along.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel import safe_xml
from alongside.kernel.imports.delimited import Broken, decoded
from alongside.kernel.refusal import Refusal
from alongside.text.offsets import Edit

MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000
MOST_CHARACTERS = 200_000  # some four hours of talk
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
# What nobody sees: control characters, and of Unicode's format characters all but those that show or join.
CONTROL = r"\x00-\x08\x0e-\x1f\x7f"
FORMAT = (
    r"\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
UNSEEN = f"[{CONTROL}{FORMAT}]"
# Joiners, and marks that choose how a letter is drawn, add nothing between letters that do not join; in emoji
# and in Arabic and Indic scripts they are seen.
PLAIN = r"[A-Za-z\u00c0-\u024f\u0300-\u03ff\u0400-\u052f\u1400-\u167f\u1e00-\u1fff]"
JOINER = rf"(?<={PLAIN})[\u200c\u200d\ufe00-\ufe0f]+"
ODD = re.compile(rf"\r\n?|[\u2028\u2029\x0b\x0c\x85]|{UNSEEN}|{JOINER}|[^\W\d_](?:{UNSEEN}*[\u0300-\u036f])+")


class CannotBringIn(Refusal):
    """A text can't be brought in."""


def in_one_form(text: str) -> list[Edit]:
    """Return the edits that put a text into its one form.

    :raises CannotBringIn: if it holds what is no text at all
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CannotBringIn(
            _("This holds characters that are broken. Save it anew as plain text (UTF-8), and bring that in.")
        )
    edits = (Edit(match.start(), match.end(), _form_of(match.group())) for match in ODD.finditer(text))
    return [edit for edit in edits if text[edit.start : edit.end] != edit.words]


def check_size(text: str) -> None:
    """Check that there is something to read, and not more than can be read.

    :raises CannotBringIn: if not
    """
    if not text.strip():
        raise CannotBringIn(
            _("There are no words in this. If it is a scan or a picture, type or copy the words instead.")
        )
    if len(text) > MOST_CHARACTERS:
        raise CannotBringIn(_("This is too long for one source. Bring it in in parts."))


def read(name: str, content: bytes) -> str:
    """Return the text of a .txt or .docx file.

    :raises CannotBringIn: with what to do instead
    """
    if len(content) > MOST_BYTES:
        raise CannotBringIn(
            _(
                "This file is larger than 8 MB. A transcript is much smaller: take pictures and sound out of "
                "it first."
            )
        )
    if content[:4] == b"PK\x03\x04" or name.lower().endswith(".docx"):
        return _of_docx(content)
    if content[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt"):
        raise CannotBringIn(
            _("This can’t be read here. Save it as .docx or as plain text, and bring that in.")
        )
    return _of_plain(content)


def _form_of(odd: str) -> str:
    if unicodedata.category(odd[0])[0] == "L":
        return unicodedata.normalize("NFC", re.sub(UNSEEN, "", odd))
    return "\n" if odd[0] in "\r\u2028\u2029\x0b\x0c\x85" else ""


def _of_plain(content: bytes) -> str:
    no_text = CannotBringIn(_("This is no text. Bring in a .txt or .docx file, or paste the words."))
    try:
        text = content.decode("utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else decoded(content)
    except UnicodeDecodeError:
        raise no_text from None
    except Broken as broken:
        if broken.note.code != "bad_byte":
            raise no_text from None
        raise CannotBringIn(
            _(
                "Line %(line)s holds a letter that isn’t UTF-8, in a text that otherwise is. Correct it, "
                "save the text as UTF-8, and bring that in."
            )
            % {"line": broken.note.line}
        ) from None
    if "\x00" in text or text.count("\ufffd") > 20:
        raise no_text
    return text


def _of_docx(content: bytes) -> str:
    """The body of a Word document.

    What was struck out, comments, headers and the author's name stay outside.
    """
    broken = CannotBringIn(
        _(
            "This Word document is broken or locked. Open it, save it anew without a password, and bring "
            "that in."
        )
    )
    import docx  # noqa: PLC0415 - half a second, only where one is read

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise CannotBringIn(
                    _(
                        "This document unpacks to far more than a transcript. Copy the words out of it, and "
                        "paste them."
                    )
                )
            if "word/document.xml" not in packed.namelist():
                raise broken
            notes = _Notes(packed)
            hidden = _hidden_styles(packed)
        body = docx.Document(io.BytesIO(content)).element.body
    except CannotBringIn:
        raise
    except Exception as wrong:  # whatever a broken archive or document makes its readers raise
        raise broken from wrong
    lines = (
        _line(paragraph, hidden, notes) for paragraph in body.iter(f"{W}p") if not _is_skipped(paragraph)
    )
    return "\n".join(lines).strip("\n")


class _Notes:
    """The footnotes and endnotes of a document, put where they are referred to.

    One whose words are missing leaves its mark, so that somebody asks.
    """

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.words: dict[tuple[str, str], str] = {}
        for kind in ("footnote", "endnote"):
            if f"word/{kind}s.xml" in packed.namelist():
                for note in safe_xml.parse(packed.read(f"word/{kind}s.xml")).iter(f"{W}{kind}"):
                    said = " ".join(_line(paragraph, set(), None) for paragraph in note.iter(f"{W}p")).strip()
                    self.words[kind, note.get(f"{W}id", "")] = said

    def at(self, reference: Any) -> str:
        """Return what stands where a note is referred to."""
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        said = self.words.get((kind, reference.get(f"{W}id", "")), "")
        return f" [note: {said}]" if said else " [note]"


def _hidden_styles(packed: zipfile.ZipFile) -> set[str]:
    """The names of the styles whose text nobody sees."""
    if "word/styles.xml" not in packed.namelist():
        return set()
    styles = safe_xml.parse(packed.read("word/styles.xml")).iter(f"{W}style")
    return {style.get(f"{W}styleId", "") for style in styles if _vanishes(style.find(f"{W}rPr"))}


def _vanishes(properties: Any) -> bool:
    mark = None if properties is None else properties.find(f"{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_hidden(part: Any, hidden: set[str]) -> bool:
    """Whether a part shows nobody's words: hidden text, or the hint of an empty field."""
    if part.tag == f"{W}sdt":
        return part.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    properties = part.find({f"{W}r": f"{W}rPr", f"{W}p": f"{W}pPr"}.get(part.tag, "-"))
    if properties is None:
        return False
    style = properties.find(f"{W}{'r' if part.tag == f'{W}r' else 'p'}Style")
    return (part.tag == f"{W}r" and _vanishes(properties)) or (
        style is not None and style.get(f"{W}val") in hidden
    )


def _line(paragraph: Any, hidden: set[str], notes: _Notes | None) -> str:
    words: list[str] = []
    stack = [] if _is_hidden(paragraph, hidden) else list(reversed(paragraph))
    while stack:
        part = stack.pop()
        if part.tag in SKIPPED or part.tag == f"{W}p":  # a box inside a paragraph has paragraphs of its own
            continue
        if _is_hidden(part, hidden):
            continue
        if notes and part.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            words.append(notes.at(part))
        words.append(_said(part))
        stack.extend(reversed(part))
    return "".join(words)


def _said(part: Any) -> str:
    if part.tag == f"{W}t":
        return part.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(part.tag, "")


def _is_skipped(paragraph: Any) -> bool:
    return any(above.tag in SKIPPED or _is_hidden(above, set()) for above in paragraph.iterancestors())
