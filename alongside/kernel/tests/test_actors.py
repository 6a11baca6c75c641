"""Who acted, and how: the two fit each other, wherever they are written down."""

from uuid import uuid4

import pytest
from django.apps import apps

from alongside.consent.models import Block, Release
from alongside.kernel.actors import OPERATOR, PERSON, Actor, How, HowField, sign, unsign
from alongside.kernel.ids import uuid7


@pytest.mark.parametrize(
    ("worker", "how"),
    [(None, How.DESK), (None, How.THEIR_WORD), (uuid4(), How.DOOR), (uuid4(), How.OPERATOR)],
)
def test_nobody_acts_for_whom_it_does_not_fit(worker, how):
    with pytest.raises(ValueError, match="fit"):
        Actor(worker, how)


@pytest.mark.parametrize(("by", "how"), [(PERSON, "door"), (OPERATOR, "operator")])
def test_who_is_no_worker_says_themselves_how_they_acted(by, how):
    release = Release()

    assert sign(release, "ended", by, How.THEIR_WORD) == ("ended_by", "ended_how")

    assert (release.ended_by, release.ended_how) == (None, how)


def test_what_is_taken_back_was_done_by_nobody():
    block = Block(lifted_at="now", lifted_by=uuid7(), lifted_how="desk")

    unsign(block, "lifted")

    assert (block.lifted_at, block.lifted_by, block.lifted_how) == (None, None, "")


def test_every_how_has_its_moment_its_worker_and_its_constraint():
    for model in apps.get_models():
        for field in (field for field in model._meta.fields if isinstance(field, HowField)):
            act = field.name.removesuffix("_how")
            held = [constraint for constraint in model._meta.constraints if f"{act}_how" in str(constraint)]
            assert len(held) == 1, f"{model.__name__}.{field.name}"
            assert model._meta.get_field(f"{act}_by").null, f"{model.__name__}.{act}_by: nobody at a door"
