"""The front of the house, and a file."""

from django.urls import include, path

from alongside.desk import views

file_urls = (
    [
        path("<uuid:file_id>", views.file, name="file"),
        path("<uuid:file_id>/looks", views.looks, name="looks"),
    ],
    "desk",
)
urlpatterns = [
    path("", views.front, name="front"),
    path("day", views.day, name="day"),
    path("tour", views.tour, name="tour"),
    path("looks", views.watch, name="watch"),
    path("files/", include(file_urls)),
]
