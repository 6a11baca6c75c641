"""Files that come in: text and Word, and what is refused with a reason that helps."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import unicodedata
import zipfile

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.evidence import rules
from alongside.evidence.text import documents
from alongside.text import identifiers
from alongside.text.offsets import Remap, applied
from tests.cases import case


def word(*paragraphs, **parts):
    """A Word document, with parts put in."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Zoé\r\nsaid".encode(), "Zoé\r\nsaid"),
        ("\ufeffZoé".encode(), "Zoé"),
        ("Zoé".encode("utf-16"), "Zoé"),
        ("Zoé – “oui”".encode("cp1252"), "Zoé – “oui”"),
    ],
)
def test_plain_text_is_read_as_it_was_written(content, told):
    assert documents.read("talk.txt", content) == told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Zoé\nThérèse\n".encode() + b"Ren\xe9e", "Line 3"),
        (b"\x81\x8d\xe9", "no text"),
        (b"\xff\xfea", "no text"),
    ],
)
def test_a_text_in_two_encodings_or_none_is_refused(content, says):
    with pytest.raises(documents.CannotBringIn, match=says):
        documents.read("talk.txt", content)


def test_a_word_document_is_read_paragraph_by_paragraph():
    document = docx.Document()
    document.add_paragraph("What helped?")
    document.add_paragraph("Trust.\tAlways.")
    document.add_table(1, 2).rows[0].cells[1].text = "In a table 🌿"
    out = io.BytesIO()
    document.core_properties.author = "Marie Tremblay"
    document.sections[0].header.paragraphs[0].text = "Confidential: Marie"
    document.save(out)

    read = documents.read("talk.docx", out.getvalue())
    assert [line for line in read.split("\n") if line] == ["What helped?", "Trust.\tAlways.", "In a table 🌿"]


def test_what_was_struck_out_stays_out():
    from docx.oxml.ns import qn

    document = docx.Document()
    paragraph = document.add_paragraph("She was ")
    run = paragraph.add_run("called Marie")._r
    gone = run.makeelement(qn("w:del"), {})
    run.getparent().replace(run, gone)
    gone.append(run)
    paragraph.add_run("there")
    out = io.BytesIO()
    document.save(out)

    assert documents.read("talk.docx", out.getvalue()) == "She was there"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("talk.docx", b"PK\x03\x04 and nothing"),
        ("talk.docx", b"hello"),
        ("talk.doc", b"\xd0\xcf\x11\xe0 old"),
        ("scan.pdf", b"%PDF-1.7"),
        ("talk.rtf", b"{\\rtf1 a}"),
        ("sound.txt", b"\x00\x01\x02\x03" * 20),
        ("talk.txt", b"a" * (documents.MOST_BYTES + 1)),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name, content):
    with pytest.raises(rules.CannotBringIn) as refused:
        documents.read(name, content)
    assert len(str(refused.value)) > 30


def test_a_bomb_is_refused_before_it_goes_off():
    bomb = word("Hello", **{"word/media/one.xml": b"0" * (documents.MOST_UNPACKED + 1)})
    assert len(bomb) < 300_000

    with pytest.raises(rules.CannotBringIn):
        documents.read("talk.docx", bomb)


def test_a_document_that_calls_itself_larger_by_entities_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("Hello"))) as there, zipfile.ZipFile(out, "w") as packed:
        for part in there.infolist():
            content = there.read(part)
            if part.filename == "word/document.xml":
                lol = b"".join(
                    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol" * 10)
                    for n in range(12)
                )
                content = content.replace(b"?>", b"?><!DOCTYPE w [" + lol + b"]>", 1).replace(
                    b"Hello", b"&l11;"
                )
            packed.writestr(part, content)

    with contextlib.suppress(rules.CannotBringIn):
        assert len(documents.read("talk.docx", out.getvalue())) < 1_000


@pytest.mark.parametrize("text", ["", " \n\t ", "a" * (documents.MOST_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(text):
    with pytest.raises(rules.CannotBringIn):
        documents.check_size(text)


LETTERS = st.text(alphabet=st.sampled_from("ab é🌿𝒳\r\n\u2028e\u0301.ʔᓄ\ufeff"), max_size=60)


@given(LETTERS)
@example("a\ufeff\u0301")  # what nobody can see, between a letter and its accent
@example("e\u200b\u0301\u2060\u0302")
def test_a_text_has_one_form_and_only_one(text):
    once = applied(text, documents.in_one_form(text))

    assert documents.in_one_form(once) == []
    assert not set(once) & set("\r\u2028\ufeff\x00")
    assert "e\u0301" not in once


@given(LETTERS, st.data())
def test_positions_go_along_into_the_one_form(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edits = documents.in_one_form(text)
    span = Remap(edits).span(start, end)

    plain = [letter for letter in text[start:end] if letter in " 🌿𝒳."]
    found = applied(text, edits)[slice(*span)] if span else ""
    assert [letter for letter in found if letter in " 🌿𝒳."] == plain


def test_half_a_letter_is_refused():
    with pytest.raises(rules.CannotBringIn):
        documents.in_one_form("broken \ud83c here")


def in_one_form(text):
    return applied(text, documents.in_one_form(text))


@pytest.mark.parametrize("line", case("18-soft-hyphen-in-a-name/transcript.txt").read_text().splitlines())
def test_what_nobody_sees_parts_no_name(line):
    text = in_one_form(line)

    assert [text[each.start : each.end] for each in identifiers.suggest(text)] == ["Marisol"]
    assert len(identifiers.places_of(["Marisol"], text)) == 1


@pytest.mark.parametrize("seen", ["👩\u200d⚕️", "می\u200cخواهم", "क्\u200dष", "Zoë"])
def test_what_is_seen_stays(seen):
    assert in_one_form(seen) == seen


def test_every_format_character_of_unicode_is_unseen_or_known_to_show():
    shows = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    joins = {0x200C, 0x200D, 0xE0001, *range(0xE0020, 0xE0080)}  # the last make the flags of countries
    unseen = re.compile(documents.UNSEEN)

    assert {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Cf" and not unseen.match(chr(code))
    } == shows | joins


BODY = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body>{}</w:body></w:document>"""
NOTES = """<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:{0} w:id="2"><w:p><w:r><w:t>It was in May.</w:t></w:r></w:p></w:{0}></w:{0}s>"""


def test_what_a_reader_of_a_word_document_sees_comes_in():
    content = case("28-word-hidden-text-and-footnotes/interview.docx").read_bytes()

    assert documents.read("interview.docx", content) == "I met a worker.\nI left [note] then."


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_comes_in_where_it_is_referred_to(kind):
    content = case("28-word-hidden-text-and-footnotes/interview.docx").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as packed:
        for name in read.namelist():
            words = read.read(name)
            if name == "word/document.xml":
                words = words.replace(b"footnoteReference", f"{kind}Reference".encode())
            packed.writestr(name, words)
        packed.writestr(f"word/{kind}s.xml", NOTES.format(kind))

    assert documents.read("interview.docx", out.getvalue()).endswith("I left [note: It was in May.] then.")


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ("<w:vanish/>", ""),
        ('<w:vanish w:val="true"/>', ""),
        ('<w:vanish w:val="0"/>', "Marisol"),
        ('<w:rStyle w:val="Unseen"/>', ""),
        ("<w:b/>", "Marisol"),
    ],
)
def test_hidden_text_stays_outside_however_it_was_hidden(properties, said):
    run = f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>Marisol</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    style = '<w:style w:type="character" w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("."))) as read, zipfile.ZipFile(out, "w") as packed:
        for name in read.namelist():
            words = read.read(name).decode() if name.endswith(".xml") else read.read(name)
            if name == "word/document.xml":
                words = BODY.format(run)
            elif name == "word/styles.xml":
                words = words.replace("</w:styles>", f"{style}</w:styles>")
            packed.writestr(name, words)

    assert documents.read("hidden.docx", out.getvalue()) == f"{said}."
