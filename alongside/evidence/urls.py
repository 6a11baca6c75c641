"""Addresses of evidence. None of them is about a person, and none leads to a file."""

from django.urls import path

from alongside.evidence import codebook_pages, coding_pages, comparing, exchange_pages, source_pages, views

app_name = "evidence"
urlpatterns = [
    path("", views.studies, name="studies"),
    path("new", views.new, name="new"),
    path("studies/<uuid:study_id>", views.study, name="study"),
    path("studies/<uuid:study_id>/edit", views.edit, name="study_edit"),
    path("studies/<uuid:study_id>/closing", views.closing, name="study_closing"),
    path("studies/<uuid:study_id>/versions", views.versions, name="versions"),
    path("studies/<uuid:study_id>/versions/<int:number>", views.version, name="version"),
    path("studies/<uuid:study_id>/participants", views.participants, name="participants"),
    path("participants/<uuid:participant_id>", views.participant, name="participant"),
    path("studies/<uuid:study_id>/sources/new", source_pages.bring_in, name="bring_in"),
    path("sources/<uuid:source_id>", source_pages.source, name="source"),
    path("sources/<uuid:source_id>/words", source_pages.words, name="words"),
    path("sources/<uuid:source_id>/words/marks", source_pages.marking, name="marking"),
    path("sources/<uuid:source_id>/words/finish", source_pages.finishing, name="finishing"),
    path("sources/<uuid:source_id>/withdrawal", source_pages.withdrawal, name="withdrawal"),
    path("sources/<uuid:source_id>/coding", coding_pages.coding, name="coding"),
    path("sources/<uuid:source_id>/coding/undo", coding_pages.undoing, name="undoing"),
    path("sources/<uuid:source_id>/coding/next", coding_pages.uncoded, name="uncoded"),
    path("sources/<uuid:source_id>/reading", coding_pages.reading, name="reading"),
    path("passages/<uuid:coding_id>", coding_pages.passage, name="passage"),
    path("studies/<uuid:study_id>/memos", coding_pages.memos, name="memos"),
    path("memos/<uuid:memo_id>", coding_pages.memo, name="memo"),
    path("studies/<uuid:study_id>/codebook", codebook_pages.codebook, name="codebook"),
    path("studies/<uuid:study_id>/codebook.csv", codebook_pages.codebook_csv, name="codebook_csv"),
    path("studies/<uuid:study_id>/passages.csv", codebook_pages.passages_csv, name="passages_csv"),
    path("studies/<uuid:study_id>/codes/new", codebook_pages.new, name="code_new"),
    path("codes/<uuid:code_id>", codebook_pages.code, name="code"),
    path("codes/<uuid:code_id>/edit", codebook_pages.edit, name="code_edit"),
    path("codes/<uuid:code_id>/place", codebook_pages.place, name="code_place"),
    path("codes/<uuid:code_id>/merging", codebook_pages.merging, name="code_merging"),
    path("codes/<uuid:code_id>/standing", codebook_pages.standing, name="code_standing"),
    path("sources/<uuid:source_id>/comparison", comparing.comparison, name="comparison"),
    path("studies/<uuid:study_id>/exchange", exchange_pages.exchange, name="exchange"),
    path("studies/<uuid:study_id>/exchange/file", exchange_pages.taking, name="taking"),
    path("exchanges/<uuid:exchange_id>", exchange_pages.came, name="came"),
    path("themes/<uuid:code_id>", codebook_pages.theme, name="theme"),
]
