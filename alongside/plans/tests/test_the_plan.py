"""What the person wants, in their order; and what is ours."""

import random

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.kernel import clock, ctx
from alongside.plans import commands, queries, rules
from alongside.plans.models import Priority, Step
from alongside.plans.tests import cast
from tests.frozen import frozen
from tests.lanes import often

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def planned():
    """Maya's file with three priorities."""
    maya = cast.worker(cast.agency("Riverside"))
    file = cast.file(maya)
    priorities = [cast.priority(file, maya, words) for words in ("One.", "Two.", "Three.")]
    return {"maya": maya, "file": file, "priorities": priorities}


@pytest.fixture
def scene(client, planned):
    """A file with three priorities; Maya signed in."""
    cast.sign_in(client, planned["maya"])
    return planned


def _statements(scene):
    with ctx.as_worker(scene["maya"].pk):
        return [priority.statement for priority in queries.plan(scene["maya"], scene["file"].id)]


def test_the_newest_stands_last_until_they_say_otherwise(scene):
    assert _statements(scene) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("posted", "order"),
    [
        ({"up": 1}, ["Two.", "One.", "Three."]),
        ({"down": 1}, ["One.", "Three.", "Two."]),
        ({"up": 0}, ["One.", "Two.", "Three."]),
    ],
)
def test_one_place_up_or_down_with_a_button(client, scene, posted, order):
    name, which = next(iter(posted.items()))

    answer = client.post(
        f"/files/{scene['file'].id}/priorities/order", {name: str(scene["priorities"][which].id)}
    )

    assert answer.status_code == 302
    assert _statements(scene) == order


def test_an_order_of_something_else_is_refused_and_changes_nothing(client, scene):
    ids = [str(w.id) for w in scene["priorities"]]

    for asked in (ids[:2], [*ids, ids[0]], [ids[0], ids[1], "nonsense"]):
        assert client.post(f"/files/{scene['file'].id}/priorities/order", {"order": asked}).status_code == 409

    assert _statements(scene) == ["One.", "Two.", "Three."]


@settings(
    max_examples=often(quick=5, thorough=15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000), away=st.integers(0, 2))
def test_any_order_they_choose_is_kept_whatever_was_put_away(db, seed, away):
    maya = cast.worker(cast.agency("Riverside"))
    file = cast.file(maya)
    priorities = [cast.priority(file, maya, f"{n}.") for n in range(4)]
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    with ctx.as_worker(maya.pk):
        for priority in priorities[:away]:
            commands.put_away(priority=priority, how_it_went="", by=maya, at=clock.now())
        ids = [w.id for w in priorities[away:]]
        for _ in range(3):
            chance.shuffle(ids)
            commands.order(file_id=file.id, ids=ids, by=maya, at=clock.now())

    with ctx.as_worker(maya.pk):
        assert [w.priority.id for w in queries.plan(maya, file.id)] == ids


def test_an_idea_of_ours_has_no_rank_to_put_it_above_anything(scene):
    with ctx.as_worker(scene["maya"].pk):
        commands.suggest(file_id=scene["file"].id, words="A course.", by=scene["maya"], at=clock.now())

        ideas = queries.suggestions(scene["maya"], scene["file"].id)

    assert [words for _, words in ideas] == ["A course."]
    assert not any(field.name == "rank" for field in ideas[0][0]._meta.fields)
    assert "A course." not in _statements(scene)


def test_a_step_is_about_what_they_want_or_says_it_is_ours(scene):
    maya, file = scene["maya"], scene["file"]
    with ctx.as_worker(maya.pk):
        theirs = commands.add_step(
            file_id=file.id,
            priority_id=scene["priorities"][0].id,
            words="Ask.",
            worker_id=None,
            due_on=None,
            by=maya,
            at=clock.now(),
        )
        ours = commands.add_step(
            file_id=file.id,
            priority_id=None,
            words="Tell.",
            worker_id=None,
            due_on=None,
            by=maya,
            at=clock.now(),
        )

    assert (theirs.ours, ours.ours) == (False, True)
    with pytest.raises(IntegrityError), ctx.as_worker(maya.pk), transaction.atomic():
        Step.objects.filter(file_id=file.id, id=ours.id).update(ours=False)


@pytest.mark.parametrize(
    ("address", "posted"),
    [
        ("steps/new", {"words": ""}),
        ("steps/new", {"words": "Ask.", "due_on": "soon"}),
        ("suggestions/new", {"words": " "}),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, scene, address, posted):
    answer = client.post(f"/files/{scene['file'].id}/{address}", posted)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    with ctx.as_worker(scene["maya"].pk):
        assert not Step.objects.exists()


def test_thirty_is_the_most(scene):
    maya, file = scene["maya"], scene["file"]
    with ctx.as_worker(maya.pk):
        for _ in range(27):
            commands.add_priority(file_id=file.id, words={}, private={}, facts={}, by=maya, at=clock.now())
        with pytest.raises(rules.CannotAdd), transaction.atomic():
            commands.add_priority(file_id=file.id, words={}, private={}, facts={}, by=maya, at=clock.now())
        assert Priority.objects.count() == 30


def test_the_statement_is_kept_word_for_word_in_any_language(client, scene):
    said = "  ᓂᐸᐤ — “je veux dormir”,\nאני רוצה 😴  "

    client.post(f"/files/{scene['file'].id}/priorities/new", {"statement": said, "language": "cr"})

    assert said.strip().replace("\n", "\r\n") in _statements(scene) or said.strip() in _statements(scene)


def test_put_away_with_their_own_word_on_how_it_went(client, scene):
    priority = scene["priorities"][0]

    client.post(
        f"/files/{scene['file'].id}/priorities/{priority.id}/away", {"how_it_went": "Better than I thought."}
    )

    assert _statements(scene) == ["Two.", "Three."]
    with ctx.as_worker(scene["maya"].pk):
        kept = queries.unsealed(scene["maya"], Priority.objects.get(id=priority.id))
    assert kept.private["how_it_went"] == "Better than I thought."
