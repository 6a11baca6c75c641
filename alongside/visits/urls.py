"""Addresses of the open desk."""

from django.urls import path

from alongside.visits import views

app_name = "visits"
urlpatterns = [
    path("", views.new, name="new"),
    path("<uuid:visit_id>", views.visit, name="visit"),
    path("<uuid:visit_id>/length", views.length, name="length"),
    path("<uuid:visit_id>/undo", views.undo, name="undo"),
    path("<uuid:visit_id>/file", views.file, name="file"),
    path("<uuid:visit_id>/of/<uuid:file_id>", views.note, name="note"),
]
