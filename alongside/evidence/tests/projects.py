"""Invented projects of every shape, for REFI-QDA.

Astral characters, carriage returns, combining accents, codes nested and bare.
"""

from hypothesis import assume
from hypothesis import strategies as st

from alongside.evidence.refi.records import Code, Coding, Note, Project, Selection, Text, User

WORDS = st.text(
    st.sampled_from("ab é\u0301\u200dǹ😀𐐷ᐊᓂᔑ\r\n\t«»<>&\"'")
    | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=40,
)
NAMES = WORDS.map(lambda words: f"x{words}")
GUIDS = st.uuids().map(lambda guid: str(guid).upper())
COLOURS = st.sampled_from(["", "#F00082", "#abc"])
MOMENTS = st.sampled_from(["", "2026-11-23T10:00:00Z"])
NOTED = st.fixed_dictionaries(
    {"guid": GUIDS, "name": WORDS, "content": WORDS, "description": WORDS, "user": st.just(""), "at": MOMENTS}
)


def codes(depth=2):
    children = st.tuples() if depth == 0 else st.lists(codes(depth - 1), max_size=2).map(tuple)
    return st.builds(
        Code,
        guid=GUIDS,
        name=NAMES,
        codable=st.booleans(),
        colour=COLOURS,
        description=WORDS,
        children=children,
        line=st.just(0),
    )


@st.composite
def projects(draw):
    """A project in which every coding names a code that is there."""
    book = tuple(draw(st.lists(codes(), min_size=1, max_size=3)))
    notes = tuple(Note(**note) for note in draw(st.lists(NOTED, max_size=2)))
    there = [code.guid for top in book for code, _parent in top.all()]
    pointed = (
        st.lists(st.sampled_from([note.guid for note in notes]), max_size=1).map(tuple)
        if notes
        else st.just(())
    )
    codings = st.builds(
        Coding, guid=GUIDS, code=st.sampled_from(there), notes=pointed, at=MOMENTS, line=st.just(0)
    )
    texts = [_text(draw, content, codings, pointed) for content in draw(st.lists(WORDS, max_size=2))]
    users = tuple(
        User(guid=guid, name=name) for guid, name in draw(st.lists(st.tuples(GUIDS, WORDS), max_size=2))
    )
    guids = [*there, *(note.guid for note in notes), *(text.guid for text in texts)]
    assume(len(set(guids)) == len(guids))
    return Project(
        name=draw(NAMES), origin=draw(WORDS), users=users, codes=book, texts=tuple(texts), notes=notes
    )


def _text(draw, content, codings, pointed):
    spans = st.tuples(st.integers(0, max(0, len(content) - 1)), st.integers(1, max(1, len(content)))).filter(
        lambda span: span[0] < span[1]
    )
    selections = [
        Selection(
            guid=draw(GUIDS),
            start=start,
            end=end,
            name=draw(WORDS),
            description=draw(WORDS),
            at=draw(MOMENTS),
            notes=draw(pointed),
            codings=tuple(draw(st.lists(codings, max_size=2))),
        )
        for start, end in (draw(st.lists(spans, max_size=3)) if content else [])
    ]
    more = {
        "guid": draw(GUIDS),
        "name": draw(WORDS),
        "description": draw(WORDS),
        "at": draw(MOMENTS),
        "notes": draw(pointed),
    }
    return Text(
        content=content,
        selections=tuple(selections),
        codings=tuple(draw(st.lists(codings, max_size=1))),
        **more,
    )
