"""Saving what is so already changes nothing, and says nothing on the trail."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.files import commands
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db
WRITTEN = "select action from trail_entry where action ~ '^files.(called|languages_written)$' order by id"


def test_only_what_was_written_down_is_said_to_have_been(superuser):
    maya = cast.worker(cast.agency("Riverside"), "Maya")
    with ctx.as_worker(maya.pk):
        file = commands.open(by=maya, at=clock.now())
    client, page = cast.sign_in(Client(), maya), reverse("files:called", args=[file.pk])

    for sent in ({}, {"called": "Jo"}, {"called": "Jo"}, {"called": "Jo", "tags": ["oj"]}, {"called": "Jo"}):
        assert client.post(page, sent).status_code == 302

    told = [action for (action,) in superuser.execute(WRITTEN).fetchall()]
    assert told == ["files.called", "files.languages_written", "files.languages_written"]
