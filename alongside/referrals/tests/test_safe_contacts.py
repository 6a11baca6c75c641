"""A safe way of reaching somebody never stands without its conditions: read out, read back, or received."""

import re

import pytest
from django.utils.html import escape

from alongside.files import commands as file_commands
from alongside.kernel import clock, ctx
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
SHARED_TELEPHONE = {
    "channel": "call",
    "value": "807-555-0142",
    "when": "before 3",
    "who_else": "his mother hears it ring",
    "we_say_we_are": "the library",
    "code_in": "is the book in",
    "code_out": "your book is in",
    "duress": "wrong number",
    "text": False,
    "voicemail": False,
    "leave_name": True,
    "do_not": "the house telephone",
}
SAID = [words for words in SHARED_TELEPHONE.values() if isinstance(words, str) and words != "call"]


@pytest.fixture
@frozen
def scene():
    """A telephone that somebody else hears, talked about with a hospital and not yet agreed to."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    file = cast.file(maya)
    with ctx.as_worker(maya.pk):
        contact = file_commands.write_contact(
            file=file, contact_id=None, body=SHARED_TELEPHONE, safe=True, by=maya, at=clock.now()
        )
    return {
        "maya": maya,
        "ines": ines,
        "contact": contact,
        "asked": cast.talked_about(file, maya, ines.agency),
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", ["agreement", "check", ""])
def test_wherever_it_is_shown_every_condition_stands_with_it(client, scene, page, language):
    asked = scene["asked"]
    if not page:
        cast.send(asked, scene["maya"])
    cast.sign_in(client, scene["maya"] if page else scene["ines"])
    client.post("/language", {"language": language})

    shown = client.get(f"/requests/{asked.id}/{page}".rstrip("/")).content.decode()

    assert not [words for words in SAID if escape(words) not in shown]
    may_not = {
        "en": "send a text, leave a voice message",
        "fr": "envoyer un message texte, laisser un message vocal",
    }
    label = {"en": "We may not", "fr": "Nous ne pouvons pas"}
    assert re.search(f"{label[language]}(\\s?: |</dt><dd>){may_not[language]}", shown)
    assert re.search("(Phone call|Appel téléphonique), 807-555-0142", shown), (
        "how, in words and not as a code"
    )
