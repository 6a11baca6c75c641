"""From the first word to an edition: written, proven, signed by two, published whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from django.db import transaction

from alongside.briefs import commands, queries, rules
from alongside.briefs.edition.document import from_bytes, to_bytes
from alongside.briefs.edition.pdf import typeset
from alongside.briefs.models import Brief, Edition, Section, Signature, State
from alongside.briefs.tests.conftest import BASE, again, asked, do, written
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db


def proven(house, **facts):
    """A brief in proof, and the checksum of the proof."""
    brief = written(house.esme, **facts)
    return brief, do("prove", house.esme, brief=brief, base=BASE).checksum


def signed(house, **facts):
    """A brief that two have signed."""
    brief, checksum = proven(house, **facts)
    for who in (house.esme, house.ruth):
        do("sign", who, brief=brief, checksum=checksum)
    return brief


def state(brief, by):
    """Where it stands."""
    return asked(by, lambda: again(brief).state)


def test_a_brief_becomes_an_edition(house):
    brief = signed(house)

    edition = do("publish", house.esme, brief=brief)

    assert state(brief, house.esme) == State.PUBLISHED
    assert edition.number == 1
    document = from_bytes(bytes(edition.document))
    assert [len(group.recommendations) for group in document.groups] == [6, 3]
    assert document.address == f"{BASE}/briefs/two-rivers/1"
    assert bytes(edition.pdf_fr).startswith(b"%PDF")
    assert rules.checksum_of(bytes(edition.document)) == edition.checksum
    assert bytes(edition.pdf_fr) == typeset(document, "fr").pdf  # whoever holds the document can set it again


def test_the_next_edition_has_the_next_number_and_the_first_stays_as_it_was(house):
    brief = signed(house)
    first = do("publish", house.esme, brief=brief)
    do("take_back", house.kofi, brief=brief)
    do(
        "describe",
        house.kofi,
        brief=brief,
        facts={"title": {"en": "Again", "fr": "Encore"}, "slug": "elsewhere"},
    )
    checksum = do("prove", house.kofi, brief=brief, base=BASE).checksum
    for who in (house.kofi, house.noor):
        do("sign", who, brief=brief, checksum=checksum)

    second = do("publish", house.kofi, brief=brief)

    assert (second.number, second.slug) == (2, "two-rivers")
    kept = asked(house.esme, lambda: Edition.objects.get(pk=first.pk))
    assert bytes(kept.document) == bytes(first.document)
    assert [change.place for change in asked(house.esme, queries.changes, first, second, "en")] == [
        ("title",),
        ("method_box", "Numbers typed in the text"),  # "Forty calls" stood in the first title
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_place_that_lacks_a_language_is_named(house, language):
    brief = written(house.esme)
    section = asked(house.esme, lambda: Section.objects.filter(brief=brief, kind="recommendation")[3])
    words = {**section.impact, language: "  "}
    do(
        "write",
        house.esme,
        brief=brief,
        kind="recommendation",
        section_id=section.pk,
        facts={"impact": words},
    )

    with pytest.raises(rules.CannotPublish) as refused:
        do("prove", house.esme, brief=brief, base=BASE)

    assert [str(problem) for problem in refused.value.problems] == [
        f"Recommendation 4 · Impact: {'English' if language == 'en' else 'French'} is missing."
    ]
    assert state(brief, house.esme) == State.DRAFTING


def test_an_empty_brief_says_everything_that_is_missing(house):
    brief = do("begin", house.esme, facts={"slug": "empty"})

    with pytest.raises(rules.CannotPublish) as refused:
        do("prove", house.esme, brief=brief, base=BASE)

    places = [problem.place for problem in refused.value.problems]
    assert {
        "Title",
        "Summary",
        "Context",
        "Method",
        "Key messages",
        "Recommendations",
        "For whom this is",
    } <= set(places)
    assert len(
        [problem for problem in refused.value.problems if problem.words == str(rules.UNANSWERED)]
    ) == len(rules.QUESTIONS)


def test_a_citation_leads_somewhere(house):
    brief = written(house.esme)
    do(
        "write",
        house.esme,
        brief=brief,
        kind="context",
        facts={"body": {"en": "So it is.^9", "fr": "C’est ainsi.^1"}},
    )

    with pytest.raises(rules.CannotPublish) as refused:
        do("prove", house.esme, brief=brief, base=BASE)

    assert [str(problem) for problem in refused.value.problems] == [
        "Context: It cites reference 9, which is not there."
    ]


def test_key_messages_stay_on_their_page(house):
    brief = written(house.esme)
    long = "On and on. " * 500
    do("write", house.esme, brief=brief, kind="key_message", facts={"body": {"en": long, "fr": long}})

    with pytest.raises(rules.CannotPublish) as refused:
        do("prove", house.esme, brief=brief, base=BASE)

    assert [problem.place for problem in refused.value.problems] == ["Key messages", "Key messages"]


def test_a_no_to_a_question_is_explained(house):
    brief = written(house.esme)

    with pytest.raises(rules.CannotWrite):
        do("answer", house.esme, brief=brief, question="fairness", answer="partly", words=" ")
    do("answer", house.esme, brief=brief, question="fairness", answer="partly", words="Only for two towns.")

    assert asked(house.esme, queries.answers, brief)["fairness"].note == "Only for two towns."


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_brief_in_which_somebody_is_recognised_is_not_put_in_proof(house, answer):
    brief = written(house.esme)

    with pytest.raises(rules.CannotWrite):
        do("answer", house.esme, brief=brief, question=rules.RECOGNISE, answer=answer, words="")
    do("answer", house.esme, brief=brief, question=rules.RECOGNISE, answer=answer, words="By the house.")
    with pytest.raises(rules.CannotPublish) as refused:
        do("prove", house.esme, brief=brief, base=BASE)

    assert [problem.words for problem in refused.value.problems] == [str(rules.RECOGNISABLE)]
    do("answer", house.esme, brief=brief, question=rules.RECOGNISE, answer="no", words="")
    do("prove", house.esme, brief=brief, base=BASE)


def test_what_was_signed_without_that_no_is_not_published(house, superuser):
    brief = signed(house)
    superuser.execute("update briefs_check set answer = 'yes' where question = 'recognise'")

    with pytest.raises(rules.CannotPublish) as refused:
        do("publish", house.esme, brief=brief)
    document = asked(house.esme, lambda: queries.standing(brief).document)
    edition = commands.editions.printed(brief, document, house.esme, clock.now())
    with pytest.raises(Exception, match="row-level security"), ctx.as_worker(house.esme.pk):
        edition.save(force_insert=True)

    assert [problem.words for problem in refused.value.problems] == [str(rules.RECOGNISABLE)]


WHO_SIGNS = [
    (["esme", "ruth"], State.SIGNED),
    (["esme", "kofi"], State.SIGNED),
    (["noor", "esme"], State.SIGNED),
    (["esme"], State.PROOF),
    (["ruth", "noor"], State.PROOF),
    (["esme", "esme"], State.PROOF),
    (["esme", "maya"], State.PROOF),
    (["esme", "eve"], State.PROOF),
    (["esme", "margo"], State.PROOF),
    (["ruth", "noor", "esme"], State.SIGNED),
]


@pytest.mark.parametrize(("who", "then"), WHO_SIGNS)
def test_two_different_people_sign_an_editor_among_them(house, who, then):
    brief, checksum = proven(house)

    for name in who:
        try:
            do("sign", getattr(house, name), brief=brief, checksum=checksum)
        except (rules.CannotSign, Brief.DoesNotExist):
            continue

    assert state(brief, house.esme) == then


CONCERNED = [
    (["esme", "margo", "ruth"], State.SIGNED),
    (["margo", "esme", "kofi"], State.SIGNED),
    (["esme", "ruth"], State.PROOF),
    (["esme", "dan", "ruth"], State.PROOF),
    (["esme", "wenona", "ruth"], State.PROOF),
    (["margo", "ruth"], State.PROOF),
]


@pytest.mark.parametrize(("who", "then"), CONCERNED)
def test_the_data_steward_it_names_signs_where_it_concerns_them(house, who, then):
    brief, checksum = proven(house, concerns_indigenous=True, steward_agency_id=house.lodge.pk)

    for name in who:
        try:
            do("sign", getattr(house, name), brief=brief, checksum=checksum)
        except (rules.CannotSign, Brief.DoesNotExist):
            continue

    assert state(brief, house.esme) == then


def test_the_data_steward_sees_the_proof_and_nothing_before(house):
    brief = written(house.esme, concerns_indigenous=True, steward_agency_id=house.lodge.pk)
    assert not asked(house.margo, lambda: list(queries.briefs(house.margo)))

    do("prove", house.esme, brief=brief, base=BASE)

    seen = asked(house.margo, lambda: queries.standing(queries.get_brief(house.margo, brief.pk)))
    assert len(seen.document.recommendations) == 9
    assert not asked(house.margo, lambda: Section.objects.count())
    assert not asked(house.wenona, lambda: Brief.objects.count())
    assert not asked(house.dan, lambda: Brief.objects.count())


def test_what_is_in_proof_is_not_written_on(house):
    brief, _checksum = proven(house)

    for verb, told in (
        ("write", {"kind": "context", "facts": {"body": {"en": "x", "fr": "x"}}}),
        ("describe", {"facts": {"title": {"en": "x"}}}),
        ("answer", {"question": "issue", "answer": "yes", "words": ""}),
    ):
        with pytest.raises(rules.CannotWrite):
            do(verb, house.esme, brief=brief, **told)


def test_a_change_voids_what_was_signed(house):
    brief, checksum = proven(house)
    do("sign", house.ruth, brief=brief, checksum=checksum)
    do("take_back", house.esme, brief=brief)
    do("write", house.esme, brief=brief, kind="context", facts={"body": {"en": "Other.", "fr": "Autre."}})
    fresh = do("prove", house.esme, brief=brief, base=BASE).checksum

    assert fresh != checksum
    assert asked(house.esme, lambda: queries.standing(again(brief)).signatures) == []
    with pytest.raises(rules.CannotSign):
        do("sign", house.ruth, brief=brief, checksum=checksum)


def test_the_same_words_again_are_signed_still(house):
    brief, checksum = proven(house)
    do("sign", house.ruth, brief=brief, checksum=checksum)
    do("take_back", house.esme, brief=brief)

    assert do("prove", house.esme, brief=brief, base=BASE).checksum == checksum
    assert len(asked(house.esme, lambda: queries.standing(again(brief)).signatures)) == 1


@pytest.mark.parametrize("who", ["ruth", "noor", "margo", "eve", "maya"])
def test_only_an_editor_of_the_agency_publishes(house, who):
    brief = signed(house)

    with pytest.raises((rules.CannotPublish, Brief.DoesNotExist)):
        do("publish", getattr(house, who), brief=brief)

    assert state(brief, house.esme) == State.SIGNED


def test_what_is_not_signed_is_not_published(house):
    brief, checksum = proven(house)
    do("sign", house.esme, brief=brief, checksum=checksum)

    with pytest.raises(rules.CannotPublish):
        do("publish", house.esme, brief=brief)

    assert not asked(house.esme, lambda: Edition.objects.exists())


def test_an_edition_is_never_changed_or_removed(house, superuser):
    edition = do("publish", house.esme, brief=signed(house))

    for change in (
        "update briefs_edition set number = 7",
        "delete from briefs_edition",
        "truncate briefs_edition cascade",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
            superuser.execute(change)
    with (
        pytest.raises(Exception, match="permission denied"),
        ctx.as_worker(house.esme.pk),
        transaction.atomic(),
    ):
        Edition.objects.filter(pk=edition.pk).update(number=7)


def test_signatures_are_never_changed_or_removed(house, superuser):
    signed(house)

    for change in ("update briefs_signature set role = 'leader'", "delete from briefs_signature"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
            superuser.execute(change)


def test_nobody_signs_for_somebody_else(house):
    brief, checksum = proven(house)

    with pytest.raises(Exception, match="row-level security"), ctx.as_worker(house.esme.pk):
        Signature.objects.create(
            brief=brief,
            agency_id=house.desk.pk,
            checksum=checksum,
            role="leader",
            signed_by_id=house.ruth.pk,
            signed_at=clock.now(),
        )


@pytest.mark.parametrize(("to", "match"), [("signed", "two people sign"), ("published", "is an edition")])
def test_the_database_holds_to_the_way(house, to, match):
    brief, _checksum = proven(house)

    with pytest.raises(Exception, match=match), ctx.as_worker(house.esme.pk):
        Brief.objects.filter(pk=brief.pk).update(state=to, moved_by=house.esme.pk, moved_at=clock.now())


def test_a_leader_changes_no_word_whatever_the_program_says(house):
    brief = written(house.esme)

    with pytest.raises(Exception, match="by an editor"), ctx.as_worker(house.ruth.pk):
        Brief.objects.filter(pk=brief.pk).update(title={"en": "Mine", "fr": "À moi"})


def test_a_proof_is_sealed(house, superuser):
    brief, _checksum = proven(house)

    (kept,) = superuser.execute("select body from briefs_proof").fetchone()

    assert b"Forty calls" not in bytes(kept)
    assert asked(house.ruth, lambda: queries.standing(again(brief)).document.title.en).startswith(
        "Forty calls"
    )


def test_sections_are_put_in_order_and_taken_out(house):
    brief = written(house.esme)
    first, second = asked(
        house.esme, lambda: list(Section.objects.filter(brief=brief, kind="group").order_by("order"))
    )

    do("move", house.esme, section=second, up=True)
    assert asked(
        house.esme, lambda: [section.pk for section in queries.sections(brief) if section.kind == "group"]
    ) == [
        second.pk,
        first.pk,
    ]

    do("remove", house.esme, section=first)
    assert (
        asked(
            house.esme, lambda: [section.kind for section in queries.sections(brief)].count("recommendation")
        )
        == 3
    )


def test_a_plea_may_be_left_out(house):
    brief = written(house.esme)
    do("remove", house.esme, section=asked(house.esme, lambda: Section.objects.get(brief=brief, kind="plea")))

    assert not asked(house.esme, queries.assembled, house.esme, brief, on=clock.today(), base=BASE).problems


def test_an_edition_that_was_tampered_with_is_noticed(house):
    edition = do("publish", house.esme, brief=signed(house))

    document = replace(from_bytes(bytes(edition.document)), on="2020-01-01")

    assert rules.checksum_of(to_bytes(document)) != edition.checksum
