"""Seven files on which the tour rests, and one question about nobody: whoever signs in finds these."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.desk.demo.scenario import District, Story, ask, open_file, send, talk, wish
from alongside.files import commands as files
from alongside.kernel import clock
from alongside.plans import commands as plans
from alongside.referrals import commands as referrals

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File
    from alongside.plans.models import Priority

EVERYTHING = ("called", "languages", "contact", "introduction", "priority")


def jo(d: District) -> Story:
    """Jo, Biscuit and a room.

    Accepted at North Shore, no answer yet from Cedar Legal, a waiting list at Lakeside.
    """
    maya, tala, dev = d.workers["maya"], d.workers["tala"], d.workers["dev"]
    first = d.day(18, 14)
    yield maya, first
    file = open_file(maya, first, ("Jo", "they/them"), "en")
    files.choose_lead(file=file, lead_id=maya.pk, backup_id=d.workers["priya"].pk, by=maya, at=first)
    wants = _what_jo_wants(d, file, maya)
    at = d.day(9, 10)
    yield maya, at
    lakeside = ask(
        d,
        file,
        d.agencies["lakeside"],
        wants[0],
        "Jo and a small dog look for a few weeks somewhere quiet.",
        maya,
        at,
    )
    talk(file, lakeside, maya, at, until=d.now + timedelta(days=20))
    lakeside = send(lakeside, maya, at)
    cedar = ask(
        d,
        file,
        d.agencies["cedar"],
        wants[1],
        "Jo would like to see their son. Please don’t call his father.",
        maya,
        at,
        role="intake",
    )
    talk(file, cedar, maya, at, until=d.now + timedelta(days=21))
    cedar = send(cedar, maya, at, within=timedelta(days=7))
    at = d.day(3, 9)
    yield maya, at
    for slug in ("blue-door", "stillwater"):
        to = d.agencies[slug].pk
        referrals.rank(file_id=file.id, priority_id=wants[2].id, to_agency_id=to, by=maya, at=at)
    words = (
        "Jo likes to be asked, not told. They come with Biscuit, who is house-trained. They have told their "
        "story; please don’t ask again."
    )
    room = ask(d, file, d.agencies["north-shore"], wants[0], words, maya, at)
    talk(file, room, maya, at, until=d.now + timedelta(days=27), kinds=EVERYTHING)
    room = send(room, maya, at, within=timedelta(days=2))
    yield tala, d.day(2, 8)
    referrals.mark_seen(referral=room, by=tala, at=d.day(2, 8))
    coming = {"where": "The side door, ring twice", "ask_for": "Rosa", "bring": "Biscuit"}
    on = clock.day(d.midnight) + timedelta(days=4)
    room = referrals.say_yes(referral=room, on=on, hour=time(14), by=tala, at=d.day(2, 8), **coming)
    yield dev, d.day(2, 16)
    referrals.mark_seen(referral=lakeside, by=dev, at=d.day(2, 16))
    referrals.decline(
        referral=lakeside, reason="waitlist", barriers=["pets"], wait_band="weeks", by=dev, at=d.day(2, 16)
    )
    arjun = d.workers["arjun"]
    yield arjun, d.day(2, 17)
    referrals.mark_seen(referral=cedar, by=arjun, at=d.day(2, 17))
    asks = "Would they rather meet at our office, or talk on the telephone first?"
    referrals.ask_back(referral=cedar, words=asks, by=arjun, at=d.day(2, 17))
    yield tala, d.day(1, 9)
    referrals.progress(referral=room, to="in-progress", by=tala, at=d.day(1, 9))


def _what_jo_wants(d: District, file: File, maya: Worker) -> list[Priority]:
    at = d.day(17, 10)
    reach = {
        "channel": "text",
        "value": "705-555-0142",
        "when": "weekdays before 3",
        "we_say_we_are": "the library",
        "text": True,
    }
    files.write_contact(file=file, contact_id=None, body=reach, safe=True, by=maya, at=d.day(4, 11))
    said: tuple[tuple[tuple[str, str, str, str, str], str, dict[str, str]], ...] = (
        (
            (
                "shelter_weeks",
                "A place where nobody finds me and Biscuit can come too.",
                "en",
                "A door of our own.",
                "Look at the room",
            ),
            "now",
            {},
        ),
        (
            ("family_contact", "See my son. Just that.", "en", "", ""),
            "now",
            {"not_wants": "Nobody is to call his father."},
        ),
        (("peer_support", "Maybe talk to somebody who went through it.", "en", "", ""), "later", {}),
    )
    wants = [wish(file, want, maya, at, pace=pace, **private) for want, pace, private in said]
    thursday = clock.day(d.midnight) + timedelta(days=(3 - d.midnight.weekday()) % 7 or 7)
    steps = (
        (wants[0], "Ask about a pet deposit", "maya", thursday, False),
        (wants[1], "Go along to the first meeting", "priya", thursday, False),
        (wants[1], "Write down Jo’s questions together", "maya", None, True),
        (None, "Thank North Shore for the blanket", "maya", None, False),
    )
    for about, words, who, due, done in steps:
        step = plans.add_step(
            file_id=file.id,
            priority_id=about.id if about else None,
            words=words,
            worker_id=d.workers[who].pk,
            due_on=due,
            by=maya,
            at=at,
        )
        if done:
            plans.do_step(step=step, done=True, by=maya, at=at)
    plans.suggest(file_id=file.id, words="The library card needs no address.", by=maya, at=at)
    return wants


def nurse(d: District) -> Story:
    """A nurse, and no police: waits for the hospital's answer."""
    priya, at = d.workers["priya"], d.day(1, 15)
    yield priya, at
    file = open_file(priya, at, ("Mimi", "she/her"), "en")
    want = wish(file, ("assault_care", "A nurse. No police.", "en", "Go in by the side door.", ""), priya, at)
    words = (
        "Mimi would like to come in by the side door, with me, one evening this week. She decides what is "
        "looked at. No police, please."
    )
    asked = ask(d, file, d.agencies["hospital"], want, words, priya, at)
    talk(file, asked, priya, at, until=d.now + timedelta(days=14))
    send(asked, priya, at, within=timedelta(days=2))


def again(d: District) -> Story:
    """Somebody to ask again: a way of reaching them gone stale, an agreement about to end."""
    maya, at = d.workers["maya"], d.day(52, 10)
    yield maya, at
    file = open_file(maya, at, ("Little J", ""), "en")
    files.write_contact(
        file=file,
        contact_id=None,
        body={"channel": "through", "value": "an aunt", "when": "Sundays"},
        safe=True,
        by=maya,
        at=at,
    )
    want = wish(
        file,
        ("housing", "My own place, even if it is small.", "en", "A kitchen with a window.", ""),
        maya,
        at,
    )
    asked = ask(
        d,
        file,
        d.agencies["homes"],
        want,
        "Little J looks for one room near a bus. Papers are in order.",
        maya,
        at,
    )
    talk(file, asked, maya, at, until=d.now + timedelta(days=4))
    asked = send(asked, maya, at)
    olive, answered = d.workers["olive"], d.day(48, 10)
    yield olive, answered
    referrals.mark_seen(referral=asked, by=olive, at=answered)
    asked = referrals.accept(referral=asked, by=olive, at=answered)
    yield olive, d.day(3, 10)
    referrals.progress(referral=asked, to="completed", by=olive, at=d.day(3, 10))


def en_francais(d: District) -> Story:
    """A file in French; La Passerelle asks the open desk for help with papers."""
    camille, at = d.workers["camille"], d.day(6, 10)
    yield camille, at
    file = open_file(camille, at, ("Zoé", "elle"), "fr")
    want = wish(
        file,
        (
            "identification",
            "Ravoir mes papiers, sans passer par la police.",
            "fr",
            "Une carte à mon nom.",
            "Appeler lundi",
        ),
        camille,
        at,
    )
    wish(
        file,
        ("education", "Terminer mon cours de coiffure.", "fr", "Avoir mes propres ciseaux.", ""),
        camille,
        at,
        pace="later",
    )
    due = clock.day(d.midnight) + timedelta(days=2)
    plans.add_step(
        file_id=file.id,
        priority_id=want.id,
        words="Appeler le bureau des cartes Santé",
        worker_id=camille.pk,
        due_on=due,
        by=camille,
        at=at,
    )
    asked = ask(
        d,
        file,
        d.agencies["riverside"],
        want,
        "Zoé aimerait ravoir ses papiers. Je peux venir la première fois.",
        camille,
        at,
    )
    talk(file, asked, camille, at, until=d.now + timedelta(days=24), kinds=EVERYTHING)
    send(asked, camille, at, within=timedelta(days=10))


def circle(d: District) -> Story:
    """Wednesdays at the circle, and a counsellor besides."""
    nodin, leila, at = d.workers["nodin"], d.workers["leila"], d.day(40, 13)
    yield nodin, at
    file = open_file(nodin, at, ("Sky", "she/her"))
    files.set_languages(file=file, tags=["oj", "en"], words="Learning the language back.", by=nodin, at=at)
    wish(
        file,
        ("indigenous_led", "To be with my own people for a while.", "en", "Wednesdays at the circle.", ""),
        nodin,
        at,
    )
    want = wish(
        file, ("counselling", "Somebody to talk to, but not about that yet.", "en", "", ""), nodin, at
    )
    asked = ask(
        d,
        file,
        d.agencies["blue-door"],
        want,
        "Sky would like to meet you once, over tea, and see.",
        nodin,
        at,
    )
    talk(file, asked, nodin, at, until=d.now + timedelta(days=30), kinds=EVERYTHING)
    asked = send(asked, nodin, at)
    yield leila, d.day(37, 10)
    referrals.mark_seen(referral=asked, by=leila, at=d.day(37, 10))
    referrals.accept(referral=asked, by=leila, at=d.day(37, 10))


def one_package(d: District) -> Story:
    """One thing agreed for the police, and nothing else of the file: a question about a lost phone."""
    tomas, at = d.workers["tomas"], d.day(2, 11)
    yield tomas, at
    file = open_file(tomas, at, ("Kit", ""))
    want = wish(file, ("reporting", "Tell them about the phone. Only the phone.", "en", "", ""), tomas, at)
    wish(file, ("phone_safety", "A phone nobody else looks at.", "en", "A new number.", ""), tomas, at)
    words = (
        "Kit would like to report a phone that was taken. They "
        "will answer questions about the phone, here, with me."
    )
    asked = ask(d, file, d.agencies["police"], want, words, tomas, at, role="intake")
    talk(file, asked, tomas, at, until=d.now + timedelta(days=7), kinds=("called", "introduction"))
    send(asked, tomas, at)


def not_them(d: District) -> Story:
    """Asked, agreed, and ended with one word.

    The other side finds nothing and is told to stop using what it saw.
    """
    felix, sara, at = d.workers["felix"], d.workers["sara"], d.day(12, 10)
    yield felix, at
    file = open_file(felix, at, ("Tash", "she/her"), "en")
    want = wish(file, ("counselling", "Somebody who just listens.", "en", "", ""), felix, at)
    asked = ask(d, file, d.agencies["stillwater"], want, "Tash looks for somebody who listens.", felix, at)
    talk(file, asked, felix, at, until=d.now + timedelta(days=18))
    asked = send(asked, felix, at)
    yield sara, d.day(10, 10)
    referrals.mark_seen(referral=asked, by=sara, at=d.day(10, 10))
    referrals.accept(referral=asked, by=sara, at=d.day(10, 10))
    end = d.day(1, 17)
    yield felix, end
    referrals.withdraw(file_id=file.id, release_id=asked.release_id, by=felix, at=end)
    second = ask(d, file, d.agencies["blue-door"], want, "Tash would rather hear from you first.", felix, end)
    release = consents.get_release(felix, file.id, second.release_id)
    consent.decline(release=release, for_good=False, by=felix, at=end)


def three_people(d: District) -> Story:
    """Before anybody is named: whether North Shore has room for three who speak Punjabi. Not answered yet."""
    maya, at = d.workers["maya"], d.day(1, 9)
    yield maya, at
    referrals.ask_for_capacity(
        to_agency_ids=[d.agencies["north-shore"].pk],
        need="shelter_weeks",
        day=clock.day(d.midnight) + timedelta(days=3),
        people=3,
        languages=["pa"],
        by=maya,
        at=at,
    )


SCRIPTED = (jo, nurse, again, en_francais, circle, one_package, not_them, three_people)
