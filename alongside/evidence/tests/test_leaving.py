"""Nothing that leaves in a project says who somebody is, whatever holds the words."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.db import transaction
from django.utils import timezone
from lxml import etree

from alongside.evidence import commands, queries
from alongside.evidence.models import Code, Exchange, Source
from alongside.evidence.refi import cleaning, trees
from alongside.evidence.refi.reader import read
from alongside.evidence.tests import people
from alongside.evidence.tests.test_exchange import brought, out
from alongside.evidence.tests.test_refi import GUID
from alongside.kernel import ctx
from alongside.kernel.seal import seal
from tests.frozen import frozen

WHO = "Marie Tremblay, 12 Elm St, 807 555 0100"
TOLD = ("Marie", "Tremblay", "Elm St", "807 555 0100")
FORMS = ("qdpx", "qde", "qdc")
XSD = etree.parse(str(trees.XSD))
SCHEMA, STRING = "{http://www.w3.org/2001/XMLSchema}", "xsd:string"
NOW = 'creationDateTime="2026-01-01T10:00:00Z"'
EVERYWHERE = f"""<?xml version="1.0"?>
<Project xmlns="{trees.PROJECT}" name="{WHO}" origin="{WHO}" creatingUserGUID="{GUID(1)}">
<Users><User guid="{GUID(1)}" name="{WHO}" id="{WHO}"/></Users>
<CodeBook><Codes><Code guid="{GUID(2)}" name="{WHO}" isCodable="true" color="#112233">
<Description>{WHO}</Description><NoteRef targetGUID="{GUID(5)}"/></Code></Codes></CodeBook>
<Variables><Variable guid="{GUID(3)}" name="{WHO}" typeOfVariable="Text"><Description>{WHO}</Description>
</Variable></Variables>
<Cases><Case guid="{GUID(4)}" name="{WHO}"><Description>{WHO}</Description><VariableValue>
<VariableRef targetGUID="{GUID(3)}"/><TextValue>{WHO}</TextValue></VariableValue></Case></Cases>
<Sources><TextSource guid="{GUID(6)}" name="{WHO}" {NOW} creatingUser="{GUID(1)}">
<Description>{WHO}</Description><PlainTextContent>I am {WHO}.</PlainTextContent>
<PlainTextSelection guid="{GUID(7)}" name="{WHO}" startPosition="0" endPosition="4">
<Description>{WHO}</Description><Coding guid="{GUID(8)}"><CodeRef targetGUID="{GUID(2)}"/></Coding>
</PlainTextSelection></TextSource>
<PictureSource guid="{GUID(9)}" name="{WHO}" path="{WHO}" currentPath="{WHO}"><Description>{WHO}</Description>
</PictureSource></Sources>
<Notes><Note guid="{GUID(5)}" name="{WHO}"><Description>{WHO}</Description>
<PlainTextContent>A thought about {WHO}.</PlainTextContent></Note></Notes>
<Links><Link guid="{GUID(10)}" name="{WHO}" direction="OneWay" originGUID="{GUID(2)}"
 targetGUID="{GUID(2)}"><NoteRef targetGUID="{GUID(5)}"/></Link></Links>
<Sets><Set guid="{GUID(11)}" name="{WHO}"><Description>{WHO}</Description>
<MemberCode targetGUID="{GUID(2)}"/></Set></Sets>
<Graphs><Graph guid="{GUID(12)}" name="{WHO}"><Vertex guid="{GUID(13)}" representedGUID="{GUID(2)}"
 name="{WHO}" firstX="0" firstY="0"/><Vertex guid="{GUID(14)}" representedGUID="{GUID(2)}" name="{WHO}"
 firstX="1" firstY="1"/><Edge guid="{GUID(15)}" name="{WHO}" sourceVertex="{GUID(13)}"
 targetVertex="{GUID(14)}"/></Graph></Graphs>
<Description>{WHO}</Description></Project>""".encode()


@pytest.fixture
@frozen
def there():
    return people.scene()


def leaves(there, form) -> str:
    """Everything that goes out, names of files as well, as one text."""
    content = out(there, form)
    if not zipfile.is_zipfile(BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    return "\n".join(f"{name}\n{body.decode()}" for name, body in parts)


def kept_before(there, content: bytes) -> None:
    """A project as it was kept whole, before anything was looked through."""
    with ctx.as_worker(there.ana.pk), transaction.atomic():
        exchange = Exchange(
            study=there.study,
            agency_id=there.study.agency_id,
            brought_in_by=there.ana.pk,
            brought_in_at=timezone.now(),
        )
        kept = {"came": {}, "qde": content.decode(), "files": {}}
        exchange.kept = seal(exchange, "kept", kept, agency_id=there.study.agency_id)
        exchange.save(force_insert=True)


def finished(there) -> None:
    with ctx.as_worker(there.ana.pk):
        source = Source.objects.get()
        marks = [mark.pk for mark in queries.identifiers_of(source)]
    people.does(
        there.ana, commands.decide, source_id=source.pk, identifier_ids=marks, decision="replace", words="[…]"
    )
    people.does(there.ana, commands.finish, source_id=source.pk)


def test_the_words_stand_everywhere_the_standard_has_words():
    strings = {found.get("name") for found in XSD.iter(f"{SCHEMA}attribute") if found.get("type") == STRING}
    elements = {found.get("name") for found in XSD.iter(f"{SCHEMA}element") if found.get("type") == STRING}
    tree = trees.parse(EVERYWHERE)
    holding = [element for element in tree.iter() if WHO in (element.text or "")]
    attributes = {name for element in tree.iter() for name, said in element.attrib.items() if said == WHO}

    trees.check(tree)
    assert {etree.QName(element).localname for element in holding} == elements
    # where files lie is not the project's to say: whatever it says is taken out with the source or renamed
    assert strings - attributes <= {"richTextPath", "plainTextPath", "basePath"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_no_identifying_word_leaves_whatever_holds_it(there, form):
    brought(there, EVERYWHERE)
    assert not [word for word in TOLD if word in leaves(there, form)]

    finished(there)

    gone_out = leaves(there, form)
    assert not [word for word in TOLD if word in gone_out]
    assert ("I am […]" in gone_out) is (form != "qdc")


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_no_identifying_word_leaves_of_what_was_kept_before(there, form):
    kept_before(there, EVERYWHERE)

    assert not [word for word in TOLD if word in leaves(there, form)]


@pytest.mark.django_db
def test_no_identifying_word_typed_here_leaves(there):
    people.does(there.ana, commands.rewrite_study, study_id=there.study.pk, facts={"title": f"About {WHO}"})
    code = people.code(there, "Far")
    facts = {"name": f"With {WHO}", "definition": f"As {WHO} said.", "include": WHO}
    people.does(there.ana, commands.rewrite_code, code_id=code.pk, facts=facts)
    people.does(there.ana, commands.write_memo, study_id=there.study.pk, words=f"{WHO} again.")

    for form in FORMS:
        assert not [word for word in TOLD if word in leaves(there, form)]


@pytest.mark.django_db
def test_what_names_nobody_leaves_as_it_is(there):
    people.code(there, "Feelings")
    with ctx.as_worker(there.ana.pk):
        assert Code.objects.get().name == "Feelings"

    assert [code.name for code in read(out(there)).project.codes] == ["Feelings"]


def test_what_is_of_no_known_kind_does_not_leave():
    tree = trees.parse(EVERYWHERE)
    tree.set("{urn:elsewhere}note", WHO)
    tree.set("basePath", f"C:/{WHO}")
    tree.append(tree.makeelement(trees.name("Diary"), {"guid": GUID(20)}))
    tree[-1].text = WHO
    tree[0][0].set("creatingUser", WHO)

    cleaning.Cleaning("en").tree(tree, ())

    written = trees.write(tree).decode()
    assert not [word for word in (*TOLD, "Diary", "basePath", "note=") if word in written]


@pytest.mark.parametrize("attribute", sorted(cleaning.SHAPES))
def test_a_value_that_is_not_of_its_kind_does_not_leave(attribute):
    tree = etree.Element(trees.name("Project"), {attribute: WHO})

    cleaning.Cleaning("en").tree(tree, ())

    assert attribute not in tree.attrib
