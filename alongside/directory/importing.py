"""What an import of services reads and writes; and the mappings that come with Alongside."""

import json
from functools import lru_cache
from pathlib import Path

from alongside.directory import loading
from alongside.directory.formats import reading
from alongside.directory.models import ImportRun, Mapping, ReportLine
from alongside.kernel import importing

MAPPINGS = Path(__file__).parent / "mappings"


@lru_cache(maxsize=1)
def shipped_mappings():
    """Return the mappings that come with Alongside, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(MAPPINGS.glob("*.json"))}


def mapping_named(name, agency_id=None):
    """Return a mapping: one that comes with Alongside, or one of this agency's own; None if there is none of that name."""
    shipped = shipped_mappings().get(name)
    if shipped or agency_id is None:
        return shipped
    own = Mapping.objects.filter(agency_id=agency_id, name=name).first()
    return own.columns if own else None


def carry_out(run_id, content=None):
    """Carry out an import: read the file, then write it into the directory in one transaction. A broken file changes nothing."""
    run = ImportRun.objects.get(pk=run_id)
    mapping = mapping_named(run.mapping, run.agency_id) if run.mapping else None

    def read(found, told):
        kind = run.format or ("hsds-tables" if isinstance(found, dict) else "csv" if run.mapping else reading.format_of(found))
        feed = reading.read(found, kind, mapping=mapping, told=told)
        run.format, run.rows, run.left_out = kind, feed.rows, feed.left_out
        return feed

    def write(feed):
        about = {name: mapping.get(name, "") for name in ("publisher", "licence")} if mapping else {}
        run.added, run.updated, run.unchanged = loading.load(feed, source_name=run.source_name, agency_id=run.agency_id, **about)
        return feed.notes

    return importing.carry_out(run, ReportLine, read=read, write=write, content=content)
