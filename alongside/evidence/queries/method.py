"""How a study was done, as the method box of a brief says it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alongside.evidence.generalisation import generalised
from alongside.evidence.models import Coding, SourceKind, SourceState
from alongside.evidence.queries.comparison import finished_blind_codings, read_apart
from alongside.evidence.queries.names import id_of
from alongside.evidence.queries.sources import sources
from alongside.evidence.queries.studies import get_study
from alongside.evidence.text import agreement

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import Participant, Source, Study


@dataclass(frozen=True)
class Role:
    """A role, in English and in French, and how many took part in it.

    French is empty where nobody wrote it.
    """

    en: str
    fr: str
    count: int

    def of(self, language: str) -> str:
        """Return it in one language, else in the other."""
        return (self.fr if language == "fr" else "") or self.en


@dataclass(frozen=True)
class Method:
    """What the method box of a brief says of a study."""

    interviews: int
    feedback: int
    roles: list[Role]
    first: date | None
    last: date | None
    languages: list[str]
    coders: int
    apart: int
    alpha: float | None
    questions: int
    ethics: str
    version: int


def method_of(viewer: Worker, study: Study | UUID) -> Method:
    """Return what a brief says of how a study was done, from what is ready in it now."""
    found = get_study(viewer, id_of(study))
    ready = list(sources(viewer, found.pk).filter(state=SourceState.READY))
    days = sorted(source.collected_on for source in ready if source.collected_on)
    coders = set(
        Coding.objects.filter(study_id=found.pk, source__in=ready).values_list("coded_by", flat=True)
    )
    coders |= {
        coding.coder for coding in finished_blind_codings(viewer, found.pk)
    }  # whoever read to the end and marked nothing has read
    apart = read_apart(viewer, found.pk)
    return Method(
        interviews=sum(source.kind == SourceKind.INTERVIEW for source in ready),
        feedback=sum(source.kind == SourceKind.FEEDBACK for source in ready),
        roles=_roles(ready),
        first=days[0] if days else found.now.recruited_from,
        last=days[-1] if days else found.now.recruited_until,
        languages=sorted({source.language for source in ready if source.language}),
        coders=len(coders),
        apart=len({coder for _units, marked in apart for coder in marked}),
        alpha=agreement.over_sources(apart),
        questions=len(found.now.guide),
        ethics=found.now.ethics,
        version=found.version,
    )


def _roles(ready: list[Source]) -> list[Role]:
    """In which roles people took part, the most first, in both languages where they were written in both.

    None that stands for fewer than three: those are counted together under what is broader.
    """
    people = {source.participant_id: source.participant for source in ready if source.participant}
    said = generalised({id: path_of(person) for id, person in people.items()})
    counted = Counter(said.values())
    if set(counted) == {()}:
        return []
    with_french_last = sorted(people.items(), key=lambda each: bool(each[1].role_fr))
    names = {path: person for id, person in with_french_last if (path := said[id])}
    most_first = sorted(counted.items(), key=lambda each: (not each[0], -each[1], each[0]))
    return [Role(*_called(names.get(path), path), count) for path, count in most_first]


def path_of(person: Participant) -> tuple[str, ...]:
    """Return as what somebody who took part speaks and in which role, from the broadest on."""
    return (person.speaks_as, person.role.casefold()) if person.role else (person.speaks_as,)


def _called(person: Participant | None, path: tuple[str, ...]) -> tuple[str, str]:
    """Return what a role is called in both languages; French is empty where nobody wrote it."""
    if person and len(path) > 1:
        return person.role, person.role_fr
    said = []
    for language in ("en", "fr"):
        with translation.override(language):
            said.append(str(person.get_speaks_as_display()) if person else _("In other roles"))
    return said[0], said[1]
