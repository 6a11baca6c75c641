"""Nothing is written into a file that is closed or whose key was destroyed.

At every address a sentence, never a 500, never done.

What ends, takes away, answers or says "not them" stays possible: it stands in `STILL` with its reason, and
nothing else does.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from psycopg import sql

from alongside.beds import commands as beds
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.files.rules import CannotWrite
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.referrals import commands as referrals
from alongside.referrals import queries as asked
from tests import cast, databases
from tests.frozen import frozen
from tests.test_access_matrix import PERSONAL

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

SENTENCES = {"closed": "This file is closed", "destroyed": "was destroyed"}
NOTED_ANYWAY = re.compile(
    r"^(ctx\.|trail_|kernel_draft|django_session)"
)  # who reads is noted; none of it is of the file

# address -> what is posted there by the custodian's caseworker; the other side's by who was asked. A new
# address without its row fails.
DOES = {
    "/files/<file_id>/called": {"called": "Sam"},
    "/files/<file_id>/lead": {"lead": "<maya>"},
    "/files/<file_id>/closing": {"act": "close"},
    "/files/<file_id>/contacts/new": {"value": "555 0199", "safe": "on"},
    "/files/<file_id>/contacts/<contact_id>": {"value": "555 0199"},
    "/files/<file_id>/contacts/<contact_id>/check": {"answer": "safe"},
    "/files/<file_id>/contacts/<contact_id>/use": {},
    "/files/<file_id>/priorities/new": {"statement": "A garden."},
    "/files/<file_id>/priorities/order": {"up": "<second_id>"},
    "/files/<file_id>/priorities/<priority_id>": {"statement": "A garden."},
    "/files/<file_id>/priorities/<priority_id>/away": {},
    "/files/<file_id>/priorities/<priority_id>/steps/new": {"words": "Call."},
    "/files/<file_id>/steps/new": {"words": "Call."},
    "/files/<file_id>/steps/<step_id>/done": {},
    "/files/<file_id>/suggestions/new": {"words": "A walk."},
    "/files/<file_id>/suggestions/<suggestion_id>/dropped": {},
    "/requests/notices": {},
    "/requests/new": {"agency": "<other_id>"},
    "/requests/<draft_id>/introduction": {"words": "Jo is new here."},
    "/requests/<draft_id>/items": {"items": "<priority_id>"},
    "/requests/<draft_id>/terms": {"purpose": "answer", "manner": "view", "length": "30"},
    "/requests/<draft_id>/agreement": {"explained": "on", "capacity": "self", "method": "oral-witnessed"},
    "/requests/<draft_id>/check": {"agree": "1", "within": "3"},
    "/requests/<accepting_id>/acceptance": {},
    "/requests/<declining_id>/refusal": {"reason": "no-capacity"},
    "/requests/<accepting_id>/progress": {"to": "completed"},
    "/requests/<accepting_id>/outcome": {"outcome": "worked"},
    "/requests/<accepting_id>/noted": {},
    "/requests/<referral_id>/taking-back": {},
    "/requests/<declining_id>/mistake": {},
    "/requests/of/<file_id>/seeking": {"about": "<priority_id>"},
    "/requests/of/<file_id>/agreements/<release_id>/end": {},
    "/requests/of/<file_id>/blocks": {"which": "who", "against": "worker:<ana>"},
    "/requests/of/<file_id>/blocks/<block_id>/lifted": {},
}
MORE = [  # other ways through the same addresses
    ("/files/<file_id>/priorities/order", {"order": ["<second_id>", "<priority_id>"]}),
    ("/files/<file_id>/steps/<step_id>/done", {"undo": "1"}),
    ("/requests/<other_draft_id>/check", {"not_now": "1"}),
    ("/requests/<other_draft_id>/check", {"rather_not": "1"}),
    ("/requests/of/<file_id>/blocks", {"which": "named", "agency": "<other_id>", "name": "Ines"}),
    ("/requests/of/<file_id>/blocks", {"which": "thing", "item": "<second_id>"}),
    ("/files/<file_id>/closing", {"act": "shred", "handle": "<handle>"}),
]
SIDE = {"acceptance", "refusal", "progress", "notices"}  # done by who was asked
READ_ONLY = {
    "/files/<file_id>",
    "/files/<file_id>/looks",
    "/files/",
    "/files/list.json",
    "/files/search",
    "/requests/",
    "/requests/<referral_id>",
}

STILL = {
    "/files/<file_id>/priorities/<priority_id>/away": "it takes away",
    "/files/<file_id>/steps/<step_id>/done": "a promise that was kept leaves the day's queue",
    "/files/<file_id>/suggestions/<suggestion_id>/dropped": "it takes away",
    "/requests/notices": "the other side stops using what it saw",
    "/requests/<accepting_id>/acceptance": "it answers; who was asked does not see that the file is closed",
    "/requests/<declining_id>/refusal": "it answers",
    "/requests/<accepting_id>/progress": "it concludes",
    "/requests/<accepting_id>/outcome": "the person's own word at the end",
    "/requests/<accepting_id>/noted": "it leaves the day's queue",
    "/requests/<referral_id>/taking-back": "it ends",
    "/requests/<declining_id>/mistake": "it ends",
    "/requests/<other_draft_id>/check not_now": "nothing is shared",
    "/requests/<other_draft_id>/check rather_not": "nothing is shared",
    "/requests/of/<file_id>/agreements/<release_id>/end": "an agreement ends at any time",
    "/requests/of/<file_id>/blocks": "“not them” is heard at any time",
    "/requests/of/<file_id>/blocks named": "“not them” is heard at any time",
    "/requests/of/<file_id>/blocks thing": "“nobody else” is heard at any time",
    "/files/<file_id>/closing shred": (
        "they may have it destroyed after it was closed; again, it finishes what stopped half way"
    ),
}
# Ways of reaching somebody are deleted when the file is closed, and what is not there can't be asked about.
GONE = {"/files/<file_id>/contacts/<contact_id>/check", "/files/<file_id>/contacts/<contact_id>/use"}


def name_of(path: str, data: dict) -> str:
    """The address, and which of its further ways it is."""
    further = next((one for one in ("undo", "not_now", "rather_not") if one in data), "") or {
        "named": "named",
        "thing": "thing",
    }.get(data.get("which", ""), "")
    return f"{path} {further or ('shred' if data.get('act') == 'shred' else '')}".strip()


def test_every_address_of_a_file_and_of_a_request_has_its_row():
    held = {
        re.sub(r"<\w+:(\w+)>", r"<\1>", path)
        for name, paths in PERSONAL.items()
        for path in paths
        if path.startswith(("/files/", "/requests/"))
    }
    of_one = {re.sub(r"<(draft|accepting|declining)_id>", "<referral_id>", path) for path in DOES}

    assert held == of_one | READ_ONLY


@pytest.fixture
@frozen
def scene():
    """A file with everything in it, and requests from it at every stage."""
    desk, hospital = cast.agency("Riverside"), cast.agency("North Shore", "healthcare", "hospital")
    maya, ana, ines = (
        cast.worker(desk, "Maya"),
        cast.worker(desk, "Ana"),
        cast.worker(hospital, "Ines", "intake"),
    )
    file = cast.file(maya)
    wish, second = cast.priority(file, maya, why="Because."), cast.priority(file, maya, "See my son.")
    one = {
        name: cast.request(file, maya, hospital, wish)
        for name in ("accepting", "declining", "referral", "ending")
    }
    at = clock.now()
    with ctx.as_worker(maya.pk):
        contact = files.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=at
        )
        step = plans.add_step(
            file_id=file.id, priority_id=wish.id, words="Ask.", worker_id=maya.pk, due_on=None, by=maya, at=at
        )
        idea = plans.suggest(file_id=file.id, words="An idea.", by=maya, at=at)
        referrals.block(file_id=file.id, against="role:companion", item_id=None, by=maya, at=at)
        for name in ("draft", "other_draft"):
            one[name] = referrals.draft(file_id=file.id, to_agency_id=hospital.pk, by=maya, at=at)
            _is_agreed_to(one[name], maya, wish)
        ids = {"block_id": next(iter(consents.blocks(file.id))).id, "release_id": one["ending"].release_id}
    ids |= {
        "file_id": file.id,
        "contact_id": contact.id,
        "priority_id": wish.id,
        "second_id": second.id,
        "step_id": step.id,
        "other_id": hospital.pk,
    }
    ids |= {"suggestion_id": idea.id, "maya": maya.pk, "ana": ana.pk, "handle": file.handle} | {
        f"{name}_id": r.id for name, r in one.items()
    }
    return {"maya": maya, "ines": ines, "file": file, "ids": ids, "draft": one["draft"], "wish": wish}


def _is_agreed_to(draft, maya, wish):
    release = consents.get_release(maya, draft.file_id, draft.release_id)
    consent.name_items(
        release=release, items=[{"kind": "priority", "id": wish.id, "columns": "words"}], by=maya
    )
    consent.set_terms(
        release=release,
        by=maya,
        explained=True,
        capacity="self",
        method="oral-witnessed",
        until=clock.now() + timedelta(days=20),
    )


def end(scene, how):
    maya, file = scene["maya"], scene["file"]
    with ctx.as_worker(maya.pk):
        (files.close if how == "closed" else files.shred)(file=file, by=maya, at=clock.now())


def filled(text, ids):
    return re.sub(r"<(\w+)>", lambda m: str(ids[m.group(1)]), text)


def everything():
    """What stands in every table that holds something about somebody, as one mark for each."""
    names = [
        name
        for name, _full in databases.superuser().execute(databases.TABLES).fetchall()
        if not NOTED_ANYWAY.match(name)
    ]
    parts = (
        sql.SQL("select {}, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {} t").format(
            sql.Literal(name), sql.SQL(name)
        )
        for name in names
    )
    return dict(databases.superuser().execute(sql.SQL(" union all ").join(parts)).fetchall())


@pytest.mark.parametrize("how", ["closed", "destroyed"])
def test_nothing_is_written_but_what_ends_or_takes_away(scene, how):
    maya, ines = cast.sign_in(Client(), scene["maya"]), cast.sign_in(Client(), scene["ines"])
    maya.post(filled("/requests/of/<file_id>/seeking", scene["ids"]))  # so that /requests/new knows for whom
    end(scene, how)
    for path, data in sorted([*DOES.items(), *MORE], key=lambda row: name_of(*row) in STILL):
        name = name_of(path, data)
        told = {
            key: [filled(v, scene["ids"]) for v in value]
            if isinstance(value, list)
            else filled(value, scene["ids"])
            for key, value in data.items()
        }
        before = everything()

        answer = (ines if path.rsplit("/", 1)[-1] in SIDE else maya).post(filled(path, scene["ids"]), told)

        if name in STILL:
            assert answer.status_code == 302, (name, answer.status_code)
            continue
        assert everything() == before, name
        gone = how == "closed" and name in GONE
        assert answer.status_code == (404 if gone else 409), (name, answer.status_code)
        assert gone or SENTENCES[how] in answer.content.decode(), name


@pytest.mark.parametrize("how", ["closed", "destroyed"])
def test_every_page_of_it_can_still_be_asked_for(scene, how):
    end(scene, how)
    client, other = cast.sign_in(Client(), scene["maya"]), cast.sign_in(Client(), scene["ines"])

    answers = {path: client.get(filled(path, scene["ids"])).status_code for path in {*DOES, *READ_ONLY}}
    theirs = other.get(filled("/requests/<referral_id>", scene["ids"]))

    assert set(answers.values()) <= {200, 404, 405, 409}, answers
    assert [answers[path] for path in READ_ONLY - {"/files/search"}] == [200] * 6
    assert theirs.status_code == 200


def test_no_command_writes_into_it_whoever_calls(scene):
    maya, at, wish = scene["maya"], clock.now(), scene["wish"]
    end(scene, "closed")
    writes = [
        lambda: plans.move(priority=wish, up=True, by=maya, at=at),
        lambda: plans.order(file_id=wish.file_id, ids=[wish.id], by=maya, at=at),
        lambda: beds.pathways.begin_or_continue(maya, at, None, wish.file_id),
        lambda: beds.pathways.link_to_file(
            pathway=beds.pathways.begin_or_continue(maya, at, None, None),
            file_id=wish.file_id,
            by=maya,
            at=at,
        ),
        lambda: consent.offer(file_id=wish.file_id, to_agency_id=maya.agency_id, to_role="", by=maya, at=at),
        lambda: consent.give(
            release=consents.get_release(maya, wish.file_id, scene["draft"].release_id), by=maya, at=at
        ),
        lambda: referrals.address(
            referral=asked.get_draft(maya, scene["draft"].id), to_role="intake", by=maya
        ),
        lambda: referrals.send(
            referral=asked.get_draft(maya, scene["draft"].id), answer_within=timedelta(days=3), by=maya, at=at
        ),
    ]
    for write in writes:
        with ctx.as_worker(maya.pk), pytest.raises(CannotWrite):
            write()


def test_a_closed_file_is_opened_again_and_a_destroyed_one_is_not(scene, client):
    cast.sign_in(client, scene["maya"])
    address = filled("/files/<file_id>/closing", scene["ids"])
    end(scene, "closed")

    refused = client.post(filled("/files/<file_id>/steps/new", scene["ids"]), {"words": "Call."})
    opened = client.post(address, {"act": "reopen"})
    assert opened.headers["Location"] == f"/files/{scene['ids']['file_id']}"
    end(scene, "destroyed")

    assert address in refused.content.decode()  # what mends it, one press away
    assert opened.status_code == 302
    assert client.post(address, {"act": "reopen"}).status_code == 409
