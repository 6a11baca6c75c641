"""Addresses of the hand-overs."""

from django.urls import path

from alongside.handovers import views

app_name = "handovers"
urlpatterns = [
    path("new", views.new, name="new"),
    path("<uuid:batch_id>", views.board, name="board"),
]
