"""Finding a file again.

It is forgiving of spelling, inside one's own agency, and silent about what may not be seen.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.files import commands, queries, search
from alongside.files.models import SearchTerm
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.referrals import commands as referrals
from alongside.trail.models import Entry
from tests.cases import case

database = pytest.mark.django_db


@database
@pytest.mark.parametrize(
    "typed", ["Josephine", "josefine", "jozephine", "Joséphine", "jos", "JOSEPH", "phine"]
)
def test_a_name_is_found_however_it_is_spelt(typed):
    maya = cast.worker(cast.agency())
    file = cast.file(maya, "Joséphine")
    for other in ("Amina", "Wren", "Tomasz"):
        cast.file(maya, other)

    with ctx.as_worker(maya.pk):
        found = queries.find(maya, typed)

    assert file.id in [f.id for f, _ in found]
    assert len(found) <= 2


@database
@pytest.mark.parametrize("line", case("22-names-with-a-stroke/names.txt").read_text().splitlines())
def test_letters_with_a_stroke_and_joined_letters_are_found_by_the_plain_ones(line):
    typed, name = line.split(" -> ")
    maya = cast.worker(cast.agency())
    file = cast.file(maya, name)

    with ctx.as_worker(maya.pk):
        assert [found.id for found, _ in queries.find(maya, typed)] == [file.id]


@database
def test_the_handle_finds_it_too_and_an_old_name_no_longer():
    maya = cast.worker(cast.agency())
    file = cast.file(maya, "Wilhelmina")

    with ctx.as_worker(maya.pk):
        commands.set_name(file=file, called="Sam", pronouns="", by=maya, at=clock.now())
        assert [f.id for f, _ in queries.find(maya, file.handle)] == [file.id]
        assert queries.find(maya, "wilhelmina") == []


@database
def test_hidden_and_none_answer_alike(client, superuser):
    maya, ana = cast.worker(cast.agency()), None
    ana = cast.worker(maya.agency, "Ana")
    file = cast.file(maya, "Wilhelmina")
    with ctx.as_worker(maya.pk):
        referrals.block(file_id=file.id, against=f"worker:{ana.pk}", item_id=None, by=maya, at=clock.now())
    elsewhere = cast.worker(cast.agency("Hillcrest"), "Noor")

    pages = []
    for who, words in ((ana, "Wilhelmina"), (ana, "Zebulon-x"), (elsewhere, "Wilhelmina")):
        cast.sign_in(client, who)
        answer = client.post("/files/search", {"words": words}, headers={"HX-Request": "true"})
        pages.append((answer.status_code, answer.content))

    assert pages[0] == pages[1] == pages[2]


@database
def test_searching_leaves_a_trace_without_the_words():
    maya = cast.worker(cast.agency())

    with ctx.as_worker(maya.pk):
        queries.find(maya, "Wilhelmina")

    with ctx.as_worker(cast.worker(maya.agency, "Noor", "privacy-officer").pk):
        entry = Entry.objects.get(action="files.searched")
    assert (entry.count, entry.item_kind) == (0, "")


@database
def test_two_agencies_terms_for_one_name_cannot_be_compared(superuser):
    riverside, hillcrest = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("Hillcrest"))
    first, second = (
        cast.file(riverside, "Wilhelmina Konstantyna"),
        cast.file(hillcrest, "Wilhelmina Konstantyna"),
    )

    terms = {}
    for file in (first, second):
        rows = superuser.execute("select term from files_searchterm where file_id = %s", [file.id]).fetchall()
        terms[file.id] = {term for (term,) in rows}

    assert len(terms[first.id] & terms[second.id]) <= 2, "no more than chance"
    assert SearchTerm._meta.pk is not None


@given(st.text(max_size=40))
def test_whatever_is_typed_the_pieces_are_three_long(text):
    assert all(len(piece) == 3 for piece in search.trigrams(text))
    assert 0 <= search.likeness(search.trigrams(text, whole=False), text) <= 1


@given(st.text(alphabet="abcdefgh ", min_size=3, max_size=20))
def test_the_beginning_of_a_name_is_always_like_it(name):
    words = name.split()
    if words and len(words[0]) >= 2:
        assert search.likeness(search.trigrams(words[0][:2], whole=False), name) == 1
