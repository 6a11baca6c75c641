"""Every read of the evidence. The database shows an editor their own agency's only, and of two who read blind neither the other's (decision 0016)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation

from alongside.agencies.queries import names_of, other_agencies
from alongside.evidence import agreement, identifying, sentences
from alongside.evidence.models import (
    Code,
    CodeChange,
    Coding,
    Exchange,
    Mark,
    Memo,
    Participant,
    Reading,
    Source,
    SourceKind,
    SourceState,
    Study,
    StudyVersion,
)
from alongside.kernel.seal import unseal, unshown

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Passage:
    """Words under a code: where they stand in which source, who took part, who put them there."""

    coding_id: UUID
    source_id: UUID
    participant_id: UUID | None
    words: str
    start: int
    end: int
    coder_id: UUID
    language: str
    code_id: UUID
    source_name: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Role:
    """A role, in English and in French, and how many took part in it. French is empty where nobody wrote it."""

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
    alpha: float | None
    questions: int
    ethics: str
    version: int


@dataclass
class Node:
    """A code and what is under it."""

    code: Code
    depth: int = 0
    children: list[Node] = field(default_factory=list)


def may_look(worker: Worker) -> bool:
    """Whether somebody works on evidence: an editor, and nobody else."""
    return worker.role == "editor"


def studies(viewer: Worker) -> list[Study]:
    """Return the agency's studies, open ones first, each with its version that stands as `now`."""
    found = list(Study.objects.filter(agency_id=viewer.agency_id))
    now = {one.study_id: one for one in StudyVersion.objects.filter(study__in=found).order_by("number")}
    for study in found:
        study.now = now[study.pk]
    return sorted(found, key=lambda study: (study.state == "closed", -study.opened_at.timestamp()))


def get_study(viewer: Worker, study_id: UUID) -> Study:
    """Return a study with its version that stands as `now`.

    :raises Study.DoesNotExist: if the viewer may not see it
    """
    study = Study.objects.get(pk=study_id, agency_id=viewer.agency_id)
    study.now = StudyVersion.objects.get(study=study, number=study.version)
    return study


def versions(viewer: Worker, study: Study | UUID) -> list[StudyVersion]:
    """Return every version of a study, the newest first."""
    return list(StudyVersion.objects.filter(study_id=_id(study), agency_id=viewer.agency_id).order_by("-number"))


def writers_of(viewer: Worker, found: list[StudyVersion]) -> dict[UUID, str]:
    """Return who wrote these versions, by name, as far as they are colleagues or were."""
    return names_of(viewer, {one.written_by for one in found})


def participants(viewer: Worker, study: Study | UUID) -> list[Participant]:
    """Return who took part, by code."""
    return list(Participant.objects.filter(study_id=_id(study), agency_id=viewer.agency_id))


def get_participant(viewer: Worker, participant_id: UUID) -> Participant:
    """Return somebody who took part, by role only.

    :raises Participant.DoesNotExist: if the viewer may not see them
    """
    return Participant.objects.select_related("study").get(pk=participant_id, agency_id=viewer.agency_id)


def sources(viewer: Worker, study: Study | UUID) -> QuerySet[Source]:
    """Return a study's sources in the order in which they came, those that were taken back apart."""
    found = Source.objects.filter(study_id=_id(study), agency_id=viewer.agency_id).exclude(state=SourceState.WITHDRAWN)
    return found.select_related("participant").defer("raw", "body", "waiting")


def withdrawn(viewer: Worker, study: Study | UUID) -> int:
    """Return how many sources of a study were taken back."""
    return Source.objects.filter(study_id=_id(study), agency_id=viewer.agency_id, state=SourceState.WITHDRAWN).count()


def get_source(viewer: Worker, source_id: UUID) -> Source:
    """Return a source that is there.

    :raises Source.DoesNotExist: if the viewer may not see it, or it was taken back
    """
    there = Source.objects.exclude(state=SourceState.WITHDRAWN).select_related("study", "participant")
    return there.get(pk=source_id, agency_id=viewer.agency_id)


def words_of(source: Source) -> str:
    """Return the clean text of a source; the raw one while it waits for that. Whoever shows it notes the reading."""
    with unshown():
        return str(unseal(source, "body" if source.state == SourceState.READY else "raw", agency_id=source.agency_id) or "")


def marks(source: Source) -> list[Mark]:
    """Return the identifying words of a source by place, each with what stands there instead as `instead`."""
    found = list(Mark.objects.filter(source=source))
    with unshown():
        for mark in found:
            mark.instead = str(unseal(mark, "replacement", agency_id=mark.agency_id) or "") if mark.replacement else ""
    return found


def codes(viewer: Worker, study: Study | UUID) -> list[Node]:
    """Return the codebook as it stands: top-level codes in order, each with those under it. What is put away is left out."""
    return _tree(Code.objects.filter(study_id=_id(study), agency_id=viewer.agency_id, retired_at=None))


def flat(nodes: Iterable[Node]) -> list[Node]:
    """Return a tree of codes as a list, each before those under it."""
    return [one for node in nodes for one in (node, *flat(node.children))]


def put_away(viewer: Worker, study: Study | UUID) -> list[Code]:
    """Return the codes that were merged or put away."""
    away = Code.objects.filter(study_id=_id(study), agency_id=viewer.agency_id, retired_at__isnull=False)
    return list(away.select_related("merged_into").order_by("-retired_at"))


def themes(viewer: Worker, study: Study | UUID) -> list[Code]:
    """Return the top-level codes in their order."""
    return [node.code for node in codes(viewer, study)]


def get_code(viewer: Worker, code_id: UUID) -> Code:
    """Return a code, whether it stands or is put away.

    :raises Code.DoesNotExist: if the viewer may not see it
    """
    return Code.objects.select_related("study", "parent", "merged_into").get(pk=code_id, agency_id=viewer.agency_id)


def example_of(code: Code) -> str:
    """Return the passage that shows what a code means, if somebody wrote one."""
    with unshown():
        return str(unseal(code, "example", agency_id=code.agency_id) or "") if code.example else ""


def history_of(viewer: Worker, code: Code) -> list[CodeChange]:
    """Return what was done to a code, the newest first, each with `who`."""
    changes = list(CodeChange.objects.filter(code=code).order_by("-made_at", "-id"))
    return _with_names(viewer, changes, "made_by")


def under(viewer: Worker, code: Code) -> list[Code]:
    """Return a code and all that stand under it, in order."""
    tree = flat(codes(viewer, code.study_id))
    start = next((place for place, node in enumerate(tree) if node.code.pk == code.pk), None)
    if start is None:
        return [code]
    rest = tree[start + 1 :]
    inside = next((place for place, node in enumerate(rest) if node.depth <= tree[start].depth), len(rest))
    return [tree[start].code, *(node.code for node in rest[:inside])]


def passages(viewer: Worker, code: Code | UUID, *, around: int = 0) -> list[Passage]:
    """Return every passage under a code and the codes under it that this viewer may see, by source and place.

    `around`: how many characters of what stands before and after come along.
    """
    code = get_code(viewer, _id(code))
    return passages_of(viewer, code.study_id, codes=under(viewer, code), around=around)


def passages_of(viewer: Worker, study: Study | UUID, *, codes: Iterable[Code] | None = None, around: int = 0) -> list[Passage]:
    """Return every passage of a study, or of these codes. Three statements, however many there are."""
    codings = Coding.objects.filter(study_id=_id(study), agency_id=viewer.agency_id)
    if codes is not None:
        codings = codings.filter(code__in=[code.pk for code in codes])
    rows = list(codings)
    there = {one.pk: one for one in Source.objects.filter(pk__in={one.source_id for one in rows}, state=SourceState.READY)}
    texts = {key: words_of(source) for key, source in there.items()}
    order = {key: place for place, key in enumerate(sorted(there, key=lambda key: (there[key].brought_in_at, key)))}
    rows = sorted((one for one in rows if one.source_id in there), key=lambda one: (order[one.source_id], one.start, one.end))
    return [_passage(one, there[one.source_id], texts[one.source_id], around) for one in rows]


def get_passage(viewer: Worker, coding_id: UUID, *, around: int = 0) -> Passage:
    """Return one passage.

    :raises Coding.DoesNotExist: if the viewer may not see it, or its source was taken back
    """
    coding = get_coding(viewer, coding_id)
    return _passage(coding, coding.source, words_of(coding.source), around)


def get_coding(viewer: Worker, coding_id: UUID) -> Coding:
    """Return a coding with its source, code and study.

    :raises Coding.DoesNotExist: if the viewer may not see it, or its source was taken back
    """
    return Coding.objects.select_related("source", "code", "study").get(pk=coding_id, agency_id=viewer.agency_id)


def codings_in(viewer: Worker, source: Source) -> list[Coding]:
    """Return what is coded in a source as far as this viewer may see it, with codes, by place."""
    return list(
        Coding.objects.filter(source=source, agency_id=viewer.agency_id).select_related("code").order_by("start", "-end", "coded_at")
    )


def memos(viewer: Worker, study: Study | UUID, **about: Any) -> list[Memo]:
    """Return memos of a study, the newest first, with `text` and `who`; `about` names what: `code=`, `source=`, `coding=`."""
    found = list(
        Memo.objects.filter(study_id=_id(study), agency_id=viewer.agency_id, **about)
        .select_related("code", "source", "coding__code")
        .order_by("-written_at", "-id")
    )
    with unshown():
        for memo in found:
            memo.text = str(unseal(memo, "words", agency_id=memo.agency_id) or "")
    return _with_names(viewer, found, "written_by")


def get_memo(viewer: Worker, memo_id: UUID) -> Memo:
    """Return one memo, with `text`.

    :raises Memo.DoesNotExist: if the viewer may not see it
    """
    memo = Memo.objects.select_related("study").get(pk=memo_id, agency_id=viewer.agency_id)
    with unshown():
        memo.text = str(unseal(memo, "words", agency_id=memo.agency_id) or "")
    return memo


def readings(viewer: Worker, source: Source) -> list[Reading]:
    """Return who reads or read a source as a second coder, each with `who`."""
    return _with_names(viewer, list(Reading.objects.filter(source=source)), "coder")


def blind_reading(viewer: Worker, source: Source) -> Reading | None:
    """Return this viewer's own blind reading of a source, if one is open."""
    return Reading.objects.filter(source=source, coder=viewer.pk, blind=True, finished_at=None).first()


def finished_pairs(viewer: Worker, study: Study | UUID) -> list[Reading]:
    """Return the finished blind readings of a study: what may lie side by side with what others coded there."""
    return list(
        Reading.objects.filter(
            source__study_id=_id(study), source__state=SourceState.READY, blind=True, finished_at__isnull=False
        ).select_related("source")
    )


def exchanges(viewer: Worker, study: Study | UUID) -> QuerySet[Exchange]:
    """Return the projects that were brought into a study from other programs, the newest first."""
    return Exchange.objects.filter(study_id=_id(study), agency_id=viewer.agency_id)


def get_exchange(viewer: Worker, exchange_id: UUID) -> Exchange:
    """Return one project that came from another program.

    :raises Exchange.DoesNotExist: if the viewer may not see it
    """
    return Exchange.objects.get(pk=exchange_id, agency_id=viewer.agency_id)


def telling(viewer: Worker, words: str) -> list[identifying.Suggestion]:
    """Return what in these words may tell who somebody is, suggested as in a source: for words that are to be printed."""
    return identifying.suggest(words, agencies(viewer))


def agencies(viewer: Worker) -> list[str]:
    """Return what the agencies of this installation are called, in every way they are."""
    return [name for one in (viewer.agency, *other_agencies(viewer)) for name in (one.name, one.name_fr, one.face, one.face_fr) if name]


def method_of(viewer: Worker, study: Study | UUID) -> Method:
    """Return what a brief says of how a study was done, from what is ready in it now."""
    found = get_study(viewer, _id(study))
    ready = list(sources(viewer, found).filter(state=SourceState.READY))
    days = sorted(one.collected_on for one in ready if one.collected_on)
    coders = Coding.objects.filter(study=found, source__in=ready).values("coded_by").distinct().count()
    return Method(
        interviews=sum(one.kind == SourceKind.INTERVIEW for one in ready),
        feedback=sum(one.kind == SourceKind.FEEDBACK for one in ready),
        roles=_roles(ready),
        first=days[0] if days else found.now.recruited_from,
        last=days[-1] if days else found.now.recruited_until,
        languages=sorted({one.language for one in ready if one.language}),
        coders=coders,
        alpha=alpha_of(viewer, found),
        questions=len(found.now.guide),
        ethics=found.now.ethics,
        version=found.version,
    )


def alpha_of(viewer: Worker, study: Study | UUID) -> float | None:
    """Return Krippendorff's alpha over every source that was read blind to its end, sentence by sentence; None where it can't be said."""
    units: list[tuple[int, int]] = []
    sides: list[dict[Hashable, list[tuple[int, int]]]] = [defaultdict(list), defaultdict(list)]
    offset = 0
    for reading in finished_pairs(viewer, study):
        text = words_of(reading.source)
        units += [(one.start + offset, one.end + offset) for one in sentences.split(text)]
        for coding in codings_in(viewer, reading.source):
            sides[coding.coded_by == reading.coder][coding.code_id].append((coding.start + offset, coding.end + offset))
        offset += len(text) + 1
    return agreement.overall(units, sides) if units else None


def _passage(coding: Coding, source: Source, text: str, around: int) -> Passage:
    before, after = text[max(0, coding.start - around) : coding.start], text[coding.end : coding.end + around]
    if around and coding.start > around:
        before = "…" + before[before.find(" ") + 1 :]
    if around and coding.end + around < len(text):
        after = after[: after.rfind(" ") + 1].rstrip() + "…"
    return Passage(
        coding.pk, source.pk, source.participant_id, text[coding.start : coding.end], coding.start, coding.end, coding.coded_by, source.language,
        coding.code_id, source.name, before, after,
    )  # fmt: skip


def _roles(ready: list[Source]) -> list[Role]:
    """In which roles people took part, each counted once, the most first; in both languages, where they were written in both."""
    people = {one.participant_id: one.participant for one in ready if one.participant}
    counted = Counter(_role_of(person) for person in people.values())
    return [Role(*words, count) for words, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def _role_of(person: Participant) -> tuple[str, str]:
    if person.role:
        return person.role, person.role_fr
    said = []
    for language in ("en", "fr"):
        with translation.override(language):
            said.append(str(person.get_speaks_as_display()))
    return said[0], said[1]


def _tree(found: QuerySet[Code]) -> list[Node]:
    nodes = {one.pk: Node(one) for one in found}
    tops: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.code.parent_id) if node.code.parent_id else None
        (above.children if above else tops).append(node)
    _deepen(tops, 0)
    return tops


def _deepen(nodes: list[Node], depth: int) -> None:
    for node in nodes:
        node.depth = depth
        _deepen(node.children, depth + 1)


def _with_names(viewer: Worker, found: list[Any], column: str) -> list[Any]:
    names = names_of(viewer, {getattr(one, column) for one in found})
    for one in found:
        one.who = names.get(getattr(one, column), "")
    return found


def _id(thing: Any) -> Any:
    return getattr(thing, "pk", thing)
