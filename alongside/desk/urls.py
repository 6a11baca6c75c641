"""The front of the house, and a file."""

from django.urls import include, path

from alongside.desk import views

file_urls = (
    [
        path("<uuid:file_id>", views.file, name="file"),
        path("<uuid:file_id>/looks", views.looks, name="looks"),
        path("<uuid:file_id>/paper", views.paper, name="paper"),
        path("<uuid:file_id>/leaving", views.leaving, name="leaving"),
    ],
    "desk",
)
urlpatterns = [
    path("", views.front, name="front"),
    path("day", views.day, name="day"),
    path("visits/<uuid:visit_id>", views.contact, name="toolbox"),
    path("measures", views.measures, name="measures"),
    path("sheet/<slug:number>", views.sheet, name="sheet"),
    path("card", views.card, name="card"),
    path("tour", views.tour, name="tour"),
    path("looks", views.watch, name="watch"),
    path("looks.csv", views.watch_csv, name="watch_csv"),
    path("files/", include(file_urls)),
]
