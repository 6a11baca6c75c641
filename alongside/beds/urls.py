"""Addresses of the beds."""

from django.urls import path

from alongside.beds import views

app_name = "beds"
urlpatterns = [
    path("", views.search, name="search"),
]
