"""What may be printed.

The words that were seen, for whom and until when the speaker said, and nothing after a no.
"""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError

from alongside.agencies.tests import cast
from alongside.evidence import commands as evidence
from alongside.evidence.models import Participant, Source
from alongside.kernel import clock, ctx, seal
from alongside.kernel.commands import finish_effects
from alongside.kernel.refusal import Refusal
from alongside.quotes import commands, queries, rules
from alongside.quotes.models import Quote, QuoteWording
from alongside.quotes.tests import stage
from tests import keyrings
from tests.addresses import filled
from tests.examples import addresses_of
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there():
    return stage.study()


def test_a_quote_is_printed_as_it_was_seen_and_agreed(there):
    quote = stage.printable(there)

    (found,) = stage.publishable(there)

    assert (found.id, found.words, found.original) == (quote.id, {"en": stage.SAID}, "en")
    assert found.attribution == {
        "en": "A person with lived experience",
        "fr": "Une personne ayant une expérience vécue",
    }
    assert found.until == clock.today() + timedelta(days=365)


def test_nobody_s_words_are_printed_before_they_saw_them_and_said_yes(there):
    for quote in (stage.collected(there), stage.shown(there, stage.collected(there))):
        stage.thought_over(there, quote)

    assert stage.publishable(there) == []


def test_what_could_be_recognised_is_not_printed_unless_they_know_and_want_it(there):
    quote = stage.agreed(there, stage.collected(there))
    assert stage.publishable(there) == []
    stage.thought_over(there, quote, "could", ["dates"], reasons="A date")
    assert stage.publishable(there) == []

    stage.thought_over(there, quote, "could", ["dates"], their_choice=True)

    assert len(stage.publishable(there)) == 1


def test_each_reader_is_agreed_to_by_itself(there):
    stage.printable(there, audiences=["funder"])

    assert [len(stage.publishable(there, audience)) for audience in ("table", "funder", "public")] == [
        0,
        1,
        0,
    ]


def test_a_yes_lasts_until_its_day(there):
    quote = stage.printable(there, until=(clock.today() + timedelta(days=10)).isoformat())

    assert len(stage.publishable(there, on=clock.today() + timedelta(days=10))) == 1
    assert stage.publishable(there, on=clock.today() + timedelta(days=11)) == []
    with ctx.as_worker(there.noor.pk):
        assert queries.why_not(queries.get_quote(there.noor, quote.id), on=clock.today() + timedelta(days=11))


@pytest.mark.parametrize("kind", ["edited", "paraphrase"])
def test_a_letter_changed_is_shown_again(there, kind):
    quote = stage.printable(there)
    with ctx.as_worker(there.noor.pk):
        changed = commands.reword(
            quote=quote, kind=kind, words=stage.SAID[:-1], by=there.noor, at=clock.now()
        )
    stage.thought_over(there, changed)
    assert changed.state == "collected"
    assert stage.publishable(there) == []

    again = stage.agreed(there, changed)
    stage.thought_over(there, again)

    assert again.state == kind
    assert [quote.words["en"] for quote in stage.publishable(there)] == [stage.SAID[:-1]]
    assert stage.publishable(there)[0].paraphrase == (kind == "paraphrase")


def test_what_was_shown_is_what_stands_or_it_was_not_shown(there):
    quote = stage.collected(there)
    with ctx.as_worker(there.noor.pk):
        seen = queries.digest_of(quote, stage.SAID)
        commands.reword(quote=quote, kind="edited", words="Other words.", by=there.noor, at=clock.now())

        with pytest.raises(rules.CannotMove, match="changed"):
            commands.show(
                quote=quote, digest=seen, way="paper", shown_by_role="me", by=there.noor, at=clock.now()
            )


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
@pytest.mark.parametrize("source", [False, True])
def test_a_no_is_the_end_and_destroys_the_words(there, end, source):
    quote = stage.shown(there, stage.printable(there, source=source))
    with ctx.as_worker(there.noor.pk):
        getattr(commands, end)(quote=quote, by=there.noor, at=clock.now())

    assert stage.publishable(there) == []
    assert seal.keyring().holds(quote.id) is False
    with ctx.as_worker(there.noor.pk):
        assert set(QuoteWording.objects.values_list("words", flat=True)) == {None}
        assert queries.words_of(queries.get_quote(there.noor, quote.id)) is None
    for move in (commands.withdraw, commands.refuse):
        with ctx.as_worker(there.noor.pk), pytest.raises(Refusal):
            move(quote=quote, by=there.noor, at=clock.now())


def test_taken_back_while_the_keyring_is_held_the_pages_say_what_is_so(there, client):
    quote = stage.shown(there, stage.printable(there))
    with keyrings.held(), ctx.as_worker(there.noor.pk):
        commands.withdraw(quote=quote, by=there.noor, at=clock.now())
    pages = [f"/quotes/{quote.pk}", f"/quotes/studies/{there.study.pk}?state=over"]
    cast.sign_in(client, there.noor)

    assert seal.keyring().holds(quote.id)
    for page in pages:
        assert "hidden from everybody and being destroyed" in client.get(page).content.decode()
    assert finish_effects(about=quote.id) == 1
    assert not seal.keyring().holds(quote.id)
    for page in pages:
        assert "The words are destroyed." in client.get(page).content.decode()


def test_quotes_of_a_source_whose_key_is_still_to_go_are_hidden_with_it(there, client):
    with ctx.as_worker(there.noor.pk):
        Source.objects.filter(pk=there.source.pk).update(
            state="ready", raw=None, body=b"\x01", cleaned_by=there.noor.pk, cleaned_at=clock.now()
        )
    quote = stage.printable(there, source=True)
    assert len(stage.publishable(there)) == 1
    with keyrings.held(), ctx.as_worker(there.noor.pk):
        evidence.withdraw(source_id=there.source.pk, by=there.noor, at=clock.now())
    cast.sign_in(client, there.noor)

    assert seal.keyring().holds(there.source.pk)
    assert stage.publishable(there) == []
    with ctx.as_worker(there.noor.pk):
        assert queries.words_of(queries.get_quote(there.noor, quote.id)) is None
    page = client.get(f"/quotes/{quote.pk}").content.decode()
    assert "hidden from everybody and being destroyed" in page
    for paths in addresses_of("quotes").values():
        for path in paths:
            asked = filled(path, {"quote_id": quote.pk, "study_id": there.study.pk})
            assert client.get(asked).status_code < 500, path
            assert client.post(asked).status_code < 500, path


def test_a_source_taken_back_takes_its_quotes_along(there):
    with ctx.as_worker(there.noor.pk):
        Source.objects.filter(pk=there.source.pk).update(
            state="ready", raw=None, body=b"\x01", cleaned_by=there.noor.pk, cleaned_at=clock.now()
        )
    quote = stage.printable(there, source=True)
    assert len(stage.publishable(there)) == 1

    with ctx.as_worker(there.noor.pk):
        gone = {
            "state": "withdrawn",
            "body": None,
            "withdrawn_by": there.noor.pk,
            "withdrawn_at": clock.now(),
        }
        Source.objects.filter(pk=there.source.pk).update(**gone)
    assert stage.publishable(there) == []
    seal.keyring().destroy(there.source.id)

    assert stage.publishable(there) == []
    with ctx.as_worker(there.noor.pk):
        assert queries.standing(there.noor, [quote.id], audience="public", on=clock.today()) == set()
        assert queries.words_of(queries.get_quote(there.noor, quote.id)) is None


def test_a_translation_is_printed_once_somebody_else_checked_it_and_says_so(there):
    quote = stage.printable(there)
    with ctx.as_worker(there.noor.pk):
        made = commands.translate(
            quote=quote,
            language="fr",
            words="Quatre fois.",
            translator="certified",
            by=there.noor,
            at=clock.now(),
        )
        with pytest.raises(rules.CannotCheck):
            commands.check_translation(translation=made, by=there.noor, at=clock.now())
    assert "fr" not in stage.publishable(there)[0].words

    with ctx.as_worker(there.ana.pk):
        commands.check_translation(translation=made, by=there.ana, at=clock.now())

    (found,) = stage.publishable(there)
    assert (found.words["fr"], found.original, found.translators) == (
        "Quatre fois.",
        "en",
        {"fr": "Une personne traductrice agréée"},
    )


def test_a_translation_belongs_to_the_words_it_was_made_of(there):
    quote = stage.printable(there)
    with ctx.as_worker(there.noor.pk):
        made = commands.translate(
            quote=quote, language="fr", words="Quatre fois.", translator="us", by=there.noor, at=clock.now()
        )
    with ctx.as_worker(there.ana.pk):
        commands.check_translation(translation=made, by=there.ana, at=clock.now())
        commands.reword(quote=quote, kind="edited", words="Five times.", by=there.ana, at=clock.now())
    again = stage.agreed(there, quote)
    stage.thought_over(there, again)

    assert stage.publishable(there)[0].words == {"en": "Five times."}


def test_who_does_not_want_it_translated_is_not(there):
    quote = stage.printable(there, may_translate=False)
    with ctx.as_worker(there.noor.pk):
        made = commands.translate(
            quote=quote, language="fr", words="Quatre fois.", translator="us", by=there.noor, at=clock.now()
        )
    with ctx.as_worker(there.ana.pk):
        commands.check_translation(translation=made, by=there.ana, at=clock.now())

    assert stage.publishable(there)[0].words == {"en": stage.SAID}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"attribution": "nothing"}, ("", "")),
        ({"attribution": "name", "name_en": "River", "name_fr": "River"}, ("River", "River")),
    ],
)
def test_what_stands_under_the_words_is_what_the_speaker_chose(there, said, told):
    stage.printable(there, **said)

    assert stage.publishable(there)[0].attribution == {"en": told[0], "fr": told[1]}


WORKER = {"attribution": "role", "name_en": "A worker", "name_fr": "Une intervenante"}
IN_CENTRAL = WORKER | {"attribution": "role_region", "region": "central"}
RIVER = {"attribution": "name", "name_en": "River", "name_fr": "River"}
OTHERS = [WORKER | {"name_en": name} for name in ("A nurse", "A lawyer", "A driver")]
BROADER = "A person who provides a service"
# What each speaker agreed to have under their words, and what is printed: a role, or a role in a region, of
# at least three people, and nobody is left over whom the broader one would name.
MERGED = [
    ([WORKER], [BROADER]),
    ([WORKER] * 2, [BROADER] * 2),
    ([WORKER] * 3, ["A worker"] * 3),
    ([IN_CENTRAL] * 3, ["A worker (Central)"] * 3),
    ([IN_CENTRAL] * 2 + [WORKER], ["A worker"] * 3),
    ([IN_CENTRAL] * 3 + [WORKER], ["A worker"] * 4),
    ([WORKER] * 3 + OTHERS[:1], [BROADER] * 4),
    ([WORKER] * 3 + OTHERS, ["A worker"] * 3 + [BROADER] * 3),
    ([WORKER] * 3 + [RIVER, {"attribution": "nothing"}], ["A worker"] * 3 + ["River", ""]),
]


@pytest.mark.parametrize(("agreed", "printed"), MERGED)
def test_a_role_that_stands_for_too_few_becomes_the_broader_one(there, agreed, printed):
    for number, said in enumerate(agreed):
        with ctx.as_worker(there.noor.pk):
            there.one = Participant.objects.create(
                agency_id=there.agency.pk, study=there.study, code=f"Q{number}", speaks_as="provider"
            )
        stage.printable(there, f"{number} calls.", of="one", **said)

    found = stage.publishable(there)

    assert [quote.attribution["en"] for quote in found] == printed
    assert {quote.attribution["en"] for quote in found if quote.merged} <= {BROADER, "A worker"}
    assert all(quote.merged for quote in found if quote.attribution["en"] == BROADER)


@pytest.mark.parametrize(
    "said",
    [
        {"attribution": ""},
        {"attribution": "role", "name_en": "A mother"},
        {"attribution": "role_region", "name_en": "A", "name_fr": "B"},
        {"audiences": []},
        {"audiences": ["everybody"]},
        {"until": ""},
        {"until": "2020-01-01"},
        {"until": "2099-01-01"},
    ],
)
def test_a_yes_says_to_what(there, said):
    with pytest.raises(Refusal):
        stage.agreed(there, stage.collected(there), **said)


def test_a_provider_is_not_a_person_with_lived_experience(there):
    with pytest.raises(rules.CannotAgree):
        stage.agreed(there, stage.collected(there, of="provider"))

    stage.printable(
        there, of="provider", attribution="role", name_en="A worker", name_fr="Quelqu’un qui travaille là"
    )
    assert len(stage.publishable(there)) == 1


def test_what_several_people_agreed_to_have_told_is_printed_once_and_only_as_all_of_them_agreed(there):
    for of, said in (
        ("person", {}),
        ("provider", {"attribution": "nothing", "until": (clock.today() + timedelta(days=9)).isoformat()}),
    ):
        quote = stage.collected(there, f"{of} said this.", of=of)
        with ctx.as_worker(there.noor.pk):
            quote = commands.reword(
                quote=quote,
                kind="paraphrase",
                words="It was told again and again.",
                by=there.noor,
                at=clock.now(),
            )
        stage.thought_over(there, stage.agreed(there, quote, **said))

    (found,) = stage.publishable(there)

    assert len(found.voices) == len(found.speakers) == 2
    assert (found.attribution, found.until) == ({"en": "", "fr": ""}, clock.today() + timedelta(days=9))
    assert [imbalance.kind for imbalance in queries.balance([found])] == ["theme"]
    with ctx.as_worker(there.noor.pk):
        commands.withdraw(quote=queries.get_quote(there.noor, found.id), by=there.noor, at=clock.now())
    assert [quote.voices for quote in stage.publishable(there)] == [found.voices[1:]]


def test_two_of_one_speaker_and_three_for_a_theme():
    spoken = [("theme", 1), ("theme", 1), ("theme", 1), ("other", 2), ("other", 3), ("other", 4), (None, 5)]

    found = rules.out_of_balance(spoken)

    assert [(imbalance.kind, imbalance.about, imbalance.count) for imbalance in found] == [
        ("speaker", 1, 3),
        ("theme", "theme", 1),
    ]
    assert rules.out_of_balance(spoken, most=3, least=1) == []


def test_the_database_itself_refuses_words_nobody_saw(there):
    quote, other = stage.agreed(there, stage.collected(there)), stage.collected(there)
    with acting(there.noor.pk) as app:
        for words, values in (
            (
                "update quotes_quote set state = 'as_is', consent_id = %s where id = %s",
                (quote.consent_id, other.id),
            ),
            ("update quotes_quote set wording_id = %s where id = %s", (other.wording_id, quote.id)),
            ("update quotes_quotewording set words = 'x' where id = %s", (quote.wording_id,)),
            ("update quotes_quote set state = 'no', consent_id = null where id = %s", (other.id,)),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(words, values)
        for words in (
            "update quotes_quoteconsent set yes = true",
            "delete from quotes_quotereview",
            "delete from quotes_quotewording",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(words)


def test_the_database_itself_keeps_a_withdrawal(there):
    quote = stage.printable(there)
    with ctx.as_worker(there.noor.pk):
        commands.withdraw(quote=quote, by=there.noor, at=clock.now())

    for state in ("collected", "shown", "as_is"):
        with pytest.raises(DatabaseError), ctx.as_worker(there.noor.pk):
            Quote.objects.filter(pk=quote.pk).update(
                state=state, consent=quote.consent_id, withdrawn_by=None, withdrawn_at=None
            )


def test_words_under_one_quote_s_key_do_not_open_as_another_s(there):
    quote, other = stage.collected(there), stage.collected(there, "Others.")

    assert bytes(quote.wording.digest) != queries.digest_of(other, stage.SAID)
