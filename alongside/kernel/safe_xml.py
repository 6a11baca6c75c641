"""XML from elsewhere, read without entities, document types or the network."""

from __future__ import annotations

from typing import Any

from lxml import etree

from alongside.kernel.imports.delimited import Broken

FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def parse(content: bytes) -> Any:
    """Return the root of an XML file.

    :raises Broken: if it isn't XML, or asks for entities or a document type
    """
    if not content.strip():
        raise Broken("empty")
    for lead in FORBIDDEN:
        if lead in content:
            raise Broken("entities", line=content[: content.index(lead)].count(b"\n") + 1)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Broken("not_xml", line=error.lineno or 1) from None
    except (ValueError, LookupError):
        raise Broken("not_xml", line=1) from None
    if tree is None:
        raise Broken("not_xml", line=1)
    if tree.getroottree().docinfo.doctype:  # hidden in another encoding
        raise Broken("entities", line=1)
    return tree
