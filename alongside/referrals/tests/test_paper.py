"""An agreement prints on one page, in both languages and large type; "they signed" means that page."""

import re
import subprocess
from datetime import timedelta

import pytest

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.consent.models import Release
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.models import Referral
from alongside.referrals.rules import CannotSend
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
LONG = " ".join(["North Shore Regional Health and Community Services of the Greater Bay"] * 3)[:200]
LONG_FR = " ".join(["Services régionaux de santé et de soutien communautaire de la Grande Baie"] * 3)[:200]


@pytest.fixture
@frozen
def scene():
    """All that can be shared is to be, with an agency of the longest name under child protection law."""
    maya = cast.worker(cast.agency("Riverside"))
    names = {"name_fr": LONG_FR, "regime": "cyfsa"}
    noor = cast.worker(cast.agency(LONG, "healthcare", "mental-health", **names), "Noor", "intake")
    file = cast.file(maya)
    for _number in range(11):
        wish = cast.priority(file, maya)
    with ctx.as_worker(maya.pk):
        files.set_languages(file=file, tags=["pa", "ase"], words="", by=maya, at=clock.now())
        for channel in ("text", "call"):
            body = {"channel": channel, "value": "705-555-0170"}
            files.write_contact(file=file, contact_id=None, body=body, safe=True, by=maya, at=clock.now())
    after = ("somebody-else", clock.now() + timedelta(days=99))
    asked = cast.talked_about(file, maya, noor.agency, wish, after_no=after)
    return {"maya": maya, "noor": noor, "file": file, "asked": asked}


def change(scene, **terms):
    maya, asked = scene["maya"], scene["asked"]
    with ctx.as_worker(maya.pk):
        release = consents.get_release(maya, asked.file_id, asked.release_id)
        consent.set_terms(release=release, by=maya, **terms)


def sheets(page, tmp_path, address):
    """The text of each sheet that a browser prints."""
    page.goto(address)
    page.pdf(path=tmp_path / "page.pdf", format="Letter", prefer_css_page_size=True)
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True
    )
    return said.stdout.decode().rstrip("\f\n").split("\f")


def test_it_is_one_page_in_the_longest_case_with_the_longest_name(scene, signed_in, tmp_path):
    page = signed_in(scene["maya"])

    (sheet,) = sheets(page, tmp_path, f"/requests/{scene['asked'].id}/paper")

    page.emulate_media(media="print")
    sizes = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    assert min(page.locator(".paper, .paper *").evaluate_all(sizes)) >= 18.6, "14 pt"
    for words in ("I agree", "J’accepte", "My mark or signature", "Or said aloud", "1, 2, 3"):
        assert words in sheet
    assert "Leave now" not in sheet
    assert "nobody finds me" not in sheet, "none of their own words"


def test_what_does_not_fit_stands_on_a_second_page_that_only_continues(scene, signed_in, tmp_path):
    maya, file = scene["maya"], scene["file"]
    for _number in range(9):
        wish = cast.priority(file, maya)
    asked = cast.talked_about(file, maya, scene["noor"].agency, wish)

    first, second = sheets(signed_in(maya), tmp_path, f"/requests/{asked.id}/paper")

    assert "on the second page" in first
    assert "My mark or signature" not in second
    assert "13, 14," in second


def test_they_signed_means_that_page(scene, client):
    maya, asked = scene["maya"], scene["asked"]
    change(scene, method="signed")
    at = f"/requests/{asked.id}"
    page = cast.sign_in(client, maya).get(f"{at}/paper").content.decode()
    number = re.search(r'name="page" value="([-0-9a-f]{14})"', page).group(1)

    early = cast.agree(client, at)
    other = client.post(f"{at}/paper", {"page": "0000-0000-0000"})
    signed = client.post(f"{at}/paper", {"page": number})
    sent = cast.agree(client, at)

    assert (early["Location"], other.status_code, signed["Location"]) == (f"{at}/paper", 200, f"{at}/check")
    assert sent["Location"] == at
    with ctx.as_worker(maya.pk):
        release = Release.objects.get(id=asked.release_id)
        assert (release.method, release.signed_page, release.state) == ("signed", number, "given")
    after = client.get(f"{at}/paper").content.decode()
    assert number in after
    assert "They signed this page" not in after


@pytest.mark.parametrize("changes", ["until", "introduction"])
def test_a_page_that_says_something_else_by_now_is_printed_again(scene, client, changes):
    maya, asked = scene["maya"], scene["asked"]
    with ctx.as_worker(maya.pk):
        release = consents.get_release(maya, asked.file_id, asked.release_id)
        number = queries.paper(maya, asked, release).number
    change(scene, method="signed", signed_page=number)
    if changes == "until":
        change(scene, until=clock.now() + timedelta(days=9))
    else:
        with ctx.as_worker(maya.pk):
            later = clock.now() + timedelta(minutes=5)
            commands.introduce(referral=asked, words="Jo has a dog.", approved=True, by=maya, at=later)

    with pytest.raises(CannotSend, match="changed since they signed"):
        cast.send(asked, maya)

    with ctx.as_worker(maya.pk):
        assert Referral.objects.get(id=asked.id).state == "draft"


def test_nobody_but_who_asks_sees_the_page(scene, client):
    cast.send(scene["asked"], scene["maya"])
    at = f"/requests/{scene['asked'].id}/paper"

    assert cast.sign_in(client, scene["noor"]).get(at).status_code == 404
    assert cast.sign_in(client, scene["maya"]).get(at).status_code == 200
