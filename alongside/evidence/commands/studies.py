"""Opening a study and writing it anew: each change is a further version, and the older ones stay.

Who took part, by role only.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.evidence import rules
from alongside.evidence.models import Participant, Study, StudyState, StudyVersion
from alongside.kernel.ids import uuid7
from alongside.kernel.seal import keyring
from alongside.text import identifiers
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


WRITTEN = ("title", "question", "method", "guide", "recruited_from", "recruited_until", "ethics")


@transaction.atomic
def open_study(*, facts: dict[str, Any], by: Worker, at: datetime) -> Study:
    """Open a study with its first version. `facts`: any of `WRITTEN`; a title is enough."""
    study = Study(id=uuid7(), agency_id=by.agency_id, opened_by=by.pk, opened_at=at)
    keyring().make(study.file_id, by.agency_id)
    study.save(force_insert=True)
    _write(study, facts, by, at)
    note("evidence.study_opened", custodian_id=by.agency_id, item_id=study.pk, item_kind="study")
    return study


@transaction.atomic
def rewrite_study(*, study_id: UUID, facts: dict[str, Any], by: Worker, at: datetime) -> StudyVersion:
    """Write a study anew, as its next version; `facts["note"]` says what changed and why.

    What is not said stays as it was.

    :raises rules.CannotWrite: if the study is closed
    """
    study = _locked(study_id)
    rules.check_can_write(study)
    last = StudyVersion.objects.get(study=study, number=study.version)
    before = {name: getattr(last, name) for name in WRITTEN}
    if {**before, **{name: facts[name] for name in WRITTEN if name in facts}} == before and not facts.get(
        "note"
    ):
        return last
    study.version += 1
    study.save(update_fields=["version"])
    version = _write(study, before | facts, by, at)
    note(
        "evidence.study_rewritten",
        custodian_id=by.agency_id,
        item_id=study.pk,
        item_kind="study",
        count=study.version,
    )
    return version


@transaction.atomic
def close_study(*, study_id: UUID, by: Worker, at: datetime) -> Study:
    """Close a study: everything in it can be read, nothing more written.

    :raises rules.CannotMove: if it is closed
    """
    study = _locked(study_id)
    rules.check_can_move_study(study, StudyState.CLOSED)
    study.state, study.closed_by, study.closed_at = StudyState.CLOSED, by.pk, at
    study.save(update_fields=["state", "closed_by", "closed_at"])
    note("evidence.study_closed", custodian_id=by.agency_id, item_id=study.pk, item_kind="study")
    return study


@transaction.atomic
def reopen_study(*, study_id: UUID, by: Worker, at: datetime) -> Study:
    """Go on with a closed study.

    :raises rules.CannotMove: if it is open
    """
    study = _locked(study_id)
    rules.check_can_move_study(study, StudyState.OPEN)
    study.state, study.closed_by, study.closed_at = StudyState.OPEN, None, None
    study.save(update_fields=["state", "closed_by", "closed_at"])
    note("evidence.study_reopened", custodian_id=by.agency_id, item_id=study.pk, item_kind="study")
    return study


@transaction.atomic
def add_participant(*, study_id: UUID, facts: dict[str, Any], by: Worker, at: datetime) -> Participant:
    """Write down that somebody took part: the next code (`P03`), a role, a region, a language. Never a name.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotSay: if the role looks like somebody's name
    """
    study = _locked(study_id)
    rules.check_can_write(study)
    _check_role(facts, "role")
    _check_role(facts, "role_fr")
    codes = Participant.objects.filter(study=study).values_list("code", flat=True)
    code = (
        facts.get("code")
        or f"P{max([int(taken[1:]) for taken in codes if taken[1:].isdecimal()], default=0) + 1:02}"
    )
    participant = Participant.objects.create(agency_id=by.agency_id, study=study, **(facts | {"code": code}))
    note(
        "evidence.participant_written",
        custodian_id=by.agency_id,
        item_id=participant.pk,
        item_kind="participant",
    )
    return participant


@transaction.atomic
def change_participant(
    *, participant_id: UUID, facts: dict[str, Any], by: Worker, at: datetime
) -> Participant:
    """Write anew in which role somebody took part.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotSay: if the role looks like somebody's name
    """
    participant = Participant.objects.select_related("study").get(pk=participant_id)
    rules.check_can_write(participant.study)
    _check_role(facts, "role")
    _check_role(facts, "role_fr")
    for name, value in facts.items():
        setattr(participant, name, value)
    participant.save(update_fields=list(facts))
    note(
        "evidence.participant_written",
        custodian_id=by.agency_id,
        item_id=participant.pk,
        item_kind="participant",
    )
    return participant


def _check_role(facts: dict[str, Any], name: str) -> None:
    """A role in small letters, as in “social service provider”.

    Whatever looks like a name, a number or a place stays out.
    """
    words = facts.get(name, "")
    found = identifiers.suggest(f"as {words}")
    if found:
        suggestion = found[0]
        raise rules.CannotSay(
            _("“%(words)s” may tell who this is. Say only in which role they speak.")
            % {"words": words[max(0, suggestion.start - 3) : suggestion.end - 3]}
        )


def _write(study: Study, facts: dict[str, Any], by: Worker, at: datetime) -> StudyVersion:
    written = {name: facts[name] for name in (*WRITTEN, "note") if name in facts}
    return StudyVersion.objects.create(
        study=study,
        agency_id=study.agency_id,
        number=study.version,
        written_by=by.pk,
        written_at=at,
        **written,
    )


def _locked(study_id: UUID) -> Study:
    return Study.objects.select_for_update().get(pk=study_id)
