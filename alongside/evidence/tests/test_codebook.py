"""A codebook rearranged any way somebody can think of.

No code ever goes under itself, and merging loses nothing.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries, rules
from alongside.evidence.models import Code, Coding
from alongside.evidence.tests.people import asks, code, coded, does, ready, scene
from alongside.kernel import ctx
from tests.frozen import frozen
from tests.lanes import often

pytestmark = pytest.mark.django_db
NAMES = ("a", "b", "c", "d", "e")
MOVE = st.tuples(st.sampled_from(["move", "merge", "retire", "back"]), st.integers(0, 4), st.integers(-1, 4))


@pytest.fixture
@frozen
def book():
    """Five codes, a passage under each."""
    there = scene()
    there.source = ready(there)
    there.codes = [code(there, name) for name in NAMES]
    words = ("Trust", "helped", "waited", "Nobody", "worker")
    there.codings = {
        coded(there, there.source, code, word).pk for code, word in zip(there.codes, words, strict=True)
    }
    return there


def attempt(book, what, which, other):
    """One step; a refusal is a step as well."""
    code_id, other_id = book.codes[which].pk, book.codes[other].pk if other >= 0 else None
    step = {
        "move": (commands.move_code, {"parent_id": other_id}),
        "merge": (commands.merge_codes, {"into_id": other_id or code_id}),
        "retire": (commands.retire_code, {}),
        "back": (commands.bring_back, {}),
    }[what]
    try:
        does(book.ana, step[0], code_id=code_id, **step[1])
    except rules.CannotArrange:
        return


@settings(
    max_examples=often(quick=8, thorough=25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(MOVE, min_size=1, max_size=10))
def test_whatever_is_done_nothing_is_lost_and_nothing_goes_round(book, steps):
    for step in steps:
        attempt(book, *step)

    with ctx.as_worker(book.ana.pk):
        parents = dict(Code.objects.values_list("pk", "parent_id"))
        standing = {node.code.pk for node in queries.flat(queries.codes(book.ana, book.study))}
        away = {code.pk for code in queries.put_away(book.ana, book.study)}
        codings = dict(Coding.objects.values_list("pk", "code_id"))
        merged = {code.pk for code in Code.objects.filter(merged_into__isnull=False)}
    for code_id in parents:
        seen, above = set(), code_id
        while above:
            assert above not in seen, "a code stands under itself"
            seen.add(above)
            above = parents[above]
    assert standing | away == set(parents)
    assert not standing & away
    assert set(codings) == book.codings
    assert not set(codings.values()) & merged, "a passage was left under a code that was merged"


def test_a_merged_code_comes_back_with_all_that_went_along(book):
    a, b, c = book.codes[:3]
    does(book.ana, commands.move_code, code_id=c.pk, parent_id=a.pk)
    does(book.ana, commands.merge_codes, code_id=a.pk, into_id=b.pk)
    assert {passage.words for passage in asks(book.ana, queries.passages, b)} == {"Trust", "helped", "waited"}

    does(book.ana, commands.bring_back, code_id=a.pk)

    assert {passage.words for passage in asks(book.ana, queries.passages, a)} == {"Trust", "waited"}
    assert {passage.words for passage in asks(book.ana, queries.passages, b)} == {"helped"}


def test_every_change_says_who_when_before_and_after(book):
    moved, other = book.codes[:2]
    does(
        book.luc,
        commands.rewrite_code,
        code_id=moved.pk,
        facts={"name": "Trust", "definition": "Relying on somebody"},
        example="as in",
    )
    does(book.luc, commands.move_code, code_id=moved.pk, parent_id=other.pk)
    does(book.ana, commands.retire_code, code_id=moved.pk)
    history = asks(book.ana, queries.history_of, moved)

    assert [(change.row.change, change.who) for change in history] == [
        ("retired", "Ana"),
        ("moved", "Luc"),
        ("rewritten", "Luc"),
        ("made", "Ana"),
    ]
    assert (history[2].row.before["name"], history[2].row.after["name"]) == ("a", "Trust")
    assert "as in" not in str(history[2].row.after)
    assert (history[1].row.before["under_name"], history[1].row.after["under_name"]) == ("", "b")


def test_two_codes_of_one_name_do_not_stand_side_by_side(book):
    with pytest.raises(rules.CannotArrange):
        code(book, "A")
    assert code(book, "A", parent_id=book.codes[0].pk)


def test_codes_stand_in_the_order_they_are_put(book):
    d = book.codes[3]
    does(book.ana, commands.move_code, code_id=d.pk, parent_id=None, before_id=book.codes[0].pk)

    assert [theme.name for theme in asks(book.ana, queries.themes, book.study)] == ["d", "a", "b", "c", "e"]


def test_the_pages_move_merge_put_away_and_bring_back(book):
    client = cast.sign_in(Client(), book.ana)
    a, b = (str(code.pk) for code in book.codes[:2])

    def says(door, of, **words):
        return client.post(reverse(f"evidence:{door}", args=[of]), words).status_code

    assert says("code_place", a, parent=b) == 302
    assert says("code_place", b, parent=a) == 409
    assert says("code_merge", a, into=b) == 302
    assert says("code_merge", a, into=b) == 409
    assert says("code_retirement", a, stands="1") == 302
    assert says("code_retirement", a, stands="0") == 302
    assert client.post(reverse("evidence:code_edit", args=[b]), {"name": ""}).status_code == 422
    assert "merged" not in {named.row.change for named in asks(book.ana, queries.history_of, book.codes[1])}


def test_another_study_is_another_codebook(book):
    there = scene()
    stranger = code(there, "z")

    with pytest.raises(Code.DoesNotExist):
        does(book.ana, commands.move_code, code_id=book.codes[0].pk, parent_id=stranger.pk)
