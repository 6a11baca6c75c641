"""Addresses of the gaps."""

from django.urls import path

from alongside.gaps import views

app_name = "gaps"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("new", views.new, name="new"),
]
