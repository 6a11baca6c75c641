"""Addresses of the directory. None of them is about a person."""

from django.urls import path

from alongside.directory import api, imports, views

app_name = "directory"
urlpatterns = [
    path("", views.search, name="search"),
    path("list.csv", views.as_csv, name="csv"),
    path("ours", views.own, name="own"),
    path("entries/new", views.new, name="new"),
    path("entries/<uuid:entry_id>", views.entry, name="entry"),
    path("entries/<uuid:entry_id>/words", views.edit, name="edit"),
    path("entries/<uuid:entry_id>/hiding", views.hiding, name="hiding"),
    path("imports", imports.list_, name="imports"),
    path("imports/<uuid:run_id>", imports.import_, name="import"),
    path("mappings", imports.mappings, name="mappings"),
    path("hsds/", api.about, name="hsds"),
    path("hsds/<str:kind>", api.records, name="hsds_records"),
    path("hsds/<str:kind>/<uuid:key>", api.record, name="hsds_record"),
]
