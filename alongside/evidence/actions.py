"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Studies")
ACTIONS = {
    "evidence.project_brought_in": _("{who} brought a project in from another program."),
    "evidence.project_taken_out": _("{who} took a study out for another program."),
    "evidence.compared": _("{who} laid two readings of a source side by side."),
    "evidence.study_opened": _("{who} opened a study."),
    "evidence.study_rewritten": _("{who} wrote a study anew."),
    "evidence.study_closed": _("{who} closed a study."),
    "evidence.study_reopened": _("{who} opened a study again."),
    "evidence.participant_written": _("{who} wrote down in which role somebody took part in a study."),
    "evidence.source_brought_in": _("{who} brought a source into a study."),
    "evidence.source_described": _("{who} wrote down what is known about a source."),
    "evidence.words_decided": _("{who} decided about words that may tell who somebody is."),
    "evidence.source_cleaned": _(
        "{who} finished with a source’s identifying words. Its raw text was destroyed."
    ),
    "evidence.source_read": _("{who} read a source."),
    "evidence.source_withdrawn": _("{who} took a source back for whoever spoke. Its key was destroyed."),
    "evidence.code_made": _("{who} made a code."),
    "evidence.code_rewritten": _("{who} wrote a code anew."),
    "evidence.code_moved": _("{who} moved a code."),
    "evidence.code_merged": _("{who} merged two codes."),
    "evidence.code_retired": _("{who} put a code away."),
    "evidence.code_brought_back": _("{who} brought a code back."),
    "evidence.coded": _("{who} put a passage under a code."),
    "evidence.uncoded": _("{who} took a passage away from a code."),
    "evidence.memo_written": _("{who} wrote a memo in a study."),
    "evidence.memo_taken_away": _("{who} took a memo away."),
    "evidence.reading_begun": _("{who} began to read a source blind."),
    "evidence.reading_finished": _("{who} finished reading a source blind."),
    "evidence.passages_read": _("{who} read the passages of a theme."),
    "evidence.codebook_exported": _("{who} took a codebook out."),
    "evidence.passages_exported": _("{who} took coded passages out."),
}
KINDS = {
    "source": _("What somebody said"),
    "replacement": _("What stands in place of identifying words"),
    "code": _("The example of a code"),
    "memo": _("A memo"),
    "exchange": _("What came with a project of another program"),
}
