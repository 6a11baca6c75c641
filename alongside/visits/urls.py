"""Addresses of the open desk."""

from django.urls import path

from alongside.visits import views

app_name = "visits"
urlpatterns = [
    path("", views.new, name="new"),
    path("told", views.told, name="told"),
    path("figures", views.figures, name="figures"),
    path("<uuid:visit_id>/length", views.length, name="length"),
    path("<uuid:visit_id>/undo", views.undo, name="undo"),
    path("<uuid:visit_id>/file", views.file, name="file"),
    path("<uuid:visit_id>/no-file", views.no_file, name="no_file"),
    path("<uuid:visit_id>/of/<uuid:file_id>/attached", views.attached, name="attached"),
    path("<uuid:visit_id>/of/<uuid:file_id>", views.note, name="note"),
]
