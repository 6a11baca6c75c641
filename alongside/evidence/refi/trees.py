"""XML in and out, by the schema, without entities and without the network."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from alongside.evidence.refi.records import CODEBOOK, PROJECT, SPELLINGS
from alongside.kernel import safe_xml
from alongside.kernel.imports.delimited import Broken

XSD = Path(__file__).with_name("Project.xsd")  # REFI, MIT licence: its text stands in the file
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_ELEMENT = re.compile(r"Element '\{[^}]*\}(\w+)'")
Element = Any  # lxml's own types say little more


def parse(content: bytes) -> Element:
    """Read XML bytes into a tree. Entities, document types and anything elsewhere are never read.

    :raises Broken: if it isn't XML, or tries
    """
    tree = tidy(safe_xml.parse(content))
    namespace = SPELLINGS.get(etree.QName(tree).namespace or "")
    return _renamed(tree, namespace) if namespace else tree


def tidy(tree: Element) -> Element:
    """Take away what only lays the file out: white space between elements.

    What stands in a leaf is somebody's text and stays.
    """
    for element in tree.iter():
        if len(element):
            element.text = None if not (element.text or "").strip() else element.text
            for child in element:
                child.tail = None if not (child.tail or "").strip() else child.tail
    return tree


def check(tree: Element) -> None:
    """Check a project's tree by the schema.

    :raises Broken: at the first element that is not as it should be
    """
    if tree.tag != name("Project"):
        raise Broken("not_refi", line=tree.sourceline or 1)
    schema = _schema()
    asked = copy.copy(tree)
    asked.attrib.pop(_LOCATION, None)  # a file doesn't say by which schema it is judged
    if not schema.validate(asked):
        error = schema.error_log[0]
        said = _ELEMENT.match(error.message)
        raise Broken(
            "schema",
            line=min(error.line, 2**31 - 1),
            field=said.group(1) if said else "Project",
            about=error.type_name[:60],
        )


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(XSD), etree.XMLParser(no_network=True, resolve_entities=False)))


def as_project(codebook: Element) -> Element:
    """Return a codebook's tree as that of a project which has nothing else.

    So one schema and one reader do for both.
    """
    project = etree.Element(name("Project"), nsmap={None: PROJECT}, name="")
    if codebook.get("origin"):
        project.set("origin", codebook.get("origin"))
    book = etree.SubElement(project, name("CodeBook"))
    for child in codebook:
        (project if etree.QName(child).localname == "Sets" else book).append(_renamed(child, PROJECT))
    for member in project.iter(name("MemberCode")):
        if "guid" in member.attrib:  # as the codebook's own schema has it
            member.set("targetGUID", member.attrib.pop("guid"))
    return project


def as_codebook(project: Element) -> Element:
    """Return the codebook of a project's tree as a document of its own.

    No notes, as its schema knows none.
    """
    book = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin=project.get("origin", ""))
    for child in project.findall(f"{name('CodeBook')}/{name('Codes')}"):
        book.append(_renamed(child, CODEBOOK))
    for reference in list(book.iter(f"{{{CODEBOOK}}}NoteRef")):
        if (parent := reference.getparent()) is not None:
            parent.remove(reference)
    return book


def _renamed(element: Element, namespace: str) -> Element:
    other: Element = etree.Element(
        f"{{{namespace}}}{etree.QName(element).localname}", nsmap={None: namespace}
    )
    other.attrib.update(element.attrib)
    other.text = element.text
    if element.sourceline:
        other.sourceline = element.sourceline
    other.extend([_renamed(child, namespace) for child in element])
    return other


def write(tree: Element) -> bytes:
    """Write a tree down, laid out for reading; a carriage return in somebody's text is kept as one."""
    laid_out = tidy(copy.deepcopy(tree))
    etree.indent(laid_out)
    return bytes(etree.tostring(laid_out, encoding="utf-8", xml_declaration=True)) + b"\n"


def canonical(content: bytes) -> bytes:
    """Return XML as it is compared: layout, prefixes and the order of attributes apart."""
    return bytes(etree.tostring(parse(content), method="c14n"))


def name(local: str) -> str:
    """Return an element's name in the project's namespace."""
    return f"{{{PROJECT}}}{local}"
