"""Weaken any policy of the evidence, and a test fails.

Editors of two agencies, and everybody who may never look, at every stage of a source.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "evidence_study",
    "evidence_studyversion",
    "evidence_participant",
    "evidence_source",
    "evidence_identifier",
    "evidence_code",
    "evidence_codechange",
    "evidence_coding",
    "evidence_memo",
    "evidence_blindcoding",
    "evidence_exchange",
)
PEOPLE = {
    "here": ("editor", "editor", "editor", "leader", "privacy-officer", "data-steward", "caseworker"),
    "elsewhere": ("editor", "caseworker"),
}
SEALED = b"\x01sealed"


class EvidenceJudge(Judge):
    """The judge who also writes in another's name and into another's study."""

    keepers = ("agency_id",)
    moments = frozenset(
        {"closed_at", "resolved_at", "retired_at", "cleaned_at", "finished_at", "withdrawn_at"}
    )
    signed = ("opened_by", "written_by", "brought_in_by", "made_by", "coded_by", "coder")

    def _new_rows(self, table, who):
        rows = super()._new_rows(table, who)
        mine = [row | {name: str(who.id)} for row in rows for name in self.signed if who and name in row]
        return rows + mine

    def _updates(self, table):
        """Also other words, a role, another's code.

        With nothing read from the row, which would ask the policies for select as well.
        """
        codes = [row["id"] for row in self.rows["evidence_code"]]
        tries = {"words": [r"\\x01"], "role": ["another"], "coding_id": [None], "code_id": codes}
        named = [name for name, _ in self.columns[table]]
        more = [(name, value) for name, values in tries.items() if name in named for value in values]
        change = sql.SQL("update {} set {} = {}")
        return super()._updates(table) + [
            change.format(sql.Identifier(table), sql.Identifier(name), sql.Literal(value))
            for name, value in more
        ]


@pytest.fixture
@frozen
def evidence(superuser):
    """Two agencies with the same.

    An open study, sources at every stage, identifiers, codes, codings of two, one of them blind, memos.
    """
    ground = Ground(superuser)
    agencies = {name: ground.agency("community") for name in PEOPLE}
    people = [
        SimpleNamespace(id=ground.worker(agencies[name], role), agency=agencies[name], name=name, role=role)
        for name, roles in PEOPLE.items()
        for role in roles
    ]
    for name, agency in agencies.items():
        editors = [person.id for person in people if person.name == name and person.role == "editor"]
        _study(ground, agency, editors)
    return SimpleNamespace(people=people)


def _study(ground, agency, editors):
    own = {"agency_id": agency}
    first, second = editors[0], editors[min(1, len(editors) - 1)]

    def put(table, **columns):
        id = uuid7()
        ground.insert(f"evidence_{table}", id=id, **own, **columns)
        return id

    study = put("study", version=1, state="open", opened_by=first, opened_at="now")
    of = {"study_id": study}
    words = {
        "title": "What helps",
        "question": "",
        "method": "",
        "ethics": "",
        "note": "",
        "guide": Jsonb([]),
    }
    put("studyversion", **of, **words, number=1, written_by=first, written_at="now")
    put("participant", **of, code="P01", role="", role_fr="", speaks_as="lived", region="", language="")
    plain = {
        **of,
        "name": "One",
        "kind": "interview",
        "language": "",
        "brought_in_by": first,
        "brought_in_at": "now",
    }
    raw = put("source", **plain, state="received", raw=SEALED)
    ready = put("source", **plain, state="ready", body=SEALED, cleaned_by=first, cleaned_at="now")
    gone = put("source", **plain, state="withdrawn", withdrawn_by=first, withdrawn_at="now")
    for source in (raw, ready, gone):
        put("identifier", source_id=source, start=0, end=4, kind="name", decision="")
    code = put(
        "code",
        **of,
        is_theme=False,
        name="Trust",
        definition="",
        include="",
        exclude="",
        colour="",
        rank=1,
        codable=True,
        made_by=first,
        made_at="now",
    )
    put(
        "codechange",
        code_id=code,
        change="made",
        before=Jsonb({}),
        after=Jsonb({}),
        made_by=first,
        made_at="now",
    )
    for source in (ready, gone):
        for by in {first, second}:
            coding = put(
                "coding", **of, source_id=source, code_id=code, start=0, end=4, coded_by=by, coded_at="now"
            )
            put(
                "memo",
                **of,
                source_id=source,
                coding_id=coding,
                words=SEALED,
                written_by=by,
                written_at="now",
            )
    put("memo", **of, words=SEALED, written_by=first, written_at="now")
    put("blindcoding", source_id=ready, coder=second, blind=True, begun_at="now")
    put("exchange", **of, kept=SEALED, brought_in_by=first, brought_in_at="now")


# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    ("evidence_study.app_update", "leaves anything behind"): "the agency's column can't be written",
    ("evidence_participant.app_update", "leaves anything behind"): "the agency's column can't be written",
    ("evidence_source.app_update", "leaves anything behind"): "the agency's column can't be written",
    ("evidence_code.app_update", "leaves anything behind"): "the agency's column can't be written",
    (
        "evidence_identifier.app_update",
        "leaves anything behind",
    ): "neither the agency's nor the source's column can be written",
    (
        "evidence_memo.app_update",
        "leaves anything behind",
    ): "neither the agency's nor the source's column can be written",
    (
        "evidence_blindcoding.app_update",
        "leaves anything behind",
    ): "only the moment of finishing can be written",
}


def test_whoever_weakens_a_policy_of_the_evidence_makes_a_test_fail(superuser, evidence):
    unique = {"evidence_studyversion": {"number": 7}, "evidence_participant": {"code": "P77"}}
    with connect() as app:
        unnoticed = EvidenceJudge(superuser, app, TABLES, evidence.people, unique).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed
