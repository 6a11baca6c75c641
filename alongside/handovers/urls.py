"""Addresses of the hand-overs."""

from django.urls import path

from alongside.handovers import views

app_name = "handovers"
urlpatterns = [
    path("new", views.new, name="new"),
    path("held/<uuid:holder_id>", views.held, name="held"),
    path("mine", views.mine, name="mine"),
    path("away", views.away, name="away"),
    path("away/<uuid:absence_id>", views.back, name="back"),
    path("transfers", views.transfers, name="transfers"),
    path("transfers/<uuid:transfer_id>", views.transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/contact", views.contact, name="contact"),
    path("continuity", views.continuity, name="continuity"),
    path("checks/of/<uuid:file_id>", views.check, name="check"),
    path("checks/<uuid:check_id>", views.checked, name="checked"),
    path("<uuid:batch_id>", views.board, name="board"),
]
