"""REFI-QDA: what is written was meant, what came goes out again, what is broken is refused whole."""

import contextlib
import dataclasses
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alongside.evidence.refi import descriptions, elements, packages, passage_names, retained, trees, writer
from alongside.evidence.refi.reader import project_of, read
from alongside.evidence.refi.records import Code, Coding, Note, Project, Selection, Text, key
from alongside.evidence.tests.projects import WORDS, projects
from alongside.kernel.imports.delimited import Broken
from tests.cases import case
from tests.lanes import often

SHARED = Path(__file__).resolve().parents[3].parent / "shared/data/refi-qda"
TEXT = "One 😀.\r\nTwo e\u0301 𐐷 three."
GUID = "11111111-2222-3333-4444-{:012d}".format


def without_lines(thing):
    """Records as they are compared: in which line of the file they stood is no part of them."""
    if dataclasses.is_dataclass(thing):
        fields = {
            field.name: without_lines(getattr(thing, field.name)) for field in dataclasses.fields(thing)
        }
        return type(thing), {name: value for name, value in fields.items() if name != "line"}
    return [without_lines(part) for part in thing] if isinstance(thing, tuple) else thing


def small(**more):
    """A project with two codes, a text, a passage under the first, and a note on it."""
    coding = Coding(guid=GUID(3), code=GUID(1))
    passage = Selection(guid=GUID(4), start=4, end=8, name=TEXT[4:8], codings=(coding,), notes=(GUID(6),))
    text = Text(guid=GUID(5), name="A", content=TEXT, selections=(passage,))
    codes = (Code(guid=GUID(1), name="Rent", description="What it costs."), Code(guid=GUID(2), name="Trust"))
    return Project(
        **{"name": "P", "codes": codes, "texts": (text,), "notes": (Note(guid=GUID(6), content="Hm."),)}
        | more
    )


def xml(inner="", attributes='name="P"'):
    return f'<Project xmlns="urn:QDA-XML:project:1.0" {attributes}>{inner}</Project>'.encode()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in files:
            package.writestr(name, body)
    return out.getvalue()


@settings(max_examples=often(quick=15, thorough=60), deadline=None)
@given(projects(), st.booleans())
def test_what_is_written_is_read_again_as_it_was(project, package):
    write = writer.packed if package else writer.bare

    found = read(write(writer.new(project), project))

    assert without_lines(found.project) == without_lines(project)


def without_words_about(project):
    """The project without what nobody can see to here: what texts and passages are called."""
    texts = [
        dataclasses.replace(
            text,
            description="",
            selections=tuple(
                dataclasses.replace(
                    passage,
                    description="",
                    name=passage.name if passage_names.repeats(passage.name, text.words_of(passage)) else "",
                )
                for passage in text.selections
            ),
        )
        for text in project.texts
    ]
    return dataclasses.replace(project, texts=tuple(texts))


@settings(max_examples=often(quick=15, thorough=60), deadline=None)
@given(projects())
def test_what_came_goes_out_again_and_holds_no_words_meanwhile(project):
    found = read(writer.packed(writer.new(project), project))
    came = writer.packed(writer.new(project), without_words_about(project))

    held = trees.write(retained.hold(found))

    assert not any(text.content for text in project_of(trees.parse(held), {}).texts)
    out = writer.packed(trees.parse(held), found.project)
    assert trees.canonical(packages.unpack(out).xml) == trees.canonical(packages.unpack(came).xml)
    assert packages.unpack(out).files == packages.unpack(came).files


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/refi-qda is absent")
def test_the_sample_of_the_standard_goes_round_but_for_what_is_about_people():
    came = (SHARED / "Project.qde").read_bytes()
    found = read(came)
    tree = retained.hold(found)

    out = writer.bare(trees.parse(trees.write(tree)), dataclasses.replace(found.project, texts=()))

    went, before = trees.parse(out), trees.parse(came)
    for part in ("Users", "CodeBook", "Notes"):
        assert etree.tostring(went.find(trees.name(part)), method="c14n") == etree.tostring(
            before.find(trees.name(part)), method="c14n"
        )
    assert not [word for word in (b"Mabel", b"Simon", b"age: 67", b"SelectionRef", b".pdf") if word in out]
    sets = went.findall(f"{trees.name('Sets')}/{trees.name('Set')}")
    assert [chosen.find(trees.name("MemberCode")) is not None for chosen in sets] == [True] * 4
    assert [note.code for note in found.notes].count("no_text") == 11  # five of films and PDFs
    assert trees.XSD.read_bytes() == (SHARED / "Project.xsd").read_bytes()


def test_a_position_counts_characters_as_people_do_not_bytes():
    found = read(writer.packed(writer.new(small()), small()))

    assert found.project.texts[0].content == TEXT
    passage = found.project.texts[0].selections[0]
    assert TEXT[passage.start : passage.end] == "😀.\r\n"


def held(project):
    found = read(writer.packed(writer.new(project), project))
    return trees.parse(trees.write(retained.hold(found)))


def test_edits_go_out_and_the_rest_stays():
    codes = (
        Code(
            guid=GUID(2),
            name="Trust and rapport",
            children=(Code(guid=GUID(1), name="Rent", description="What it costs."),),
        ),
        Code(guid=GUID(9), name="New", colour="#123456"),
    )
    more = Selection(
        guid=GUID(10), start=0, end=3, codings=(Coding(guid=GUID(11), code=GUID(9), notes=(GUID(12),)),)
    )
    old = small().texts[0]
    texts = (dataclasses.replace(old, selections=(*old.selections, more)),)
    notes = (Note(guid=GUID(6), content="Changed."), Note(guid=GUID(12), content="Why."))

    out = read(writer.packed(held(small()), small(codes=codes, texts=texts, notes=notes))).project

    assert without_lines(out.codes) == without_lines(codes)
    assert [(selection.start, selection.end, selection.name) for selection in out.texts[0].selections] == [
        (4, 8, TEXT[4:8]),
        (0, 3, ""),
    ]
    assert out.texts[0].selections[1].codings[0].notes == (GUID(12),)
    assert [note.content for note in out.notes] == ["Changed.", "Why."]


def test_a_merged_code_takes_what_pointed_at_it_along():
    keep = small().codes[1:]
    passage = small().texts[0].selections[0]
    moved = dataclasses.replace(passage, codings=(Coding(guid=GUID(3), code=GUID(2)),))
    tree = held(small())
    sets = elements.part(tree, "Sets").makeelement(trees.name("Set"), {"guid": GUID(20), "name": "Both"})
    tree.find(trees.name("Sets")).append(sets)
    for guid in (GUID(1), GUID(2)):
        sets.append(sets.makeelement(trees.name("MemberCode"), {"targetGUID": guid}))

    changed = writer.Changed(merged={key(GUID(1)): GUID(2)})
    texts = (dataclasses.replace(small().texts[0], selections=(moved,)),)
    out = writer.bare(tree, small(codes=keep, texts=texts), changed=changed)

    assert GUID(1).encode() not in out
    assert read(out).project.texts[0].selections[0].codings[0].code == GUID(2)


def test_a_source_taken_back_takes_everything_about_it_along():
    out = writer.bare(held(small()), small(texts=()), changed=writer.Changed(gone=frozenset({key(GUID(5))})))

    assert not read(out).project.texts
    assert GUID(4).encode() not in out


def test_where_words_were_replaced_passages_lie_where_they_lie_now():
    clean = "One [smile].\r\nTwo e\u0301 𐐷 three."
    passage = Selection(guid=GUID(4), start=4, end=14, codings=small().texts[0].selections[0].codings)
    text = dataclasses.replace(small().texts[0], content=clean, selections=(passage,))

    changed = writer.Changed(places={key(GUID(5)): lambda start, end: (4, 14)})
    out = read(writer.packed(held(small()), small(texts=(text,)), changed=changed)).project.texts[0]

    assert clean[out.selections[0].start : out.selections[0].end] == "[smile].\r\n"
    assert (
        out.selections[0].name == clean[4:14]
    )  # it was the whole passage, and is again, in the words that stand there now
    assert out.content == clean


def test_a_coding_that_was_taken_away_is_not_there_any_more():
    text = dataclasses.replace(small().texts[0], selections=())

    out = writer.bare(held(small()), small(texts=(text,)))

    assert GUID(3).encode() not in out
    assert not read(out).project.texts[0].selections[0].codings  # a note points at the passage, so it stays


def test_a_codebook_whose_version_is_spelled_with_a_colon_is_read():
    found = read(case("19-nvivo-codebook-refused/codebook.qdc").read_bytes())

    (code,) = found.project.codes
    assert (found.codebook, code.name, code.description) == (True, "Waiting", "Waiting for a bed.")


def test_a_project_spelled_with_a_colon_is_the_same_project():
    tree = writer.new(small())
    writer.bare(tree, small())
    written = trees.write(tree)
    other = written.replace(b"urn:QDA-XML:project:1.0", b"urn:QDA-XML:project:1:0")

    assert other != written
    assert read(other).project == read(written).project
    assert trees.write(read(other).tree) == trees.write(read(written).tree)


@pytest.mark.parametrize("version", ["1_0", "2:0", "1:1"])
def test_any_other_spelling_is_still_refused(version):
    book = case("19-nvivo-codebook-refused/codebook.qdc").read_bytes()

    with pytest.raises(Broken, match="not_refi"):
        read(book.replace(b"codebook:1:0", f"codebook:{version}".encode()))


def test_a_codebook_is_the_codes_alone_both_ways():
    tree = writer.new(small())
    writer.bare(tree, small())
    book = trees.write(trees.as_codebook(tree))

    found = read(book)

    assert found.codebook
    assert b"urn:QDA-XML:codebook:1.0" in book
    assert without_lines(found.project.codes) == without_lines(small().codes)
    assert not found.project.texts


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_description_comes_back_as_what_it_was_written_from(definition, include, exclude, example):
    told = descriptions.join(definition, include, exclude, example)

    assert descriptions.join(*descriptions.split(told)) == told
    assert descriptions.split(definition) == (definition, "", "", "")


def test_a_description_of_four_parts_is_read_as_four():
    parts = ("What it costs.", "Deposits too.", "Not food.", "“It was all gone.”")

    assert descriptions.split(descriptions.join(*parts)) == parts


DOCTYPE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
CODE = f'<Code guid="{GUID(1)}" name="{{}}" isCodable="true"/>'
BOOK = "<CodeBook><Codes>{}</Codes></CodeBook>"
PATH = f'<Sources><TextSource guid="{GUID(1)}" plainTextPath="internal://a.txt"{{}}</Sources>'


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b"  "),
        ("not_xml", b"<Project"),
        ("not_xml", b"\xff\xfe\x00"),
        ("not_refi", b"<Project/>"),
        ("schema", xml(attributes="")),
        ("schema", xml("<Cases/>")),
        ("entities", DOCTYPE + xml()),
        ("entities", (DOCTYPE + xml()).decode().encode("utf-16")),
        ("code_twice", xml(BOOK.format(CODE.format("a") + CODE.format("b")))),
        (
            "text_twice",
            writer.bare(writer.new(small()), small()).replace(
                b"</Sources>", f'<TextSource guid="{GUID(5)}"/></Sources>'.encode()
            ),
        ),
        ("no_name", xml(BOOK.format(CODE.format(" ")))),
        (
            "both",
            zipped(
                [
                    ("project.qde", xml(PATH.format("><PlainTextContent>a</PlainTextContent></TextSource>"))),
                    ("Sources/a.txt", b"a"),
                ]
            ),
        ),
        ("not_utf8", zipped([("project.qde", xml(PATH.format("/>"))), ("Sources/a.txt", b"\xff")])),
        ("not_zip", b"PK\x03\x04 and nothing more"),
        ("no_project", zipped([("Sources/a.txt", b"a")])),
        ("outside", zipped([("project.qde", xml()), ("Sources/../../a", b"a")])),
        ("outside", zipped([("project.qde", xml()), ("/etc/passwd", b"a")])),
        ("outside", zipped([("project.qde", xml()), ("C:/a", b"a")])),
        ("twice", zipped([("project.qde", xml()), ("Project.qde", xml())])),
        ("bomb", zipped([("project.qde", xml()), ("Sources/a.pdf", bytes(10_000_000))])),
        ("too_many_files", zipped([(f"Sources/{n}", b"") for n in range(2_001)])),
        (
            "too_long",
            zipped(
                [
                    ("project.qde", xml(PATH.format("/>"))),
                    ("Sources/a.txt", " ".join(map(str, range(200_000))).encode()),
                ]
            ),
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_broken_is_refused_whole(code, content):
    with pytest.raises(Broken) as broken:
        read(content)

    assert broken.value.note.code == code


def test_where_it_is_broken_is_said():
    with pytest.raises(Broken) as broken:
        read(xml(f'<CodeBook>\n<Codes>\n<Code guid="{GUID(1)}" name="a"/>\n</Codes></CodeBook>'))

    assert (broken.value.note.line, broken.value.note.field) == (3, "Code")


def test_a_package_that_lies_about_its_size_is_not_believed(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 1_000)

    with pytest.raises(Broken):
        packages.unpack(zipped([("project.qde", b"a" * 2_000)]))


@pytest.mark.parametrize(
    "path",
    ["relative:///a.txt", "absolute:///etc/passwd", "internal://../a.txt", "", "/etc/passwd", "http://a/b"],
)
def test_only_what_lies_in_the_package_is_read(path):
    assert packages.inside(path) in ("", "a.txt" if path.startswith("internal://a") else "")


def test_passages_outside_their_text_are_kept_and_said():
    passage = Selection(guid=GUID(4), start=4, end=800, codings=(Coding(guid=GUID(3), code=GUID(8)),))
    project = small(texts=(dataclasses.replace(small().texts[0], selections=(passage,)),))

    found = read(writer.bare(writer.new(project), project))

    assert [note.code for note in found.notes] == ["outside_text", "code_missing"]
    assert GUID(3).encode() in writer.bare(
        retained.hold(found), small(texts=(dataclasses.replace(small().texts[0], selections=()),))
    )


@pytest.mark.parametrize(
    "words", ["The bus did not come, and then it did.", "Two  words\r\nand a line", "short"]
)
@pytest.mark.parametrize("tail", ["…", "...", ""])
def test_a_name_that_repeats_its_passage_is_cut_again_as_it_was(words, tail):
    for called in (words[:10] + tail, " ".join(words.split())[:9] + tail, words + tail):
        assert passage_names.cut(passage_names.repeats(called, words), words) == called
    assert not passage_names.repeats("A name of its own", words)


WHOLE = writer.packed(writer.new(small()), small())
BARE = writer.bare(writer.new(small()), small())


@settings(max_examples=often(quick=60, thorough=300), deadline=None)
@given(
    st.sampled_from([WHOLE, BARE]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6),
    st.integers(0, 10**6),
)
def test_whatever_is_sent_is_read_or_refused_and_never_fails(content, changes, end):
    damaged = bytearray(content)
    for place, value in changes:
        damaged[place % len(damaged)] = value

    with contextlib.suppress(Broken):
        read(bytes(damaged[: end % (2 * len(damaged)) + 1]))


def test_every_text_in_a_recording_a_pdf_or_a_picture_is_a_source_with_its_passages():
    moments = f'<SyncPoint guid="{GUID(21)}" position="2"/><SyncPoint guid="{GUID(22)}" position="6"/>'
    code = f'<Coding guid="{GUID(30)}"><CodeRef targetGUID="{GUID(1)}"/></Coding>'
    passage = (
        f'<TranscriptSelection guid="{GUID(23)}" fromSyncPoint="{GUID(21)}" toSyncPoint="{GUID(22)}">'
        f"{code}</TranscriptSelection>"
    )
    whole = code.replace(GUID(30), GUID(31))
    sources = (
        f'<AudioSource guid="{GUID(10)}" name="07"><Transcript guid="{GUID(11)}">'
        f"<PlainTextContent>A rent.</PlainTextContent>{moments}{passage}</Transcript>{whole}</AudioSource>"
        f'<PictureSource guid="{GUID(12)}"><TextDescription guid="{GUID(13)}"><PlainTextContent>A house.'
        f"</PlainTextContent></TextDescription></PictureSource>"
        f'<PDFSource guid="{GUID(14)}"><PDFSelection guid="{GUID(15)}" page="1" firstX="1" firstY="1"'
        f' secondX="2" secondY="2"><Representation guid="{GUID(16)}"><PlainTextContent>A line.'
        f"</PlainTextContent></Representation>{code.replace(GUID(30), GUID(32))}</PDFSelection></PDFSource>"
        f'<VideoSource guid="{GUID(17)}" name="Marie"/>'
    )
    book = f'<CodeBook><Codes><Code guid="{GUID(1)}" name="Rent" isCodable="true"/></Codes></CodeBook>'
    sets = f'<Sets><Set guid="{GUID(40)}" name="S"><MemberCode targetGUID="{GUID(1)}"/>' + "".join(
        f'<MemberSource targetGUID="{GUID(number)}"/>' for number in (10, 17)
    )

    found = read(xml(f"{book}<Sources>{sources}</Sources>{sets}</Set></Sets>"))

    texts = {text.content: text for text in found.project.texts}
    assert list(texts) == ["A rent.", "A house.", "A line."]
    recording = texts["A rent."]
    assert (recording.name, [coding.guid for coding in recording.codings]) == ("07", [GUID(31)])
    assert [recording.words_of(passage) for passage in recording.selections] == ["rent"]
    assert [coding.guid for coding in texts["A line."].codings] == [GUID(32)]
    assert [note.code for note in found.notes] == ["text_of", "text_of", "text_of", "held_source", "held"]
    kept = trees.write(retained.hold(found))
    assert [element.get("targetGUID") for element in trees.parse(kept).iter(trees.name("MemberSource"))] == [
        GUID(11)
    ]
    assert b"Marie" not in kept
