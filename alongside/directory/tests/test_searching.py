"""Found by need, place, language, age, hours and words, however they are spelled; best fit first."""

from datetime import UTC, datetime, time
from urllib.parse import urlencode

import pytest
import time_machine

from alongside.directory import commands, queries
from alongside.directory.criteria import Asked
from alongside.directory.models import Opening
from alongside.directory.tests import factories
from alongside.kernel import ctx
from tests.cases import case


def names(**asked):
    return [entry.name for entry in queries.find(None, Asked(**asked)).entries]


def test_the_best_fit_comes_first(db):
    factories.entry("C far", needs=["food", "shelter_tonight"], languages=["fr"])
    factories.entry("B plain", needs=["shelter_tonight"])
    factories.entry("A french", needs=["shelter_tonight"], languages=["fr"])
    factories.entry("D english", needs=["shelter_tonight"], languages=["en"])

    assert names(need="shelter_tonight", language="fr") == ["A french", "B plain", "C far"]


@pytest.mark.parametrize("place", ["Thunder Bay", "thunder bay", "Thunder Bya", "Thuner Bay", "THUNDERBAY"])
def test_a_place_is_found_however_it_is_spelled(db, place):
    factories.entry("Here")
    factories.entry("Elsewhere", division="3520", community="Toronto")
    factories.entry("Everywhere", division="3520", community="Toronto", serves=["on"])

    assert names(place=place) == ["Here", "Everywhere"]


@pytest.mark.parametrize(
    "words",
    ["women's shelter", "Womens sheltr", "wmens shelter house", "beau séjour", "beau sejour", "maison beau"],
)
def test_words_are_found_however_they_are_spelled(db, words):
    factories.entry("Women's Shelter House", name_fr="Maison Beau Séjour")
    factories.entry("Harbour food", needs=["food"])

    assert names(words=words)[0] == "Women's Shelter House"


def test_a_kind_of_service_is_found_by_its_word(db):
    factories.entry("Shoppers", needs=["medicine"], service_type="pharmacy")

    assert names(words="pharmacie") == ["Shoppers"]


@pytest.mark.parametrize(
    ("age", "found"),
    [(15, ["Anyone"]), (16, ["Anyone", "Youth"]), (24, ["Anyone", "Youth"]), (25, ["Anyone"])],
)
def test_age_leaves_out_only_what_says_so(db, age, found):
    factories.entry("Youth", minimum_age=16, maximum_age=24)
    factories.entry("Anyone")

    assert names(age=age, need="shelter_tonight") == found


@pytest.mark.parametrize(("hour", "found"), [(3, ["Night"]), (10, ["Day"]), (23, ["Night"]), (18, [])])
def test_open_now_follows_the_clock_past_midnight(db, hour, found):
    for name, opens, closes in (("Day", time(9), time(17)), ("Night", time(21), time(6))):
        entry = factories.entry(name)
        with ctx.as_operator():
            for weekday in range(7):
                Opening.objects.create(entry_id=entry.pk, weekday=weekday, opens_at=opens, closes_at=closes)

    with time_machine.travel(datetime(2026, 11, 22, (hour + 5) % 24, 30, tzinfo=UTC), tick=False):
        assert names(open_now=True) == found


def test_no_police_needed_takes_only_what_says_so(db):
    factories.entry("Known", flags=["no_police_needed"])
    factories.entry("Unknown")

    assert names(no_police=True) == ["Known"]


def test_nothing_typed_is_ever_wrong(page):
    for query in (
        "need=nonsense",
        "age=old",
        "age=-1",
        "page=99999999999999999999",
        "words=%00%FF",
        "place=%27%22%3B",
        "language=xx&words=%25%25_",
        "open_now=maybe",
        "words=" + "a" * 3000,
    ):
        assert page.get(f"/directory/?{query}").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"need": "shelter_tonight"},
        {"words": "riversde drop", "place": "Thunder Bay", "language": "fr", "open_now": True},
    ],
)
def test_a_search_takes_few_statements_however_much_is_found(db, django_assert_max_num_queries, asked):
    for number in range(40):
        factories.entry(f"Riverside drop {number}")

    with django_assert_max_num_queries(5):
        queries.find(None, Asked(**asked))


def test_french_names_are_shown_in_french(page):
    factories.entry("Health centre", name_fr="Centre de santé")

    answer = page.get("/directory/?need=shelter_tonight", headers={"accept-language": "fr"})

    assert "Centre de santé" in answer.text


def test_a_name_in_syllabics_is_found_by_itself_and_first(db):
    for _ in range(3):
        factories.entry("Another place")
    commands.import_file(
        content=case("21-syllabics-find-everything/hsds.json").read_bytes(), source_name="A list"
    )
    [typed] = case("21-syllabics-find-everything/search.txt").read_text().split()

    assert [typed in name for name in names(words=typed)] == [True]


@pytest.mark.parametrize("typed", ["%", "👩", "…", "the", "“”"])
def test_words_that_cannot_be_looked_for_find_nothing_and_say_so(page, typed):
    factories.entry("Riverside")

    assert names(words=typed) == []
    said = page.get(f"/directory/?{urlencode({'words': typed})}").content.decode()
    assert "There is nothing in these words that can be looked for" in said


def test_a_place_that_is_not_known_shows_nothing_from_elsewhere(page):
    factories.entry("Riverside", community="Port Wonder", division="")
    factories.entry("Northside", community="North York", division="3520")

    assert names(place="York Region") == []
    assert names(place="Port Wonder") == ["Riverside"]
    assert "This place isn’t known here" in page.get("/directory/?place=New+Atlantis+York").content.decode()


def test_a_word_that_names_a_need_is_no_slip_of_another_word(db):
    factories.entry("Dementia House")
    factories.entry("Teeth", needs=["dental"])

    assert names(words="dentist") == names(words="dental") == ["Teeth"]


@pytest.mark.parametrize("words", ["hébergement", "hébergment", "hebergemnt"])
def test_the_name_of_a_need_is_forgiven_its_spelling_too(db, words):
    factories.entry("A house", needs=["shelter_tonight"])
    factories.entry("Logement Nord", needs=["food"])

    assert "A house" in names(words=words)
    assert "Logement Nord" not in names(words=words)


def test_of_what_was_misspelled_only_the_nearest_is_meant(db):
    factories.entry("Riverside House")
    factories.entry("Rivers Pharmacy")

    assert names(words="riversde") == ["Riverside House"]


def test_the_kind_that_was_named_stands_before_what_only_helps_with_the_same(db):
    factories.entry("A shelter that cooks", needs=["food"])
    factories.entry("Z Bank of food", needs=["food"], service_type="food_bank")

    assert names(words="banque alimentaire") == ["Z Bank of food", "A shelter that cooks"]


def test_the_file_a_service_is_sought_for_is_put_down(page):
    session = page.session
    session["seeking"] = {"file": "", "about": "", "need": ""}
    session.save()

    assert page.post("/directory/putting-down").url == "/directory/"
    assert "seeking" not in page.session
