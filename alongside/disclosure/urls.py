"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from alongside.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("<uuid:release_id>", views.release, name="release"),
    path("<uuid:release_id>.csv", views.table, name="csv"),
    path("<uuid:release_id>/publication", views.publication, name="publication"),
    path("<uuid:release_id>/dropping", views.discard, name="discard"),
]
