"""Addresses of occupancy. None of them is about a person."""

from django.urls import path

from alongside.occupancy.views import figures, imports

app_name = "occupancy"
urlpatterns = [
    path("", figures.pictures, name="figures"),
    path("imports", imports.list_, name="imports"),
    path("imports/<uuid:run_id>", imports.import_, name="import"),
    path("<slug:code>.csv", figures.table, name="csv"),
]
