"""Addresses of quotes. None of them is about a person, and none leads to a file."""

from django.urls import path

from alongside.quotes import agreeing, views

app_name = "quotes"
urlpatterns = [
    path("", views.studies, name="studies"),
    path("studies/<uuid:study_id>", views.study, name="study"),
    path("studies/<uuid:study_id>/new", views.new, name="new"),
    path("passages/<uuid:coding_id>", views.from_passage, name="from_passage"),
    path("translations/<uuid:translation_id>/check", views.translation_check, name="translation_check"),
    path("<uuid:quote_id>", views.quote, name="quote"),
    path("<uuid:quote_id>/wording", views.wording, name="wording"),
    path("<uuid:quote_id>/recognition", views.recognition, name="recognition"),
    path("<uuid:quote_id>/translation", views.translation, name="translation"),
    path("<uuid:quote_id>/theme", views.theme, name="theme"),
    path("<uuid:quote_id>/withdrawal", views.withdrawal, name="withdrawal"),
    path("<uuid:quote_id>/sheet", agreeing.sheet, name="sheet"),
    path("<uuid:quote_id>/showing", agreeing.showing, name="showing"),
    path("<uuid:quote_id>/answer", agreeing.answer, name="answer"),
    path("<uuid:quote_id>/attribution", agreeing.attribution, name="attribution"),
    path("<uuid:quote_id>/readers", agreeing.readers, name="readers"),
    path("<uuid:quote_id>/until", agreeing.until, name="until"),
    path("<uuid:quote_id>/agreement", agreeing.agreement, name="agreement"),
]
