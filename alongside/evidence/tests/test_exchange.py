"""Projects in and out through the real commands.

Nothing about codes is lost, edits go along, what is broken changes nothing, and nobody's name goes out.
"""

from __future__ import annotations

import base64
import dataclasses

import pytest
from django.db import transaction
from django.utils import timezone
from lxml import etree

from alongside.evidence import commands, queries, rules
from alongside.evidence.models import Code, Coding, Exchange, Memo, Source
from alongside.evidence.refi import packages, trees, writer
from alongside.evidence.refi.reader import read
from alongside.evidence.refi.records import Code as ACode
from alongside.evidence.refi.records import Coding as ACoding
from alongside.evidence.refi.records import Note as ANote
from alongside.evidence.refi.records import Project, Selection, Text, User
from alongside.evidence.tests import people
from alongside.evidence.tests.test_refi import GUID, SHARED, xml
from alongside.kernel import ctx
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.refusal import Refusal
from alongside.kernel.seal import seal
from tests.cases import case
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
SAID = "It was far 😀.\r\nNobody came, é 𐐷 ᐊ, and Marie waited.\r\nThen it was fine."


def project(said=SAID, **more):
    """Two codes, one under the other; a text with a coded passage, a bare one and a code on the whole.

    A note on each thing; two coders.
    """
    far, came = said.index("far"), said.index("Nobody")
    passages = (
        Selection(
            guid=GUID(4),
            start=far,
            end=came - 2,
            name=said[far : came - 2],
            user=GUID(8),
            notes=(GUID(7),),
            codings=(ACoding(guid=GUID(3), code=GUID(1), user=GUID(8), at="2026-01-01T10:00:00Z"),),
        ),
        Selection(guid=GUID(10), start=came, end=came + 6, name="A name of its own", description="Who?"),
    )
    text = Text(
        guid=GUID(5),
        name="1",
        content=said,
        selections=passages,
        codings=(ACoding(guid=GUID(11), code=GUID(2)),),
        notes=(GUID(6),),
    )
    codes = (
        ACode(
            guid=GUID(2),
            name="Getting there",
            children=(ACode(guid=GUID(1), name="Far", description="A\n\nInclude: b", notes=(GUID(9),)),),
        ),
    )
    notes = tuple(ANote(guid=GUID(n), name=f"N{n}", content=f" Thought {n}.\n") for n in (6, 7, 9))
    users = (User(guid=GUID(8), name="Somebody Else"),)
    return Project(
        **{"name": "What was far", "users": users, "codes": codes, "texts": (text,), "notes": notes} | more
    )


def packed(what=None, files=None):
    what = what or project()
    tree = writer.new(what)
    sets = etree.SubElement(tree, trees.name("Sets"))
    code_set = etree.SubElement(sets, trees.name("Set"), guid=GUID(30), name="Both")
    etree.SubElement(code_set, trees.name("MemberCode"), targetGUID=GUID(1))
    etree.SubElement(code_set, trees.name("MemberSource"), targetGUID=GUID(5))
    return writer.packed(tree, what, files=files)


def brought(there, content=None):
    return people.does(
        there.ana, commands.bring_project, study_id=there.study.pk, content=content or packed(), language="en"
    )


def out(there, form="qdpx", by=None):
    return people.does(by or there.ana, commands.take_out, study_id=there.study.pk, form=form)


def finished(there, *, replace=""):
    """Somebody saw to the identifying words of the one source.

    `replace`: what stands there instead, or they stay.
    """
    with ctx.as_worker(there.ana.pk):
        source = Source.objects.get()
        ids = [identifier.pk for identifier in queries.identifiers_of(source)]
    more = {"decision": "replace", "words": replace} if replace else {"decision": "keep"}
    people.does(there.ana, commands.decide, source_id=source.pk, identifier_ids=ids, **more)
    return people.does(there.ana, commands.finish, source_id=source.pk)


@pytest.fixture
@frozen
def there():
    return people.scene()


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/refi-qda is absent")
def test_the_sample_of_the_standard_comes_in_and_goes_out_without_whom_it_is_about(there):
    sample = (SHARED / "Project.qde").read_bytes()
    exchange = brought(there, sample)

    gone_out = packages.unpack(out(there)).xml

    schema = etree.XMLSchema(etree.parse(str(SHARED / "Project.xsd")))
    assert schema.validate(etree.fromstring(gone_out))
    assert not [word for word in (b"Mabel", b"Simon", b"age: 67", b".pdf") if word in gone_out]
    with ctx.as_worker(there.ana.pk):
        came = queries.came_of(exchange)
        assert (came.codes, came.texts, came.memos) == (14, 0, 2)
        assert next((note.line, note.code) for note in came.notes if note.code == "no_text") == (
            42,
            "no_text",
        )
        assert Code.objects.get(name="Feelings").definition == "thoughts about breakfast foods"


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/refi-qda is absent")
def test_what_is_changed_in_the_sample_goes_out_with_the_rest_of_it(there):
    brought(there, (SHARED / "Project.qde").read_bytes())
    with ctx.as_worker(there.ana.pk):
        named = {code.name: code for code in Code.objects.all()}
    people.does(there.ana, commands.merge_codes, code_id=named["serene"].pk, into_id=named["happiness"].pk)
    people.does(there.ana, commands.rewrite_code, code_id=named["milk"].pk, facts={"name": "Milk, mostly"})
    people.code(there, "A new one")

    gone_out = packages.unpack(out(there)).xml

    assert etree.XMLSchema(etree.parse(str(SHARED / "Project.xsd"))).validate(etree.fromstring(gone_out))
    codes = {code.name: code for code, _parent in read(gone_out).project.all_codes()}
    assert {"Milk, mostly", "A new one", "happiness"} <= set(codes)
    assert "serene" not in codes
    assert str(named["serene"].guid).upper().encode() not in gone_out  # two sets follow where it went
    sets = trees.parse(gone_out).findall(f"{trees.name('Sets')}/{trees.name('Set')}")
    assert sets
    assert all(chosen.find(trees.name("MemberCode")) is not None for chosen in sets)


def test_a_package_comes_in_is_cleaned_and_goes_out_again_but_for_what_nobody_can_see_to(there):
    content = packed(files={"A.jpg": b"\xff\xd8 a picture"})
    came = queries.came_of(brought(there, content))
    assert (came.codes, came.texts, came.codings, came.memos, came.files) == (2, 1, 2, 3, 2)
    finished(there)

    before, after = packages.unpack(content), packages.unpack(out(there))

    plain = trees.parse(before.xml)
    passage = next(mark for mark in plain.iter() if mark.get("name") == "A name of its own")
    passage.remove(passage.find(trees.name("Description")))
    del passage.attrib["name"]
    next(plain.iter(trees.name("User"))).set("name", "Coder 1")
    assert trees.canonical(after.xml) == trees.canonical(trees.write(plain))
    assert list(after.files.values()) == [SAID.encode()]


IDENTIFYING = ("Marie", "Tremblay", "Elm St", "807 555 0100", "ID3")


def leaves(there, form="qdpx"):
    """Everything that goes out, as one text."""
    package = packages.unpack(out(there, form))
    return b"\n".join([package.xml, *package.files.values()]).decode()


def test_what_a_recording_and_a_pdf_say_is_cleaned_and_taken_back_like_any_other_text(there):
    content = case("26-transcript-leaves-uncleaned/project.qdpx").read_bytes()
    exchange = brought(there, content)

    with ctx.as_worker(there.ana.pk):
        said = {source.pk: queries.words_of(source) for source in Source.objects.all()}
        assert not [word for word in IDENTIFYING if word in str(queries.kept_of(exchange))]
        assert [note.code for note in queries.came_of(exchange).notes] == ["text_of", "text_of"]
    assert sorted(said.values()) == [
        "I am Marie Tremblay of 12 Elm St, call 807 555 0100",
        "My name is Marie Tremblay, 807 555 0100.",
    ]
    assert not [word for word in IDENTIFYING if word in leaves(there)]
    for pk in said:
        with ctx.as_worker(there.ana.pk):
            marks = [mark.pk for mark in queries.identifiers_of(Source.objects.get(pk=pk))]
        people.does(
            there.ana, commands.decide, source_id=pk, identifier_ids=marks, decision="replace", words="[…]"
        )
        people.does(there.ana, commands.finish, source_id=pk)
    cleaned = leaves(there)
    assert "I am […]" in cleaned
    assert not [word for word in IDENTIFYING if word in cleaned]
    for pk in said:
        people.does(there.ana, commands.withdraw, source_id=pk)
    assert "[…]" not in leaves(there)


def test_a_project_kept_before_leaves_without_what_nobody_can_see_to(there):
    recording = (
        f'<Variables><Variable guid="{GUID(2)}" name="V" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{GUID(3)}" name="Marie Tremblay"><Description>12 Elm St</Description>'
        f'<VariableValue><VariableRef targetGUID="{GUID(2)}"/><TextValue>Marie</TextValue></VariableValue>'
        f'<SourceRef targetGUID="{GUID(4)}"/></Case></Cases>'
        f'<Sources><AudioSource guid="{GUID(4)}" name="Marie Tremblay" path="internal://a.mp3"><Transcript'
        f' guid="{GUID(5)}" plainTextPath="internal://r.txt"/></AudioSource><TextSource guid="{GUID(6)}"'
        f' name="Marie" richTextPath="internal://m.docx"/></Sources>'
        f'<Links><Link guid="{GUID(8)}" name="Marie" originGUID="{GUID(4)}"/></Links>'
        f'<Sets><Set guid="{GUID(7)}" name="Marie"><MemberSource targetGUID="{GUID(4)}"/></Set></Sets>'
    )
    words = base64.b64encode(b"I am Marie Tremblay of 12 Elm St").decode()
    kept = {"came": {}, "qde": xml(recording).decode(), "files": {"r.txt": words, "m.docx": words}}
    with ctx.as_worker(there.ana.pk), transaction.atomic():
        exchange = Exchange(
            study=there.study,
            agency_id=there.study.agency_id,
            brought_in_by=there.ana.pk,
            brought_in_at=timezone.now(),
        )
        exchange.kept = seal(exchange, "kept", kept, agency_id=there.study.agency_id)
        exchange.save(force_insert=True)

    for form in ("qdpx", "qde"):
        assert not [word for word in IDENTIFYING if word in leaves(there, form)]


def test_codings_find_their_words_in_the_clean_text(there):
    brought(there)
    source = finished(there, replace="[someone]")

    with ctx.as_worker(there.ana.pk):
        words = queries.words_of(source)
        told = {
            coding.code.name: words[coding.start : coding.end]
            for coding in queries.codings_in(there.ana, source)
        }

    assert told == {"Far": "far 😀.", "Getting there": words}
    exported = read(out(there)).project.texts[0]
    assert exported.content == words.replace("\n", "\r\n")
    assert "Marie" not in exported.content
    far = exported.selections[0]
    assert exported.content[far.start : far.end] == "far 😀."


def test_what_is_coded_here_goes_out_under_a_pseudonym(there):
    brought(there)
    source = finished(there)
    with ctx.as_worker(there.luc.pk):
        far = Code.objects.get(name="Far")
        words = queries.words_of(source)
    start = words.index("Then it was fine")
    people.does(
        there.luc, commands.code_passage, source_id=source.pk, code_id=far.pk, start=start, end=start + 16
    )

    content = out(there)

    found = read(content).project
    assert [user.name for user in found.users] == ["Coder 1", "Coder 2"]
    passage = found.texts[0].selections[-1]
    assert found.texts[0].content[passage.start : passage.end] == "Then it was fine"
    assert passage.codings[0].user == found.users[1].guid
    for name in (b"Luc", b"Ana", str(there.luc.pk).encode()):
        assert name not in packages.unpack(content).xml


def test_a_text_nobody_cleaned_leaves_without_its_words(there):
    brought(there)

    content = out(there)

    assert not any(
        b"Marie" in body for body in [packages.unpack(content).xml, *packages.unpack(content).files.values()]
    )
    assert read(content).project.texts[0].content is None


def test_a_source_taken_back_is_in_no_project(there):
    brought(there)
    people.does(there.ana, commands.withdraw, source_id=finished(there).pk)

    found = packages.unpack(out(there))

    assert not found.files
    assert not read(found.xml).project.texts
    assert GUID(5).encode() not in found.xml


def test_while_somebody_reads_blind_nothing_goes_out_with_holes_in_it(there):
    brought(there)
    source = finished(there)
    people.does(there.luc, commands.begin_blind_coding, source_id=source.pk)

    for who in (there.ana, there.luc):
        with pytest.raises(rules.CannotTakeOut):
            out(there, by=who)
    people.does(there.luc, commands.finish_blind_coding, source_id=source.pk)

    assert read(out(there, by=there.luc)).project.texts[0].selections[0].codings


def test_nothing_that_was_said_is_kept_under_the_study_s_key(there):
    exchange = brought(there)

    with ctx.as_worker(there.ana.pk):
        kept = str(queries.kept_of(exchange))

    assert not any(words in kept for words in ("Nobody", "Marie", "far 😀", "Thought 6"))


@pytest.mark.parametrize(
    "content",
    [
        b"no project",
        packed(project(codes=(ACode(guid=GUID(2), name="x" * 200),))),
        packed(project(said="far Nobody " + "word " * 90_000)),
    ],
)
def test_what_is_broken_changes_nothing(there, content):
    with pytest.raises(Broken):
        brought(there, content)

    with ctx.as_worker(there.ana.pk):
        assert not any(model.objects.exists() for model in (Code, Source, Memo, Exchange, Coding))


def test_one_study_holds_one_project(there):
    brought(there)

    with pytest.raises(Refusal):
        brought(there)


def test_a_codebook_comes_in_goes_out_and_is_not_doubled(there):
    people.code(there, "Trust", definition="Who stays.", include="Nights.")
    book = out(there, "qdc")
    other = people.scene()

    brought(other, book)
    brought(other, book)

    with ctx.as_worker(other.ana.pk):
        (code,) = Code.objects.all()
        assert (code.name, code.definition, code.include) == ("Trust", "Who stays.", "Nights.")
    assert read(out(other, "qdc")).project.codes[0].description == "Who stays.\n\nInclude: Nights."


def test_a_name_that_is_there_already_gets_a_number(there):
    people.code(there, "Getting there")

    brought(there)

    with ctx.as_worker(there.ana.pk):
        assert set(Code.objects.values_list("name", flat=True)) == {
            "Getting there",
            "Getting there (2)",
            "Far",
        }


def test_a_study_made_here_goes_out_and_comes_in_elsewhere(there):
    source = people.ready(there)
    code = people.code(there)
    people.coded(there, source, code, "Nobody called me back.")
    people.does(there.ana, commands.write_memo, study_id=there.study.pk, words="Who would?", code_id=code.pk)
    content = out(there)
    other = people.scene()

    came = queries.came_of(brought(other, content))

    assert (came.codes, came.texts, came.codings, came.memos) == (1, 1, 1, 1)
    assert trees.canonical(packages.unpack(content).xml)
    assert dataclasses.asdict(read(content).project.texts[0])["content"] == people.text_of(there.ana, source)
