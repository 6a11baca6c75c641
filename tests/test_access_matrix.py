"""Who may do what, at every address and in every table, generated from the URL resolver and the models: a new one without its row fails.

The people: a caseworker of the custodian; the same agency's barred worker, privacy officer, leader, administrator, evidence editor and data steward; an agency with a live agreement, in the
role it names and in another; agencies whose agreement expired, was withdrawn, was followed by "not them"; one never asked; a criminal-legal agency that was asked.
"""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.beds import commands as beds
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.kernel.rls.models import FileRow
from alongside.plans import commands as plans
from alongside.referrals import commands as referrals
from tests import cast
from tests.frozen import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

CUSTODIAN = {"caseworker"}
ASKED = {"released", "police"}
MEETS = {
    "caseworker",
    "barred",
    "released",
    "other role",
    "expired",
    "withdrawn",
    "blocked",
    "never",
    "police",
}
KEEPS = MEETS - {"police"}
ALL = MEETS | {"privacy", "leader", "admin", "editor", "steward"}

# address -> method, who is let in. Everybody else gets the same 404 as for something that doesn't exist.
DOORS: dict[str, tuple[str, set[str]]] = {
    "day": ("get", ALL),
    "watch": ("get", {"privacy"}),
    "desk:file": ("get", CUSTODIAN),
    "desk:looks": ("get", CUSTODIAN),
    "files:list": ("get", KEEPS),
    "files:json": ("get", KEEPS),
    "files:search": ("post", KEEPS),
    **{f"files:{n}": ("get", CUSTODIAN) for n in ("called", "lead", "closing", "contact", "check")},
    "files:use": ("post", CUSTODIAN),
    **{f"plans:{n}": ("get", CUSTODIAN) for n in ("priority", "away", "step", "suggestion")},
    **{f"plans:{n}": ("post", CUSTODIAN) for n in ("order", "done", "dropped")},
    "referrals:list": ("get", MEETS),
    "referrals:notices": ("post", MEETS),
    "referrals:new": ("post", KEEPS),
    "referrals:referral": ("get", CUSTODIAN | {"released"}),
    **{
        f"referrals:{n}": ("post", CUSTODIAN | {"released"}) for n in ("acceptance", "progress")
    },  # the custodian is told whose answer it is
    "referrals:refusal": ("get", CUSTODIAN | {"released"}),
    "referrals:outcome": ("post", CUSTODIAN | {"released"}),
    "referrals:noted": ("post", CUSTODIAN | {"released"}),
    "referrals:taking_back": ("post", CUSTODIAN),
    "referrals:mistake": ("post", CUSTODIAN),
    "referrals:lifting": ("post", CUSTODIAN),
    **{
        f"referrals:{n}": ("get", set()) for n in ("introduction", "items", "terms", "agreement", "check")
    },  # sent: no longer a draft
    "referrals:seek": ("post", CUSTODIAN),
    "referrals:end": ("post", CUSTODIAN),
    "referrals:blocks": ("get", CUSTODIAN),
}
LET_IN = {200, 302, 409, 422}


@pytest.fixture
@frozen
def scene():
    """One file, and everybody who ever came near it or didn't."""
    desk = cast.agency("Riverside")
    maya = cast.worker(desk, "Maya")
    file = cast.file(maya)
    wish = cast.priority(file, maya, why="Because.")
    people = {"caseworker": maya, "barred": cast.worker(desk, "Ana")}
    people |= {
        name: cast.worker(desk, name, role)
        for name, role in (
            *(("privacy", "privacy-officer"), ("leader", "leader"), ("admin", "administrator")),
            *(("editor", "editor"), ("steward", "data-steward")),
        )
    }
    with ctx.as_worker(maya.pk):
        contact = files.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
        step = plans.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ask.",
            worker_id=maya.pk,
            due_on=None,
            by=maya,
            at=clock.now(),
        )
        idea = plans.suggest(file_id=file.id, words="An idea.", by=maya, at=clock.now())
        beds.pathways.begin_or_continue(maya, clock.now(), None, file.id)
    asked = {}
    for name in ("released", "expired", "withdrawn", "blocked", "police"):
        sector, kind = ("criminal-legal", "police") if name == "police" else ("healthcare", "hospital")
        other = cast.agency(f"The {name}", sector, kind)
        people[name] = cast.worker(other, "Ines", "intake")
        if name == "released":
            people["other role"] = cast.worker(other, "Omar", "caseworker")
        role = {"to_role": "intake"} if name == "released" else {}
        if name == "expired":
            with time_machine.travel(clock.now() - timedelta(days=40), tick=True):
                asked[name] = cast.request(file, maya, other, wish, **role)
        else:
            asked[name] = cast.request(file, maya, other, wish, **role)
    people["never"] = cast.worker(cast.agency("The never"), "Noor")
    with ctx.as_worker(maya.pk):
        referrals.withdraw(file_id=file.id, release_id=asked["withdrawn"].release_id, by=maya, at=clock.now())
        for against in (f"agency:{people['blocked'].agency_id}", f"worker:{people['barred'].pk}"):
            referrals.block(file_id=file.id, against=against, item_id=None, by=maya, at=clock.now())
    ids = {
        "block_id": _block(maya, file),
        "file_id": file.id,
        "contact_id": contact.id,
        "priority_id": wish.id,
        "step_id": step.id,
        "suggestion_id": idea.id,
    }
    return {
        "people": people,
        "asked": asked,
        "ids": ids | {"referral_id": asked["released"].id, "release_id": asked["released"].release_id},
    }


def _block(maya, file):
    with ctx.as_worker(maya.pk):
        return next(iter(consents.blocks(file.id))).id


def addresses():
    """Every address of the capabilities that hold something about a person, with its pattern."""
    found = {}

    def walk(patterns, prefix, namespace):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern), pattern.namespace or namespace)
            elif isinstance(pattern, URLPattern):
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                found.setdefault(name, []).append("/" + prefix + str(pattern.pattern))

    walk(get_resolver().url_patterns, "", "")
    return found


PERSONAL = {
    name: paths
    for name, paths in addresses().items()
    if name.split(":")[0] in ("desk", "files", "plans", "referrals", "day", "watch")
}


def filled(path, ids):
    """Return the address with these ids, or with fresh ones that exist nowhere."""
    return re.sub(r"<uuid:(\w+)>", lambda m: str(ids.get(m.group(1), uuid.uuid4())), path)


def test_every_address_about_a_person_has_its_row():
    assert set(PERSONAL) == set(DOORS)


@pytest.mark.costly("every address for every role, over one scene")
def test_who_may_read_where(scene):
    for who, worker in scene["people"].items():
        client = cast.sign_in(Client(), worker)
        for name, (method, allowed) in DOORS.items():
            if method == "get":
                _check(client, scene, who, name, method, allowed)


@pytest.mark.parametrize("name", sorted(name for name, (method, _) in DOORS.items() if method == "post"))
def test_who_may_do(scene, name):
    method, allowed = DOORS[name]
    for who, worker in scene["people"].items():
        _check(cast.sign_in(Client(), worker), scene, who, name, method, allowed)


def _check(client, scene, who, name, method, allowed):
    for path in PERSONAL[name]:
        answer = getattr(client, method)(filled(path, scene["ids"]))
        let_in = answer.status_code in LET_IN
        assert let_in == (who in allowed), f"{who} at {path}: {answer.status_code}"
        if "<uuid" in path and not let_in:
            absent = getattr(client, method)(filled(path, {}))
            assert answer.status_code == absent.status_code == 404
            assert _plain(answer) == _plain(absent), f"{who} could tell forbidden from absent at {path}"


def test_nobody_is_let_in_without_signing_in(scene):
    for name, (method, _allowed) in DOORS.items():
        answer = getattr(Client(), method)(filled(PERSONAL[name][0], scene["ids"]))

        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/account/sign-in/"), name


# table -> who sees a row of this file in it, as the database answers.
TABLES: dict[str, set[str]] = {
    "files.File": {"caseworker", "privacy"},
    "files.Detail": CUSTODIAN | ASKED,
    "files.SafeContact": CUSTODIAN | ASKED,
    "consent.Release": CUSTODIAN | ASKED,
    "consent.ReleasedItem": CUSTODIAN | ASKED,
    "consent.Block": CUSTODIAN,
    "plans.Priority": CUSTODIAN | ASKED,
    "plans.Step": CUSTODIAN,
    "plans.Suggestion": CUSTODIAN,
    "referrals.Referral": CUSTODIAN | ASKED,
    "referrals.ReferralIntake": set(),
    "files.SearchTerm": CUSTODIAN,
    "beds.PathwayFile": CUSTODIAN,
    "trail.Entry": {"caseworker", "privacy"},
}


def test_every_table_of_a_file_has_its_row():
    held = {
        m._meta.label
        for m in apps.get_models()
        if issubclass(m, FileRow) or any(f.name == "file_id" for f in m._meta.fields)
    }
    assert held | {"files.File"} == set(TABLES)


def test_who_sees_a_row_of_which_table(scene):
    file_id = scene["ids"]["file_id"]
    for who, worker in scene["people"].items():
        with ctx.as_worker(worker.pk):
            for label, allowed in TABLES.items():
                found = (
                    apps.get_model(label)
                    .objects.filter(**{"id" if label == "files.File" else "file_id": file_id})
                    .exists()
                )
                assert found == (who in allowed), f"{who} in {label}"


def _plain(answer):
    return re.sub(rb'(value|href)="[^"]*"|/[\w/-]*', b"", answer.content)
