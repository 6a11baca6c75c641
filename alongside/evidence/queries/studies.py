"""Studies as an editor of their agency sees them: what each asks, its versions, who took part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.agencies.queries import names_of
from alongside.evidence.models import Participant, Study, StudyVersion
from alongside.evidence.queries.names import id_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class StudyNow:
    """A study with its version that stands."""

    pk: UUID
    agency_id: UUID
    state: str
    said_state: str
    version: int
    opened_at: datetime
    now: StudyVersion


def may_look(worker: Worker) -> bool:
    """Whether somebody works on evidence: an editor, and nobody else."""
    return worker.may("edit-evidence")


def studies(viewer: Worker) -> list[StudyNow]:
    """Return the agency's studies, open ones first, each with its version that stands."""
    found = list(Study.objects.filter(agency_id=viewer.agency_id))
    now = {
        study_version.study_id: study_version
        for study_version in StudyVersion.objects.filter(study__in=found).order_by("number")
    }
    return sorted(
        (_standing(study, now[study.pk]) for study in found),
        key=lambda study: (study.state == "closed", -study.opened_at.timestamp()),
    )


def get_study(viewer: Worker, study_id: UUID) -> StudyNow:
    """Return a study with its version that stands.

    :raises Study.DoesNotExist: if the viewer may not see it
    """
    study = Study.objects.get(pk=study_id, agency_id=viewer.agency_id)
    return _standing(study, StudyVersion.objects.get(study=study, number=study.version))


def _standing(study: Study, now: StudyVersion) -> StudyNow:
    return StudyNow(
        study.pk, study.agency_id, study.state, study.get_state_display(), study.version, study.opened_at, now
    )


def versions(viewer: Worker, study: Study | UUID) -> list[StudyVersion]:
    """Return every version of a study, the newest first."""
    return list(
        StudyVersion.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id).order_by("-number")
    )


def writers_of(viewer: Worker, found: list[StudyVersion]) -> dict[UUID, str]:
    """Return who wrote these versions, by name, as far as they are colleagues or were."""
    return names_of(viewer, {version.written_by for version in found})


def participants(viewer: Worker, study: Study | UUID) -> list[Participant]:
    """Return who took part, by code."""
    return list(Participant.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id))


def get_participant(viewer: Worker, participant_id: UUID) -> Participant:
    """Return somebody who took part, by role only.

    :raises Participant.DoesNotExist: if the viewer may not see them
    """
    return Participant.objects.select_related("study").get(pk=participant_id, agency_id=viewer.agency_id)
