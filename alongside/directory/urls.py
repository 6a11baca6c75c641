"""Addresses of the directory. None of them is about a person."""

from django.urls import path

from alongside.directory.views import api, entries, imports, search

app_name = "directory"
urlpatterns = [
    path("", search.search, name="search"),
    path("putting-down", search.put_down, name="put_down"),
    path("list.csv", search.as_csv, name="csv"),
    path("ours", entries.own, name="own"),
    path("entries/new", entries.new, name="new"),
    path("entries/<uuid:entry_id>", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/words", entries.edit, name="edit"),
    path("entries/<uuid:entry_id>/hiding", entries.visibility, name="visibility"),
    path("imports", imports.list_, name="imports"),
    path("imports/<uuid:run_id>", imports.import_, name="import"),
    path("mappings", imports.mappings, name="mappings"),
    path("hsds/", api.about, name="hsds"),
    path("hsds/<str:kind>", api.records, name="hsds_records"),
    path("hsds/<str:kind>/<uuid:key>", api.record, name="hsds_record"),
]
