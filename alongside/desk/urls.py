"""The front of the house."""

from django.urls import path

from alongside.desk import views

urlpatterns = [
    path("", views.front, name="front"),
    path("day", views.day, name="day"),
]
