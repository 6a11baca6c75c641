"""The pages of agreeing to share, through the real client.

Nothing chosen for them, nothing lost, nothing half-done.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.consent import commands as consent
from alongside.consent.models import Release, ReleasedItem
from alongside.files import queries as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.models import Referral
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def drafted():
    """A draft of Maya's to a hospital, with something to share."""
    maya, hospital = (
        cast.worker(cast.agency("Riverside")),
        cast.agency("North Shore", "healthcare", "hospital"),
    )
    file = cast.file(maya)
    priority = cast.priority(file, maya)
    with ctx.as_worker(maya.pk):
        draft = commands.draft(
            file_id=file.id,
            to_agency_id=hospital.pk,
            priority_id=priority.id,
            need="shelter_tonight",
            by=maya,
            at=clock.now(),
        )
        items = [str(i["id"]) for i in files.shareable(maya, file)]
    return {"maya": maya, "file": file, "draft": draft, "items": items, "at": f"/requests/{draft.id}"}


@pytest.fixture
def scene(client, drafted):
    """A draft to a hospital, with something to share; and Maya signed in."""
    cast.sign_in(client, drafted["maya"])
    return drafted


AGREED = {
    "purpose": "answer",
    "manner": "view",
    "length": "30",
    "explained": "on",
    "capacity": "self",
    "method": "oral-witnessed",
    "others_present": "alone",
}


def agreed(scene, **other):
    """What is sent when they agree to everything."""
    return AGREED | {"items": scene["items"]} | other


def test_nothing_is_pre_ticked(client, scene):
    page = client.get(f"{scene['at']}/agreement").content.decode()

    ticked = re.findall(r'name="(\w+)"[^>]* checked', page)
    assert ticked == ["manner"], "they look at it here; the rest is theirs to say"


def test_everything_agreed_goes_in_one_step_at_the_end(client, scene):
    client.post(f"{scene['at']}/introduction", {"words": "Hello.", "approved": "on"})
    client.post(f"{scene['at']}/agreement", agreed(scene))

    sent = cast.agree(client, scene["at"])

    assert sent.status_code == 302
    with ctx.as_worker(scene["maya"].pk):
        assert Referral.objects.get(id=scene["draft"].id).state == "requested"
        release = Release.objects.get(id=scene["draft"].release_id)
    assert release.state == "given"
    assert not release.copy_given
    assert timedelta(days=30) <= release.until - release.starts_at < timedelta(days=31)


@pytest.mark.parametrize(
    ("page", "posted", "words"),
    [
        ("introduction", {"words": "Hello."}, "Read it back to them and tick that it is right"),
        ("agreement", {"items": []}, "Tick at least one thing"),
        ("agreement", {"items": "00000000-0000-0000-0000-000000000000"}, "valid choice"),
        ("agreement", {"length": ""}, "Say for how long"),
        ("agreement", {"purpose": ""}, "Say what for"),
        ("agreement", {"length": "day"}, "Choose the last day"),
        ("agreement", {"length": "day", "day": "2199-01-01"}, "180 days"),
        ("agreement", {"length": "day", "day": "yesterday"}, "valid date"),
        ("agreement", {"explained": ""}, "Say it first"),
        ("agreement", {"capacity": ""}, "Say who decided"),
        ("check", {"agree": "1", "within": "900"}, "valid choice"),
    ],
)
def test_bad_input_gets_an_error_at_its_field_and_changes_nothing(client, scene, page, posted, words):
    answer = client.post(f"{scene['at']}/{page}", agreed(scene, **posted) if page == "agreement" else posted)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    with ctx.as_worker(scene["maya"].pk):
        assert not ReleasedItem.objects.exists()
        assert Release.objects.get().state == "offered"


@pytest.mark.parametrize(
    ("left_out", "step", "words"),
    [
        ("agreement", "agreement", "Tick at least one thing"),
        ("introduction", "introduction", "Read the introduction back to them first"),
        ("until", "agreement", "already be over"),
    ],
)
def test_what_is_lacking_at_the_end_leads_to_where_it_is_said_and_nothing_is_sent(
    client, scene, superuser, left_out, step, words
):
    steps = {
        "introduction": {"words": "Hello.", "approved": "on"},
        "agreement": agreed(scene),
    }
    for name, sends in steps.items():
        if name != left_out or name == "introduction":
            client.post(f"{scene['at']}/{name}", sends)
    if left_out == "introduction":  # written before its step asked
        superuser.execute("update referrals_referral set introduction_approved_at = null")
    if left_out == "until":
        superuser.execute(
            "update consent_release set starts_at = now() - interval '3 days',"
            " until = now() - interval '1 day'"
        )

    answer = cast.agree(client, scene["at"])
    led_to = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"{scene['at']}/{step}"
    assert words in led_to
    with ctx.as_worker(scene["maya"].pk):
        assert Referral.objects.get().state == "draft"
        assert Release.objects.get().given_at is None, "the agreement is undone with the sending"


@pytest.mark.parametrize(
    "until",
    [
        {"length": "180"},
        {"length": "day", "day": "last"},
        {"after_no": "on", "after_no_purpose": "opening", "after_no_day": "last"},
    ],
)
@pytest.mark.parametrize("begun", [timedelta(), timedelta(days=200)])
def test_the_longest_there_is_can_be_agreed_to_however_old_the_draft_is(
    client, scene, superuser, until, begun
):
    superuser.execute(
        "update consent_release set starts_at = starts_at - %(begun)s, until = until - %(begun)s,"
        " offered_at = offered_at - %(begun)s",
        {"begun": begun},
    )
    last = clock.today() + timedelta(days=180)
    said = {name: last.isoformat() if value == "last" else value for name, value in until.items()}
    client.post(f"{scene['at']}/introduction", {"words": "Hello.", "approved": "on"})

    client.post(f"{scene['at']}/agreement", agreed(scene, **said))
    sent = cast.agree(client, scene["at"])

    assert sent["Location"] == scene["at"]
    with ctx.as_worker(scene["maya"].pk):
        release = Release.objects.get()
        assert release.state == "given"
        assert clock.day(release.after_no_until or release.until) == last


def test_no_agreement_is_given_for_longer(client, scene):
    client.post(f"{scene['at']}/introduction", {"words": "Hello.", "approved": "on"})
    client.post(f"{scene['at']}/agreement", agreed(scene, length="180"))
    with ctx.as_worker(scene["maya"].pk):
        release = Release.objects.get()
        consent.set_terms(release=release, by=scene["maya"], until=release.until + timedelta(hours=1))

    answer = cast.agree(client, scene["at"])

    assert answer["Location"] == f"{scene['at']}/agreement"
    assert "180 days is the longest" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(("said", "state"), [("rather_not", "declined"), ("not_now", "deferred")])
def test_they_would_rather_not_and_nothing_is_shared(client, scene, said, state):
    client.post(f"{scene['at']}/agreement", agreed(scene))

    assert client.post(f"{scene['at']}/check", {said: "1"}).status_code == 302

    with ctx.as_worker(scene["maya"].pk):
        assert Release.objects.get().state == state


def test_ticks_survive_an_idle_session(client, scene, superuser):
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")
    lost = client.post(f"{scene['at']}/agreement", {"items": scene["items"], "manner": "view"})
    assert lost.status_code == 302
    assert lost.headers["Location"].startswith("/account/sign-in/")

    cast.sign_in(client, scene["maya"])
    page = client.get(f"{scene['at']}/agreement").content.decode()

    assert len(re.findall(r'name="items"[^>]* checked', page)) == len(scene["items"])


def test_what_a_colleague_changed_since_it_was_read_back_does_not_go(client, scene):
    client.post(f"{scene['at']}/introduction", {"words": "Hello.", "approved": "on"})
    client.post(f"{scene['at']}/agreement", agreed(scene, items=scene["items"][:1], length="7"))
    page = client.get(f"{scene['at']}/check").content.decode()
    read_back = re.search(r'name="read_back" value="(\w+)"', page)[1]
    colleague = cast.sign_in(Client(), cast.worker(scene["maya"].agency, "Priya"))
    changes = [
        ("agreement", agreed(scene)),
        ("agreement", agreed(scene, items=scene["items"][:1], length="90")),
        ("introduction", {"words": "Jo has a dog.", "approved": "on"}),
    ]

    for step, sends in changes:
        colleague.post(f"{scene['at']}/{step}", sends)
        sent = {"agree": "1", "within": "3", "read_back": read_back}
        answer = client.post(f"{scene['at']}/check", sent, follow=True)
        assert "changed since it was read back" in answer.content.decode(), step
    with ctx.as_worker(scene["maya"].pk):
        assert Referral.objects.get().state == "draft"
        assert Release.objects.get().given_at is None


@pytest.mark.parametrize("said", ["rather_not", "not_now"])
def test_a_no_to_what_a_colleague_sent_meanwhile_is_not_passed_over(client, scene, said):
    client.post(f"{scene['at']}/introduction", {"words": "Hello.", "approved": "on"})
    client.post(f"{scene['at']}/agreement", agreed(scene))
    colleague = cast.sign_in(Client(), cast.worker(scene["maya"].agency, "Priya"))
    cast.agree(colleague, scene["at"])

    answer = client.post(f"{scene['at']}/check", {said: "1"}, follow=True)

    page = answer.content.decode()
    assert "It has gone already" in page
    assert "End it now" in page
