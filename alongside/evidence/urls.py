"""Addresses of evidence. None of them is about a person, and none leads to a file."""

from django.urls import path

from alongside.evidence.views import codebook, coding, comparison, exchange, sources, studies

app_name = "evidence"
urlpatterns = [
    path("", studies.studies, name="studies"),
    path("new", studies.new, name="new"),
    path("studies/<uuid:study_id>", studies.study, name="study"),
    path("studies/<uuid:study_id>/edit", studies.edit, name="study_edit"),
    path("studies/<uuid:study_id>/closing", studies.closure, name="study_closure"),
    path("studies/<uuid:study_id>/versions", studies.versions, name="versions"),
    path("studies/<uuid:study_id>/versions/<int:number>", studies.version, name="version"),
    path("studies/<uuid:study_id>/participants", studies.participants, name="participants"),
    path("participants/<uuid:participant_id>", studies.participant, name="participant"),
    path("studies/<uuid:study_id>/sources/new", sources.bring_in, name="bring_in"),
    path("sources/<uuid:source_id>", sources.source, name="source"),
    path("sources/<uuid:source_id>/words", sources.words, name="words"),
    path("sources/<uuid:source_id>/words/marks", sources.mark, name="mark"),
    path("sources/<uuid:source_id>/words/finish", sources.finish, name="finish"),
    path("sources/<uuid:source_id>/withdrawal", sources.withdrawal, name="withdrawal"),
    path("sources/<uuid:source_id>/coding", coding.coding, name="coding"),
    path("sources/<uuid:source_id>/coding/undo", coding.undo, name="undo"),
    path("sources/<uuid:source_id>/coding/next", coding.uncoded, name="uncoded"),
    path("sources/<uuid:source_id>/reading", coding.blind_coding, name="blind_coding"),
    path("passages/<uuid:coding_id>", coding.passage, name="passage"),
    path("studies/<uuid:study_id>/memos", coding.memos, name="memos"),
    path("memos/<uuid:memo_id>", coding.memo, name="memo"),
    path("studies/<uuid:study_id>/codebook", codebook.codebook, name="codebook"),
    path("studies/<uuid:study_id>/codebook.csv", codebook.codebook_csv, name="codebook_csv"),
    path("studies/<uuid:study_id>/passages.csv", codebook.passages_csv, name="passages_csv"),
    path("studies/<uuid:study_id>/codes/new", codebook.new, name="code_new"),
    path("codes/<uuid:code_id>", codebook.code, name="code"),
    path("codes/<uuid:code_id>/edit", codebook.edit, name="code_edit"),
    path("codes/<uuid:code_id>/place", codebook.place, name="code_place"),
    path("codes/<uuid:code_id>/merging", codebook.merge, name="code_merge"),
    path("codes/<uuid:code_id>/standing", codebook.retirement, name="code_retirement"),
    path("sources/<uuid:source_id>/comparison", comparison.comparison, name="comparison"),
    path("studies/<uuid:study_id>/exchange", exchange.exchange, name="exchange"),
    path("studies/<uuid:study_id>/exchange/file", exchange.export, name="export"),
    path("exchanges/<uuid:exchange_id>", exchange.came, name="came"),
    path("themes/<uuid:code_id>", codebook.theme, name="theme"),
]
