"""Released tables as figures of a brief.

Their words in both languages, and only numbers that were protected before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.document import LANGUAGES, Figure, Row, Text
from alongside.disclosure import queries as disclosure
from alongside.indicators import queries as indicators
from alongside.kernel.punctuation import listed

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief
    from alongside.disclosure.models import Release


SORTED = ("need", "barrier")  # largest first; regions and bands keep their order
MOST_SAID = 6  # rows that the alternative text says; the table has them all


def in_both(say: Callable[[], str]) -> Text:
    """Return what is said, in each language."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(say())
    return Text(told["en"], told["fr"])


def release_of(viewer: Worker, release_id: UUID) -> Release | None:
    """Return a release that is there for this viewer and not dropped, or nothing."""
    try:
        found = disclosure.get_release(viewer, release_id)
    except ObjectDoesNotExist:
        return None
    return None if found.state == disclosure.State.DROPPED else found


def offered(viewer: Worker, brief: Brief) -> list[Release]:
    """Return the tables that this brief may print: prepared for its readers, released or about to be."""
    live = (disclosure.State.PROPOSED, disclosure.State.PUBLISHED)
    return [
        release
        for release in disclosure.ledger(viewer)
        if release.audience == brief.audience
        and release.state in live
        and release.half == (brief.half or release.half)
    ]


def title_of(release: Release) -> str:
    """Return what a table is of, in the reader's language."""
    return f"{disclosure.title(release)}, {disclosure.half_said(release.half)}"


def finding_of(release: Release) -> Text:
    """Return what a table says most of all, as a first finding that an editor can write better."""
    return in_both(lambda: disclosure.grid(release).finding)


def figure_of(release: Release, finding: Text) -> Figure:
    """Return a released table as a figure with this finding for a title.

    Rows and columns of which nothing is shown are named beneath it.
    """
    told, several = release.figures, bool(release.columns)
    keep = [
        at
        for at, code in enumerate(told["columns"])
        if code == disclosure.SUM or any(line[at] is not None for line in told["cells"])
    ]
    lines = list(zip(told["rows"], told["cells"], strict=True))
    shown = [
        (code, cells)
        for code, cells in lines
        if code == disclosure.SUM or any(cells[at] is not None for at in keep)
    ]
    if release.rows in SORTED:
        shown.sort(key=lambda line: (line[0] == disclosure.SUM, line[1][-1] is None, -(line[1][-1] or 0)))
    silent = [code for code, _cells in lines if code not in dict(shown)]
    rows = tuple(
        Row(
            in_both(partial(disclosure.said, release.rows, code)),
            tuple(cells[at] for at in keep),
            code == disclosure.SUM,
        )
        for code, cells in shown
    )
    columns = (
        tuple(in_both(partial(disclosure.said, release.columns, told["columns"][at])) for at in keep)
        if several
        else ()
    )
    return Figure(
        code=f"{release.table}-{release.half}",
        finding=finding,
        spoken=_spoken(rows),
        head=in_both(lambda: disclosure.title(release)),
        columns=columns or (in_both(lambda: _("How many")),),
        rows=rows,
        period=in_both(lambda: disclosure.half_said(release.half)),
        release=str(release.pk),
        has_sum=several,
        silent=in_both(partial(_silent, release, silent)),
        **_meaning(release),
    )


def _silent(release: Release, codes: list[str]) -> str:
    """Say of which rows nothing is shown: which, if they are few, else how many."""
    if len(codes) > MOST_SAID:
        return ngettext("%(n)s other row", "%(n)s other rows", len(codes)) % {"n": len(codes)}
    return listed(disclosure.said(release.rows, code) for code in codes)


def _meaning(release: Release) -> dict[str, Text]:
    """Return what is counted and what to mind, as the fixed tables say it."""
    indicator = indicators.TABLES.get(release.table)
    if indicator is None:
        return {"caveat": in_both(lambda: disclosure.unit_said(release.unit))}
    return {
        name: in_both(partial(getattr, indicator, name))
        for name in ("definition", "numerator", "denominator", "caveat")
    }


def _spoken(rows: tuple[Row, ...]) -> Text:
    """Say a picture in words.

    Its rows from the largest on, the sum of all left out, as far as their numbers are shown.
    """
    shown = sorted(
        (row for row in rows if not row.total and row.cells[-1] is not None),
        key=lambda row: -(row.cells[-1] or 0),
    )
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = listed(
                f"{row.label.of(language)} {inline_markup.count(row.cells[-1] or 0, language)}"
                for row in shown[:MOST_SAID]
            )
            more = len(shown) - MOST_SAID
            rest = " " + _("The table has %(n)s more.") % {"n": more} if more > 0 else ""
            told[language] = (
                _("Bars: %(rows)s.") % {"rows": said} + rest
                if said
                else _("No number of this table is shown.")
            )
    return Text(told["en"], told["fr"])
