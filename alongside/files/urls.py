"""Addresses of the files."""

from django.urls import path

from alongside.files import views

app_name = "files"
urlpatterns = [
    path("", views.list_, name="list"),
    path("list.json", views.as_json, name="json"),
    path("search", views.search, name="search"),
    path("justifications", views.justifications, name="justifications"),
    path("justifications/<uuid:justification_id>", views.review, name="review"),
    path("<uuid:file_id>/justification", views.justification, name="justification"),
    path("destructions/<uuid:destruction_id>", views.destruction, name="destruction"),
    path("<uuid:file_id>/called", views.called, name="called"),
    path("<uuid:file_id>/lead", views.lead, name="lead"),
    path("<uuid:file_id>/closing", views.closure, name="closure"),
    path("<uuid:file_id>/contacts/new", views.contact, name="contact"),
    path("<uuid:file_id>/contacts/<uuid:contact_id>", views.contact, name="contact"),
    path("<uuid:file_id>/contacts/<uuid:contact_id>/check", views.check, name="check"),
    path("<uuid:file_id>/contacts/<uuid:contact_id>/use", views.use, name="use"),
]
