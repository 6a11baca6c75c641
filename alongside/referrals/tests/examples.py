"""What the tests of the whole have to know of the requests: who was asked, and what came of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import time_machine

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.tests import cast
from tests.examples import ASKED, CUSTODIAN, KEEPS, MEETS, Door, Scene, Write

EITHER = CUSTODIAN | {"released"}  # the custodian is told whose answer it is
DRAFT = ("introduction", "items", "terms", "agreement", "check")
DOORS: dict[str, Door] = {
    "referrals:list": ("get", MEETS),
    "referrals:notices": ("post", MEETS),
    "referrals:new": ("post", KEEPS),
    **{f"referrals:{name}": ("get", EITHER) for name in ("referral", "refusal")},
    **{f"referrals:{name}": ("post", EITHER) for name in ("acceptance", "progress", "outcome", "noted")},
    **{f"referrals:{name}": ("get", set()) for name in DRAFT},  # sent: no longer a draft
    **{
        f"referrals:{name}": ("post", CUSTODIAN) for name in ("taking_back", "mistake", "lift", "seek", "end")
    },
    "referrals:blocks": ("get", CUSTODIAN),
}
NOT_PAGES = {name for name, (method, _let_in) in DOORS.items() if method == "post"}
READ_ONLY = {"referrals:list", "referrals:referral"}
SEEN = {"referrals_referral": CUSTODIAN | ASKED, "referrals_referralintake": set()}
HEARD = ("agreement", "check", "introduction", "items", "terms", "_warning", "forms")
NOTHING = "nothing is shared"
NOT_THEM = "“not them” is heard at any time"
WRITES = (
    Write("/requests/notices", by="released", still="the other side stops using what it saw"),
    Write("/requests/new", {"agency": "<other_id>"}, first="/requests/of/<file_id>/seeking"),
    Write("/requests/<draft_id>/introduction", {"words": "Jo is new here."}),
    Write("/requests/<draft_id>/items", {"items": "<priority_id>"}),
    Write("/requests/<draft_id>/terms", {"purpose": "answer", "manner": "view", "length": "30"}),
    Write(
        "/requests/<draft_id>/agreement", {"explained": "on", "capacity": "self", "method": "oral-witnessed"}
    ),
    Write("/requests/<draft_id>/check", {"agree": "1", "within": "3"}),
    Write("/requests/<other_draft_id>/check", {"not_now": "1"}, still=NOTHING),
    Write("/requests/<other_draft_id>/check", {"rather_not": "1"}, still=NOTHING),
    Write(
        "/requests/<accepting_id>/acceptance",
        by="released",
        still="it answers; who was asked does not see that the file is closed",
    ),
    Write("/requests/<declining_id>/refusal", {"reason": "no-capacity"}, by="released", still="it answers"),
    Write("/requests/<accepting_id>/progress", {"to": "completed"}, by="released", still="it concludes"),
    Write(
        "/requests/<accepting_id>/outcome", {"outcome": "worked"}, still="the person's own word at the end"
    ),
    Write("/requests/<accepting_id>/noted", still="it leaves the day's queue"),
    Write("/requests/<referral_id>/taking-back", still="it ends"),
    Write("/requests/<declining_id>/mistake", still="it ends"),
    Write("/requests/of/<file_id>/seeking", {"about": "<priority_id>"}),
    Write("/requests/of/<file_id>/agreements/<release_id>/end", still="an agreement ends at any time"),
    Write("/requests/of/<file_id>/blocks", {"which": "who", "against": "worker:<ana>"}, still=NOT_THEM),
    Write(
        "/requests/of/<file_id>/blocks",
        {"which": "named", "agency": "<other_id>", "name": "Ines"},
        still=NOT_THEM,
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
    }
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
    for name in ("accepting", "declining", "ending"):
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
        for name in ("draft", "other_draft"):
            asked[name] = commands.draft(file_id=file.id, to_agency_id=other.pk, by=maya, at=at)
            _is_agreed_to(asked[name], maya, wish)
        scene.ids["block_id"] = next(iter(consents.blocks(file.id))).id
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


def _is_agreed_to(draft, maya, wish):
    release = consents.get_release(maya, draft.file_id, draft.release_id)
    items = [{"kind": "priority", "id": wish.id, "columns": "words"}]
    consent.name_items(release=release, items=items, by=maya)
    terms = {"capacity": "self", "method": "oral-witnessed", "until": clock.now() + timedelta(days=20)}
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
        consent.set_terms(release=release, by=maya, others_present="other")
    told = {"reason": "waitlist", "barriers": ["pets"], "wait_band": "months_1_3"}
    with ctx.as_worker(ines.pk):
        commands.decline(referral=sent, by=ines, at=clock.now(), **told)
    scene.pages |= {f"referrals:{name}": [{"referral_id": draft.id}] for name in DRAFT}
    scene.pages["referrals:referral"] = [{"referral_id": referral.id} for referral in (sent, theirs)]
    scene.pages["referrals:refusal"] = [{"referral_id": theirs.id}]


def tries(scene: Scene) -> Iterator[Callable[[], object]]:
    """Address and send a draft."""
    maya, draft_id, at = scene.people["caseworker"], scene.made["draft"].id, clock.now()
    yield lambda: commands.address(referral=queries.get_draft(maya, draft_id), to_role="intake", by=maya)
    yield lambda: commands.send(
        referral=queries.get_draft(maya, draft_id), answer_within=timedelta(days=3), by=maya, at=at
    )
