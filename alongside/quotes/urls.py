"""Addresses of quotes. None of them is about a person, and none leads to a file."""

from django.urls import path

from alongside.quotes.views import agreement, quotes

app_name = "quotes"
urlpatterns = [
    path("", quotes.studies, name="studies"),
    path("studies/<uuid:study_id>", quotes.study, name="study"),
    path("studies/<uuid:study_id>/new", quotes.new, name="new"),
    path("passages/<uuid:coding_id>", quotes.from_passage, name="from_passage"),
    path("translations/<uuid:translation_id>/check", quotes.translation_check, name="translation_check"),
    path("<uuid:quote_id>", quotes.quote, name="quote"),
    path("<uuid:quote_id>/wording", quotes.wording, name="wording"),
    path("<uuid:quote_id>/recognition", quotes.recognition, name="recognition"),
    path("<uuid:quote_id>/translation", quotes.translation, name="translation"),
    path("<uuid:quote_id>/theme", quotes.theme, name="theme"),
    path("<uuid:quote_id>/withdrawal", quotes.withdrawal, name="withdrawal"),
    path("<uuid:quote_id>/sheet", agreement.sheet, name="sheet"),
    path("<uuid:quote_id>/showing", agreement.review, name="review"),
    path("<uuid:quote_id>/answer", agreement.answer, name="answer"),
    path("<uuid:quote_id>/attribution", agreement.attribution, name="attribution"),
    path("<uuid:quote_id>/readers", agreement.readers, name="readers"),
    path("<uuid:quote_id>/until", agreement.until, name="until"),
    path("<uuid:quote_id>/agreement", agreement.agreement, name="agreement"),
]
