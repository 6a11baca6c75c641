"""What the tests of the whole have to know of the requests: who was asked, and what came of it."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from uuid import uuid4

import time_machine

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.tests import cast
from tests.examples import ASKED, COLLEAGUE, CUSTODIAN, KEEPS, LONG, MEETS, Door, Scene, Write

EITHER = CUSTODIAN | {"released"}  # the custodian is told whose answer it is
DRAFT = ("passing_on", "introduction", "agreement", "check")
SAID = ("refusal", "acceptance", "not_yet", "question", "messages")
TALKED_ABOUT = ("referral", *SAID)
DOORS: dict[str, Door] = {
    "referrals:list": ("get", MEETS),
    "referrals:notices": ("post", MEETS),
    "referrals:new": ("post", CUSTODIAN),
    "referrals:whom": ("post", CUSTODIAN),
    **{f"referrals:{name}": ("get", EITHER) for name in TALKED_ABOUT},
    **{f"referrals:{name}": ("post", EITHER) for name in ("progress", "outcome", "noted", "suggestion")},
    **{f"referrals:{name}": ("get", set()) for name in DRAFT},  # sent: no longer a draft
    **{
        f"referrals:{name}": ("post", CUSTODIAN)
        for name in ("taking_back", "putting_back", "renewal", "mistake", "lift", "seek", "end")
    },
    "referrals:order": ("post", CUSTODIAN),
    "referrals:ranked": ("post", CUSTODIAN),
    "referrals:paper": ("get", CUSTODIAN),
    "referrals:blocks": ("get", CUSTODIAN),
    "referrals:new_capacity": ("get", KEEPS),
    "referrals:capacity": ("get", CUSTODIAN | COLLEAGUE | {"released", "other role", "barred"}),
    "referrals:for_somebody": ("post", CUSTODIAN | COLLEAGUE | {"barred"}),
    "referrals:not_me": ("post", CUSTODIAN),
    "referrals:recusals": ("get", {"privacy"}),
    "referrals:lift_recusal": ("post", {"privacy"}),
}
NOT_PAGES = {name for name, (method, _let_in) in DOORS.items() if method == "post"} | {"referrals:recusals"}
READ_ONLY = {
    "referrals:whom",
    "referrals:new_capacity",
    "referrals:capacity",
    "referrals:list",
    "referrals:referral",
    "referrals:recusals",
}
SEEN = {
    "referrals_referral": CUSTODIAN | ASKED,
    "referrals_referralintake": set(),
    "referrals_message": CUSTODIAN | ASKED,
    "referrals_rankedagency": CUSTODIAN,
}
HEARD = ("agreement", "check", "paper", "introduction", "passing_on", "_warning", "forms")
SOON = clock.today() + timedelta(days=5)
LATER = {"day": str(SOON.day), "month": str(SOON.month)}
NOTHING = "nothing is shared"
NOBODY = "nobody else is asked"
NOT_THEM = "“not them” is heard at any time"
WRITES = (
    Write(
        "/requests/notices",
        {"read": "1"},
        by="released",
        still="the other side stops using what it saw",
        when_shut=True,
    ),
    Write("/requests/of/<file_id>/new", {"agency": "<other_id>"}),
    Write("/requests/<draft_id>/introduction", {"words": "Jo is new here."}),
    Write("/requests/<draft_id>/passing-on", {"explained": "on"}),
    Write(
        "/requests/<draft_id>/agreement",
        {
            "items": "<priority_id>",
            "purpose": "answer",
            "manner": "view",
            "length": "30",
            "explained": "on",
            "capacity": "self",
            "method": "oral-witnessed",
            "others_present": "alone",
        },
    ),
    Write("/requests/<draft_id>/check", {"agree": "1", "within": "3", "read_back": "<read_back>"}),
    Write("/requests/<other_draft_id>/paper", {"page": "<page>"}),
    Write("/requests/<other_draft_id>/check", {"not_now": "1"}, still=NOTHING),
    Write("/requests/<other_draft_id>/check", {"rather_not": "1"}, still=NOTHING),
    Write("/requests/<accepting_id>/not-yet", LATER, by="released", still="it answers"),
    Write(
        "/requests/<accepting_id>/acceptance",
        by="released",
        still="it answers; who was asked does not see that the file is closed",
    ),
    Write(
        "/requests/<accepting_id>/question",
        {"words": "Which door is better?"},
        by="released",
        still_closed="it answers; who was asked does not see that the file is closed",
    ),
    Write("/requests/<accepting_id>/messages", {"words": "The side door."}),
    Write("/requests/<suggesting_id>/suggestion", {"ask": "1"}),
    Write("/requests/of/<file_id>/order", {"about": "<priority_id>", "agency": "<other_id>"}),
    Write("/requests/of/<file_id>/order/<ranked_id>", {"ask": "1"}),
    Write("/requests/of/<file_id>/order/<last_ranked_id>", {"earlier": "1"}),
    Write("/requests/of/<file_id>/order/<last_ranked_id>", {"out": "1"}, still=NOBODY, when_shut=True),
    Write("/requests/of/<file_id>/order/<ranked_id>", {"not_now": "1"}, still=NOBODY, when_shut=True),
    Write("/requests/capacity/<capacity_id>/somebody", {"file": "<file_id>"}),
    Write("/requests/<suggesting_id>/suggestion", {"not_now": "1"}, still="nothing is asked"),
    Write("/requests/<declining_id>/refusal", {"reason": "no-capacity"}, by="released", still="it answers"),
    Write("/requests/<accepting_id>/progress", {"to": "completed"}, by="released", still="it concludes"),
    Write(
        "/requests/<accepting_id>/outcome",
        {"outcome": "worked", "sure": "1"},
        still="the person's own word at the end",
    ),
    Write("/requests/<accepting_id>/noted", still="it leaves the day's queue"),
    Write("/requests/<accepting_id>/renewal"),
    Write("/requests/<thrown_away_id>/putting-back"),
    Write("/requests/<referral_id>/taking-back", still="it ends"),
    Write("/requests/<declining_id>/mistake", still="it ends"),
    Write("/requests/of/<file_id>/not-me", by="colleague", still="it only takes away"),
    Write("/requests/not-me/<recusal_id>/lifted", by="privacy", still="the person said nothing of it"),
    Write("/requests/of/<file_id>/seeking", {"about": "<priority_id>"}),
    Write(
        "/requests/of/<file_id>/agreements/<release_id>/end",
        still="an agreement ends at any time",
        when_shut=True,
    ),
    Write(
        "/requests/of/<file_id>/blocks",
        {"which": "who", "against": "worker:<ana>"},
        still=NOT_THEM,
        when_shut=True,
    ),
    Write(
        "/requests/of/<file_id>/blocks",
        {"which": "named", "agency": "<other_id>", "name": "Ines"},
        still=NOT_THEM,
        when_shut=True,
    ),
    Write("/requests/of/<file_id>/blocks", {"which": "thing", "item": "<second_id>"}, still=NOT_THEM),
    Write("/requests/of/<file_id>/blocks/<block_id>/lifted"),
)
ROWS = {
    "referrals_referralintake": lambda: {
        "referral_file_id": uuid4(),
        "referral_id": uuid4(),
        "from_agency_id": uuid4(),
        "opened_at": "now",
    },
    "referrals_rankedagency": lambda: {
        "priority_id": uuid4(),
        "to_agency_id": uuid4(),
        "rank": 1,
        "written_by": uuid4(),
        "written_at": "now",
    },
    "referrals_message": lambda: {
        "referral_id": uuid4(),
        "release_id": uuid4(),
        "to_agency_id": (asked := uuid4()),
        "to_role": "",
        "from_agency_id": asked,
        "kind": "answer",
        "words": b"",
        "written_by": uuid4(),
        "written_at": "now",
    },
}


def around_a_file(scene: Scene) -> None:
    """Agencies whose agreement lives, ran out, was withdrawn or was followed by "not them", and the police.

    Of the first, requests at every stage.
    """
    maya, file, wish = scene.people["caseworker"], scene.made["file"], scene.made["wish"]
    asked = {name: _ask(scene, name) for name in ("released", "expired", "withdrawn", "blocked", "police")}
    other = scene.people["released"].agency
    scene.people["other role"] = cast.worker(other, "Omar", "caseworker")
    at = clock.now()
    for name in ("accepting", "declining", "ending", "suggesting"):
        asked[name] = cast.request(file, maya, other, wish, to_role="intake")
    with ctx.as_worker(maya.pk):
        commands.withdraw(file_id=file.id, release_id=asked["withdrawn"].release_id, by=maya, at=at)
        against = (
            f"agency:{scene.people['blocked'].agency_id}",
            f"worker:{scene.people['barred'].pk}",
            "role:companion",
        )
        for principal in against:
            commands.block(file_id=file.id, against=principal, item_id=None, by=maya, at=at)
        for name, need in (("draft", ""), ("other_draft", "housing"), ("thrown_away", "food")):
            asked[name] = commands.draft(file_id=file.id, to_agency_id=other.pk, need=need, by=maya, at=at)
            _is_agreed_to(asked[name], maya, wish)
        release = consents.get_release(maya, file.id, asked["other_draft"].release_id)
        scene.ids["page"] = queries.paper(maya, asked["other_draft"], release).number
        draft = queries.get_draft(maya, asked["draft"].id)
        release = consents.get_release(maya, draft.file_id, draft.release_id)
        scene.ids["read_back"] = queries.paper(maya, draft, release).version
        commands.take_back(referral=asked["thrown_away"], by=maya, at=at)
        scene.ids["block_id"] = next(iter(consents.blocks(file.id))).id
        for name in ("released", "expired"):
            to = scene.people[name].agency_id
            commands.rank(file_id=file.id, priority_id=wish.id, to_agency_id=to, by=maya, at=at)
        first, last = queries.order_of(maya, file.id, wish.id)
        scene.ids |= {"ranked_id": first.ranked.id, "last_ranked_id": last.ranked.id}
    with ctx.as_worker(scene.made["other"].pk):
        consent.recuse(file_id=file.id, by=scene.made["other"], at=at)
    with ctx.as_worker(scene.people["privacy"].pk):
        scene.ids["recusal_id"] = consents.recusals(scene.people["privacy"]).get().id
    scene.ids["capacity_id"] = _capacity(maya, scene.people["released"], "yes").pk
    with ctx.as_worker(scene.people["released"].pk):
        _suggest(scene.people["released"], asked["suggesting"], scene.people["police"].agency_id)
    for name in ("police", "ending"):
        _say_when(scene.people["police" if name == "police" else "released"], asked[name])
    scene.made["draft"] = asked["draft"]
    scene.ids |= {f"{name}_id": referral.id for name, referral in asked.items()}
    scene.ids |= {
        "referral_id": asked["released"].id,
        "release_id": asked["ending"].release_id,
        "other_id": other.pk,
    }


def _ask(scene, name):
    """Ask somebody new: where the agreement lives, in one role only."""
    kind = ("criminal-legal", "police") if name == "police" else ("healthcare", "hospital")
    other = cast.agency(f"The {name}", *kind)
    scene.people[name] = cast.worker(other, "Ines", "intake")
    role = {"to_role": "intake"} if name == "released" else {}
    then = clock.now() - timedelta(days=40 if name == "expired" else 0)
    with time_machine.travel(then, tick=True):
        return cast.request(scene.made["file"], scene.people["caseworker"], other, scene.made["wish"], **role)


def _capacity(asker, answers, state=""):
    day = clock.today() + timedelta(days=30)
    facts = {"need": "shelter_tonight", "day": day, "people": 3, "languages": ["pa"]}
    with ctx.as_worker(asker.pk):
        to = [answers.agency_id]
        (asked,) = commands.ask_for_capacity(to_agency_ids=to, by=asker, at=clock.now(), **facts)
    if state:
        with ctx.as_worker(answers.pk):
            commands.answer_capacity(asked=asked, state=state, by=answers, at=clock.now())
    return asked


def _suggest(who, asked, instead):
    told = {"reason": "waitlist", "barriers": [], "wait_band": "", "instead": instead}
    commands.decline(referral=asked, by=who, at=clock.now(), **told)


def _say_when(who, asked):
    with ctx.as_worker(who.pk):
        commands.say_yes(referral=asked, hour=time(14), by=who, at=clock.now())


def _is_agreed_to(draft, maya, wish):
    release = consents.get_release(maya, draft.file_id, draft.release_id)
    items = [{"kind": "priority", "id": wish.id, "columns": "words"}]
    consent.name_items(release=release, items=items, by=maya)
    terms = {
        "capacity": "self",
        "method": "oral-witnessed",
        "others_present": "alone",
        "until": clock.now() + timedelta(days=20),
    }
    consent.set_terms(release=release, by=maya, explained=True, **terms)


def on_every_page(scene: Scene) -> None:
    """A request that was declined, one of the police, one from elsewhere, and a draft."""
    maya, ines = scene.people["caseworker"], scene.people["hospital"]
    file, wish, police = (scene.made[name] for name in ("file", "wish", "police"))
    sent = cast.request(file, maya, ines.agency, wish)
    cast.request(file, maya, police, wish)
    theirs = cast.request(scene.made["their file"], ines, maya.agency)
    with ctx.as_worker(maya.pk):
        draft = commands.draft(file_id=file.id, to_agency_id=police.pk, by=maya, at=clock.now())
        release = consents.get_release(maya, file.id, draft.release_id)
        consent.set_terms(release=release, by=maya, others_present="other", explained=True)
    told = {"reason": "waitlist", "barriers": ["pets"], "wait_band": "months_1_3", "instead": police.pk}
    with ctx.as_worker(ines.pk):
        commands.decline(referral=sent, by=ines, at=clock.now(), **told)
    scene.pages |= {f"referrals:{name}": [{"referral_id": draft.id}] for name in DRAFT}
    scene.pages["referrals:paper"] = [{"referral_id": draft.id}, {"referral_id": sent.id}]
    scene.pages["referrals:referral"] = [{"referral_id": referral.id} for referral in (sent, theirs)]
    agreed = cast.request(file, maya, ines.agency, wish)
    told = {"on": clock.today(), "hour": time(14), "where": "Side door", "ask_for": LONG, "bring": "Nothing"}
    with ctx.as_worker(ines.pk):
        commands.say_yes(referral=agreed, by=ines, at=clock.now(), **told)
    waits = cast.request(file, maya, ines.agency, wish)
    with ctx.as_worker(ines.pk):
        commands.ask_back(referral=waits, words="Is the side door better?", by=ines, at=clock.now())
        day = clock.today() + timedelta(days=5)
        commands.say_not_yet(referral=waits, possible_from=day, by=ines, at=clock.now())
    with ctx.as_worker(maya.pk):
        commands.write(referral=waits, words="The side door.", by=maya, at=clock.now())
    scene.pages["referrals:referral"] += [{"referral_id": each.id} for each in (agreed, waits)]
    scene.pages |= {f"referrals:{name}": [{"referral_id": theirs.id}] for name in SAID}
    could = [_capacity(maya, ines, "yes"), _capacity(ines, maya), _capacity(maya, ines)]
    scene.pages["referrals:capacity"] = [{"capacity_id": each.pk} for each in could]


def tries(scene: Scene) -> Iterator[Callable[[], object]]:
    """Address and send a draft."""
    maya, draft_id, at = scene.people["caseworker"], scene.made["draft"].id, clock.now()
    yield lambda: commands.address(referral=queries.get_draft(maya, draft_id), to_role="intake", by=maya)
    yield lambda: commands.send(
        referral=queries.get_draft(maya, draft_id), answer_within=timedelta(days=3), by=maya, at=at
    )
