"""Every read of the briefs.

For the agency that writes one, for whoever signs its proof, and its editions for anybody.
"""

from alongside.briefs.models import Audience, Kind
from alongside.briefs.queries.briefs import (
    answers,
    briefs,
    get_brief,
    get_section,
    groups,
    is_taken,
    sections,
)
from alongside.briefs.queries.choices import (
    choice_of_quotes,
    findings_of,
    halves,
    offered,
    priced,
    stewards,
    studies,
)
from alongside.briefs.queries.completeness import too_long
from alongside.briefs.queries.editions import (
    changes,
    edition_shown,
    editions,
    files_of,
    get_edition,
    name_of,
    published,
)
from alongside.briefs.queries.places import led
from alongside.briefs.queries.proofs import (
    SEALED_FOR,
    assembled,
    contradictions_of,
    gone_quotes,
    has_signed,
    pdf_of_proof,
    proof_content,
    proof_shown,
    quotes_in,
    standing,
    standing_quotes,
)
from alongside.briefs.queries.task_list import task_list
from alongside.briefs.rules import may_write

__all__ = [
    "SEALED_FOR",
    "Audience",
    "Kind",
    "answers",
    "assembled",
    "briefs",
    "changes",
    "choice_of_quotes",
    "contradictions_of",
    "edition_shown",
    "editions",
    "files_of",
    "findings_of",
    "get_brief",
    "get_edition",
    "get_section",
    "gone_quotes",
    "groups",
    "halves",
    "has_signed",
    "is_taken",
    "led",
    "may_write",
    "name_of",
    "offered",
    "pdf_of_proof",
    "priced",
    "proof_content",
    "proof_shown",
    "published",
    "quotes_in",
    "sections",
    "standing",
    "standing_quotes",
    "stewards",
    "studies",
    "task_list",
    "too_long",
]
