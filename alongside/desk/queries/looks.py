"""What happened to a file and who looked; for its worker, and for the privacy officer (practice.md 2.4)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id, names_of, people_of, people_who_left
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.sent import as_day
from alongside.trail import queries as trail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from alongside.agencies.models import Agency, Worker
    from alongside.desk.criteria import Wanted
    from alongside.files.models import File
    from alongside.trail.models import Entry

ON_A_PAGE = 50
MOST_LISTS = 200  # more than a day has, whoever looks


def lately(worker: Worker, file: File, most: int, known: dict[UUID, Agency]) -> list[dict[str, Any]]:
    """What was done about a file last. Agency and role, one's own agency by what was done."""
    return _told(list(trail.acts(file.id)[:most]), worker, known)


def looked_since(
    worker: Worker, file: File, since: datetime, known: dict[UUID, Agency]
) -> list[dict[str, Any]]:
    """Who read a file since then, by agency and role, each with when last; the latest first."""
    last: dict[tuple[UUID | None, str], datetime] = {}
    for agency_id, role, at in trail.readers_since(file.id, since):
        last.setdefault((agency_id, role), at)
    names = _agencies({agency_id for agency_id, _role in last if agency_id}, worker, known)
    return [
        {"who": trail.who(names.get(agency_id, ""), role), "at": at} for (agency_id, role), at in last.items()
    ]


def all_looks(worker: Worker, file_id: UUID, before: Mapping[str, str]) -> dict[str, Any]:
    """What happened to a file, who read it, and in which lists it stood: each newest first, and by pages.

    :param before: where each of the three goes on, as `earlier` of the page before said
    :raises ObjectDoesNotExist: if there is no such file for this worker
    """
    file = files.get_file(worker, file_id)
    happened, acts = trail.page_of(trail.acts(file.id), before.get("acts", ""), ON_A_PAGE)
    read, readings = trail.page_of(trail.readings(file.id), before.get("read", ""), ON_A_PAGE)
    listed, days = _in_lists(file.id, as_day(before.get("listed", "")), worker)
    return {
        "file": file,
        "person": files.person(worker, file),
        "happened": _told(happened, worker),
        "read": _told(read, worker),
        "listed": listed,
        "in_lists": bool(before.get("listed")),
        "earlier": {"acts": acts, "read": readings, "listed": days},
    }


def watch(worker: Worker, wanted: Wanted, before: str) -> dict[str, Any]:
    """What is wanted of the trail of the agency's files, fifty lines at a time.

    Names of its own workers, agency and role of others. A sitting is one line, where it began; a list that
    was opened is one line, with every file in it.
    """
    entries, earlier = trail.page_of(_wanted(worker, wanted), before, ON_A_PAGE)
    lines = {line["entry"].id: line for line in _told_to_officer(worker, entries)}
    together = [[lines[entry.id] for entry in opened] for opened in trail.as_opened(entries)]
    shown = [opened[0] | {"files": [line["file"] for line in opened]} for opened in together]
    return {"lines": shown, "earlier": earlier}


def looks_table(worker: Worker, wanted: Wanted, most: int) -> list[list[object]]:
    """What is wanted of the trail as a table, newest first; one more row than `most` if there are more.

    A file in a list has a row of its own. Moments by the reader's clock, with their offset from UTC.
    """
    entries = list(_wanted(worker, wanted)[: most + 1])
    parts = (entries[at : at + 1000] for at in range(0, len(entries), 1000))
    return [_row(line) for part in parts for line in _told_to_officer(worker, part)]


def table_heading() -> list[str]:
    """The names of the columns of the table."""
    return [
        _("When"),
        _("Offset from UTC"),
        _("File"),
        _("What"),
        _("Kinds of information"),
        _("Last looked"),
        _("How often"),
        _("Name"),
        _("Number in the log"),
    ]


def _row(line: dict[str, Any]) -> list[object]:
    at, look = clock.local(line["at"]), line["look"]
    return [
        f"{at:%Y-%m-%d %H:%M:%S}",
        f"UTC{at.isoformat()[-6:]}",
        line["file"]["handle"],
        f"{line['words']} {line['other']}".strip(),
        ", ".join(look.kinds) if look else "",
        f"{clock.local(look.until):%Y-%m-%d %H:%M:%S}" if look and look.until else "",
        look.times if look else "",
        line["name"],
        line["entry"].id,
    ]


def _wanted(worker: Worker, wanted: Wanted) -> QuerySet[Entry]:
    return trail.beginnings(worker.agency_id, **asdict(wanted))


def _told_to_officer(worker: Worker, entries: list[Entry]) -> list[dict[str, Any]]:
    names = names_of(worker, {e.worker_id for e in entries if e.worker_id})
    handles = files.handles(worker, {e.file_id for e in entries if e.file_id})
    return [
        line
        | {
            "name": names.get(line["entry"].worker_id, ""),
            "file": {"id": line["entry"].file_id, "handle": handles.get(line["entry"].file_id, "")},
        }
        for line in _told(entries)
    ]


def file_called(worker: Worker, words: str) -> UUID | None:
    """Return which file of the agency has this code name; None if none has."""
    return files.id_of_handle(worker, words)


def handle_of(worker: Worker, file_id: UUID | None) -> str:
    """Return the code name of a file, if the asker may see it; else nothing."""
    return files.handles(worker, {file_id}).get(file_id, "") if file_id else ""


def people(worker: Worker) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return whom a line can be of, by number and name: who has a seat here, and whose seat ended."""
    here, left = people_of(worker), people_who_left(worker)
    return [(str(each.pk), each.name) for each in here], [(str(each.pk), each.name) for each in left]


def _told(
    entries: list[Entry], at_desk: Worker | None = None, known: dict[UUID, Agency] | None = None
) -> list[dict[str, Any]]:
    names = _agencies({i for e in entries for i in (e.agency_id, e.other_agency_id) if i}, at_desk, known)
    looks = trail.looks_begun_by(entries)
    words: dict[tuple[str, UUID | None, str], str] = {}  # thousands of lines say a few dozen things
    for entry in entries:
        if (said := (entry.action, entry.agency_id, entry.role)) not in words:
            words[said] = trail.describe(entry, names)
    return [
        {
            "at": entry.at,
            "words": words[entry.action, entry.agency_id, entry.role],
            "other": names.get(entry.other_agency_id, "") if _names_another(entry) else "",
            "look": looks.get(entry.id),
            "entry": entry,
        }
        for entry in entries
    ]


def _names_another(entry: Entry) -> bool:
    return entry.other_agency_id != entry.agency_id


def _in_lists(file_id: UUID, before: date | None, at_desk: Worker) -> tuple[list[dict[str, Any]], str]:
    """One line for each list of somebody's day, by whole days; and the day before which more follow."""
    rows = list(trail.lists_of(file_id, before)[: MOST_LISTS + 1])
    shown = [row for row in rows if row.day != rows[-1].day] if len(rows) > MOST_LISTS else rows
    names = _agencies({row.agency_id for row in rows if row.agency_id}, at_desk)
    lines = [{"day": r.day, "words": trail.describe(r, names), "times": r.times} for r in shown]
    return lines, str(shown[-1].day) if len(rows) > len(shown) else ""


def _agencies(
    ids: set[UUID], at_desk: Worker | None, known: dict[UUID, Agency] | None = None
) -> dict[UUID | None, str]:
    names: dict[UUID | None, str] = {i: str(agency) for i, agency in agencies_by_id(ids, known).items()}
    return names | ({at_desk.agency_id: _("this desk")} if at_desk else {})
