"""Weaken any policy of the briefs, and a test fails.

The judge is that of tests/weakening.py; the last asker is nobody, who may read what is public.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "briefs_brief",
    "briefs_section",
    "briefs_sectionquote",
    "briefs_sectionfigure",
    "briefs_check",
    "briefs_proof",
    "briefs_signature",
    "briefs_edition",
)
SEATS = {
    "own": ("editor", "editor", "leader", "privacy-officer", "caseworker", "data-steward"),
    "lodge": ("data-steward", "editor", "leader"),
    "other": ("editor", "data-steward", "leader"),
}
MINE = ("begun_by_id", "written_by_id", "answered_by_id", "made_by_id", "signed_by_id", "published_by_id")
WORDS = {"en": "x", "fr": "x"}

# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    ("briefs_brief.app_update", "leaves anything behind"): "a trigger: a brief stays whose it is"
}


class BriefJudge(Judge):
    """The judge who also tries to write in their own name, and to move a brief on."""

    moments = frozenset({"written_at", "answered_at", "moved_at"})

    def _new_rows(self, table, who):
        rows = super()._new_rows(table, who)
        if who is None:
            return rows
        mine = [
            row
            | {name: str(who.id) for name in MINE if name in row}
            | ({"role": who.role} if "role" in row else {})
            for row in rows
        ]
        return rows + mine


def _brief(there, state, by, second):
    """A brief with a row in every table, as far as it came."""
    ground, id, checksum = there.ground, uuid7(), f"{state:-<64}"
    own = {"agency_id": there.own}
    told = {
        "slug": f"b-{id.hex[-9:]}",
        "title": WORDS,
        "contributors": [],
        "audience": "public",
        "half": "",
        "balance_reason": "",
        "state": "drafting",
    }
    ground.insert(
        "briefs_brief",
        id=id,
        **own,
        **told,
        concerns_indigenous=True,
        steward_agency_id=there.lodge,
        begun_by_id=by,
        begun_at="now",
    )
    own |= {"brief_id": id}
    section = uuid7()
    facts = {
        "kind": "context",
        "order": 0,
        "code": "",
        "heading": WORDS,
        "body": WORDS,
        "impact": {},
        "cost": {},
    }
    ground.insert("briefs_section", id=section, **own, **facts, written_by_id=by, written_at="now")
    ground.insert("briefs_sectionquote", id=uuid7(), **own, section_id=section, quote_id=uuid7(), order=0)
    ground.insert(
        "briefs_sectionfigure",
        id=uuid7(),
        **own,
        section_id=section,
        release_id=uuid7(),
        finding=WORDS,
        order=0,
    )
    for question, answer in (("issue", "yes"), ("recognise", "no")):
        ground.insert(
            "briefs_check",
            id=uuid7(),
            **own,
            question=question,
            answer=answer,
            note="",
            answered_by_id=by,
            answered_at="now",
        )
    if state == "drafting":
        return SimpleNamespace(id=id, **told, checksum=checksum)
    ground.insert(
        "briefs_proof",
        id=uuid7(),
        **own,
        body=b"\x01",
        checksum=checksum,
        pages={},
        made_by_id=by,
        made_at="now",
    )
    signers = [(by, "editor", there.own)]
    signers += (
        []
        if state == "proof"
        else [(there.steward, "data-steward", there.lodge), (second, "leader", there.own)]
    )
    for who, role, agency in signers:
        signed = {"checksum": checksum, "role": role, "signed_by_id": who, "signed_at": "now"}
        ground.insert("briefs_signature", id=uuid7(), brief_id=id, agency_id=agency, **signed)
    with ground.superuser.transaction():
        ground.superuser.execute(
            "set local session_replication_role = replica"
        )  # the trigger asks who is asking, and here nobody is
        ground.superuser.execute(
            "update briefs_brief set proof_on = now(), state = %s where id = %s", [state, id]
        )
    return SimpleNamespace(id=id, **told, checksum=checksum)


def _edition(there, brief, by, number, audience):
    """An edition of it."""
    files = dict.fromkeys(("html_en", "html_fr", "pdf_en", "pdf_fr", "csv_en", "csv_fr"), b"\x01")
    there.ground.insert(
        "briefs_edition",
        id=uuid7(),
        brief_id=brief.id,
        agency_id=there.own,
        slug=brief.slug,
        number=number,
        audience=audience,
        title=WORDS,
        on="now",
        document=b"{}",
        checksum=brief.checksum,
        quotes=[],
        **files,
        published_by_id=by,
        published_at="now",
    )


@pytest.fixture
@frozen
def office(superuser):
    """A brief at every stage, its parts and signatures, an edition for everybody and one for a funder."""
    ground = Ground(superuser)
    agencies = {name: ground.agency() for name in SEATS}
    people = [
        SimpleNamespace(id=ground.worker(agencies[name], role), agency=agencies[name], name=name, role=role)
        for name, roles in SEATS.items()
        for role in roles
    ]
    there = SimpleNamespace(ground=ground, people=people, **agencies)
    editor, leader = people[0].id, people[2].id
    there.steward = next(person.id for person in people if person.name == "lodge")
    there.drafting, there.proof, there.signed = (
        _brief(there, state, editor, leader) for state in ("drafting", "proof", "signed")
    )
    _edition(there, there.signed, editor, 1, "public")
    _edition(there, there.signed, editor, 2, "funder")
    return there


def test_whoever_weakens_a_policy_of_the_briefs_makes_a_test_fail(superuser, office):
    unique = {
        "briefs_brief": {"slug": "fresh", "state": "drafting"},
        "briefs_sectionquote": {"quote_id": str(uuid7())},
        "briefs_sectionfigure": {"release_id": str(uuid7())},
        "briefs_check": {"question": "other"},
        "briefs_proof": {"brief_id": str(office.drafting.id)},
        "briefs_edition": {"number": 9},
    }
    with connect() as app:
        unnoticed = BriefJudge(superuser, app, TABLES, office.people, unique).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed
