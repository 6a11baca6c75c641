"""No agency takes another's identity; what people see of one is read by two; its mark is nobody's choice."""

import re
import unicodedata
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from psycopg.types.json import Jsonb

from alongside.agencies import identity
from alongside.agencies.tests.conftest import PASSPHRASE, came_in, proved, sign_in
from alongside.kernel.transliteration import folded

pytestmark = pytest.mark.django_db
FACE = {
    "name": "Cedar House", "name_fr": "", "face": "Cedar Place", "face_fr": "", "kind": "shelter",
}  # fmt: skip
FACTS = FACE | {"regime": "none", "division": "3558"}
# Spellings of "Old Town Police" that somebody would read, hear or see as that.
SPELT_OTHERWISE = (
    "Old Town Police",
    "OLD TOWN POLICE",
    "Old-Town  Police.",
    "Old\u00a0Town\u202fPolice",
    "Old Town Po\u00adlice",
    "Old\u200bTown\ufeffPolice",
    "Öld Tówn Policè",
    "Оld Тоwn Роliсе",  # in Cyrillic where it looks the same
    "Οld Τοwn Ρolicε",  # in Greek
    "Ｏｌｄ Ｔｏｗｎ Ｐｏｌｉｃｅ",
    "Old Town Poiice",
    "0ld T0wn P0lice",
    "Old Tovvn Police",
)


def change(who, **facts):
    return came_in(who).post("/account/agency", FACTS | facts)


@pytest.mark.parametrize("place", ["name", "name_fr", "face", "face_fr"])
@pytest.mark.parametrize("spelling", SPELT_OTHERWISE, ids=ascii)
def test_no_agency_is_called_like_another_in_any_spelling_or_language(house, superuser, place, spelling):
    answer = change(house.ana, **{place: spelling})

    assert answer.status_code == 409
    assert superuser.execute("select count(*) from agencies_accessrequest").fetchone() == (0,)


@pytest.mark.parametrize("spelling", SPELT_OTHERWISE, ids=ascii)
def test_nor_by_a_statement_that_two_confirmed_or_by_the_operator(house, superuser, spelling):
    id = uuid4()
    with proved(house.ana) as app:
        app.execute(
            "insert into agencies_accessrequest (id, agency_id, what, asked_by_id, asked_at, until, facts)"
            " values (%s, %s, 'face', %s, now(), now() + interval '1 day', %s)",
            [id, house.cedar.pk, house.ana.pk, Jsonb(FACE | {"face_fr": spelling})],
        )
        app.commit()
    confirm = "update agencies_accessrequest set confirmed_by_id = %s, confirmed_at = now() where id = %s"
    with proved(house.bo) as app, pytest.raises(psycopg.errors.UniqueViolation, match="is called that"):
        app.execute(confirm, [house.bo.pk, id])

    assert came_in(house.bo).post(f"/account/agency/requests/{id}/confirmation").status_code == 409
    with pytest.raises(CommandError, match="called that"):
        call_command("agency_add", slug="x", name="X", face=spelling, sector="community", kind="police")


def test_an_agency_keeps_and_changes_its_own_names_and_an_unlike_name_is_free(house):
    assert change(house.ana, name="Cedar  House", face="").status_code == 302
    assert change(house.ana, name="Old Town Legal Clinic").status_code == 302


def test_the_database_folds_as_the_product_does(superuser):
    """As it sounds; of the letters that look like others in one typeface, one stands for both."""
    whole = [
        chr(code) for code in range(0xC0, 0x590) if unicodedata.normalize("NFKD", chr(code)) == chr(code)
    ]
    letters = [letter for letter in whole if letter.isalpha() and folded(letter).isalnum()]

    keys = superuser.execute(
        "select letter, array(select ctx.name_keys(array['x' || letter])), ctx.name_key('x' || folded)"
        " from unnest(%s::text[], %s::text[]) each(letter, folded)",
        [letters, [folded(letter) for letter in letters]],
    ).fetchall()

    assert len(keys) > 500
    assert [letter for letter, found, wanted in keys if wanted not in found] == []


def said(superuser, house):
    return superuser.execute(
        "select face, regime from agencies_agency where id = %s", [house.cedar.pk]
    ).fetchone()


def test_a_face_is_read_by_a_second_person_before_anybody_sees_it(house, superuser):
    asked = came_in(house.ana).post("/account/agency", FACTS | {"face": "Pine Place", "regime": "phipa"})
    now = superuser.execute(
        "select face, regime from agencies_agency where id = %s", [house.cedar.pk]
    ).fetchone()
    bo = came_in(house.bo)
    page = bo.get("/account/agency").content.decode()
    (request,) = superuser.execute("select id from agencies_accessrequest").fetchone()
    bo.post(f"/account/agency/requests/{request}/confirmation")

    assert asked.status_code == 302
    assert now == ("Cedar Place", "phipa")
    assert "Neutral name in English: “Pine Place” instead of “Cedar Place”" in page
    assert "Name in English: “" not in page.replace("Neutral name in English", "")
    assert superuser.execute(
        "select face from agencies_agency where id = %s", [house.cedar.pk]
    ).fetchone() == ("Pine Place",)
    noted = superuser.execute("select action from trail_entry where action like 'agencies.%' order by at")
    assert [action for (action,) in noted] == ["agencies.changed", "agencies.face-asked", "agencies.changed"]


def test_without_proof_the_words_are_kept_and_the_way_is_shown(client, house, superuser):
    sign_in(client, house.ana)

    answer = client.post("/account/agency", FACTS | {"face": "Pine Place", "draft_of": "/account/agency"})
    (way,) = re.findall(r'href="(/account/me/again[^"]*)"', answer.content.decode())
    back = client.post(way, {"password": PASSPHRASE, "next": "/account/agency"})

    assert answer.status_code == 422
    assert 'value="Pine Place"' in answer.content.decode()
    assert 'value="Pine Place"' in client.get(back["Location"]).content.decode()
    assert superuser.execute("select count(*) from agencies_accessrequest").fetchone() == (0,)


@pytest.mark.parametrize("column", ["name", "name_fr", "face", "face_fr", "kind", "sector"])
def test_no_statement_of_one_administrator_changes_what_people_see(house, column):
    with proved(house.ana) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"update agencies_agency set {column} = {column}")


def test_a_mark_is_the_installations_and_tells_two_apart(house, settings):
    marks = {identity.mark(agency.pk) for agency in (house.cedar, house.police)}
    settings.INSTALLATION_KEY = "00" * 32

    assert len(marks) == 2
    assert all(re.fullmatch("[0-9]{3}\N{NO-BREAK SPACE}[0-9]{3}", mark) for mark in marks)
    assert marks.isdisjoint(identity.mark(agency.pk) for agency in (house.cedar, house.police))
