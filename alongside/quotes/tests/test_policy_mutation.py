"""Weaken any policy of the quotes, and a test fails. The judge is that of tests/weakening.py."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from psycopg import sql

from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "quotes_quote",
    "quotes_quotewording",
    "quotes_quotereview",
    "quotes_quoteconsent",
    "quotes_quotetranslation",
    "quotes_quotecheck",
)
SEATS = {
    "own": ("editor", "editor", "caseworker", "leader", "privacy-officer", "data-steward"),
    "other": ("editor",),
}
DESTROYED = {
    "quotes_quotewording": "words",
    "quotes_quoteconsent": "names",
    "quotes_quotetranslation": "words",
    "quotes_quotecheck": "reasons",
}


class QuoteJudge(Judge):
    """The judge who also tries to destroy words, take a quote back and check a translation.

    In their own name and in another's.
    """

    def _updates(self, table):
        tries = super()._updates(table)
        if table in DESTROYED:
            tries.append(
                sql.SQL("update {} set {} = null").format(
                    sql.Identifier(table), sql.Identifier(DESTROYED[table])
                )
            )
        for who in [None, *self.people]:
            by = sql.Literal(str(who)) if who else sql.SQL("(select ctx.worker())")
            if table == "quotes_quote":
                tries.append(
                    sql.SQL(
                        "update quotes_quote set state = 'withdrawn', withdrawn_by = {}, withdrawn_at = now()"
                    ).format(by)
                )
            if table == "quotes_quotetranslation":
                tries.append(
                    sql.SQL("update quotes_quotetranslation set checked_by = {}, checked_at = now()").format(
                        by
                    )
                )
        return tries


def _quote(ground, agency, by):
    """A quote with a row in every table, shown, before it is agreed; gives its id."""
    now = datetime.now(UTC)  # noqa: TID251 - the database's own clock decides
    study, id = uuid7(), uuid7()
    ground.insert(
        "evidence_study", id=study, agency_id=agency, version=1, state="open", opened_by=by, opened_at=now
    )
    ground.insert(
        "quotes_quote",
        id=id,
        agency_id=agency,
        holder_id=id,
        study_id=study,
        lived=True,
        language="en",
        state="collected",
        collected_by=by,
        collected_at=now,
    )
    own = {"quote_id": id, "agency_id": agency, "holder_id": id}
    wording, review = uuid7(), uuid7()
    ground.insert(
        "quotes_quotewording",
        id=wording,
        **own,
        number=1,
        kind="as_is",
        words=b"\x01",
        digest=b"\x01",
        written_by=by,
        written_at=now,
    )
    ground.superuser.execute("update quotes_quote set wording_id = %s where id = %s", [wording, id])
    ground.insert(
        "quotes_quotereview",
        id=review,
        **own,
        wording_id=wording,
        digest=b"\x01",
        way="paper",
        shown_by_role="me",
        shown_by=by,
        shown_at=now,
    )
    said = {"attribution": "", "region": "", "audiences": [], "may_translate": False}
    ground.insert(
        "quotes_quoteconsent",
        id=uuid7(),
        **own,
        review_id=review,
        yes=False,
        **said,
        heard_by=by,
        heard_at=now,
    )
    ground.insert(
        "quotes_quotetranslation",
        id=uuid7(),
        **own,
        wording_id=wording,
        language="fr",
        words=b"\x01",
        translator="us",
        translated_by=by,
        translated_at=now,
    )
    ground.insert(
        "quotes_quotecheck",
        id=uuid7(),
        **own,
        wording_id=wording,
        answer="no",
        traces=[],
        their_choice=False,
        checked_by=by,
        checked_at=now,
    )
    return id


@pytest.fixture
@frozen
def people(superuser):
    ground = Ground(superuser)
    agencies = {name: ground.agency("community") for name in SEATS}
    people = [
        SimpleNamespace(id=ground.worker(agencies[name], role), agency=agencies[name], role=role)
        for name, roles in SEATS.items()
        for role in roles
    ]
    for who in people:
        if who.role == "editor":
            _quote(ground, who.agency, who.id)
            ground.being_destroyed(_quote(ground, who.agency, who.id), who.agency)
    return people


# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    (
        f"{table}.app_update",
        "leaves anything behind",
    ): "a column's grant and a trigger: words are only destroyed"
    for table in ("quotes_quotewording", "quotes_quoteconsent", "quotes_quotecheck")
}


def test_whoever_weakens_a_policy_of_the_quotes_makes_a_test_fail(superuser, people):
    QuoteJudge.people = [person.id for person in people[:2]]
    with connect() as app:
        unnoticed = QuoteJudge(
            superuser,
            app,
            TABLES,
            people,
            {"quotes_quotewording": {"number": 2}, "quotes_quote": {"state": "collected"}},
        ).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed
