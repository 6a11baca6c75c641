"""Taking a study out as a project for other programs.

What came with it merged back, what was done here added. That it left stands on the trail.
"""

from __future__ import annotations

import copy
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.evidence import queries, rules
from alongside.evidence.models import BlindCoding, Exchange
from alongside.evidence.queries.exchange import kept_of
from alongside.evidence.queries.export import ORIGIN, Outgoing
from alongside.evidence.refi import records, retained, trees, writer
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


FORMS = ("qdpx", "qde", "qdc")


@transaction.atomic
def take_out(*, study_id: UUID, form: str, by: Worker, at: datetime) -> bytes:
    """Return a study as a package (`qdpx`), a bare project (`qde`) or its codebook (`qdc`).

    Each is valid by the standard's schema.

    Texts whose identifying words nobody has seen to yet go out without their words; what was taken back
    doesn't go out at all, nor does what nobody can see to here: recordings, pictures, cases and variables.
    Every other word (names, memos, descriptions) is looked through once more on its way out.

    :raises rules.CannotTakeOut: while somebody reads blind: passages nobody else may see would be missing,
        and look as if they had been taken away
    """
    study = queries.get_study(by, study_id)
    _check_nobody_reads_blind(study.pk)
    kept = next(
        (
            kept
            for exchange in Exchange.objects.filter(study_id=study.pk).order_by("brought_in_at")
            if "qde" in (kept := kept_of(exchange))
        ),
        {},
    )
    tree = (
        trees.parse(kept["qde"].encode())
        if kept
        else writer.new(records.Project(name=study.now.title, origin=ORIGIN))
    )
    retained.leave_out(tree)
    cleaning = queries.cleaning(by)
    out = Outgoing(by, study, tree, cleaning.words)
    note("evidence.project_taken_out", custodian_id=by.agency_id, item_id=study.pk, item_kind="study")
    if form == "qdc":
        whole = copy.deepcopy(tree)
        writer.bare(
            whole, records.Project(name="", codes=out.codes), changed=out.changed, clean=cleaning.tree
        )
        return trees.write(trees.as_codebook(whole))
    if form == "qde":
        return writer.bare(tree, out.project, changed=out.changed, clean=cleaning.tree)
    return writer.packed(tree, out.project, changed=out.changed, clean=cleaning.tree)


def _check_nobody_reads_blind(study_id: UUID) -> None:
    if BlindCoding.objects.filter(source__study_id=study_id, blind=True, finished_at=None).exists():
        raise rules.CannotTakeOut(
            _(
                "Somebody is reading blind in this study. Take it out once they have finished: until then "
                "not every passage could go along."
            )
        )
