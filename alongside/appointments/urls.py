"""Addresses of the appointments."""

from django.urls import path

from alongside.appointments import views

app_name = "appointments"
urlpatterns = [
    path("", views.week, name="week"),
    path("of/<uuid:file_id>/new", views.new, name="new"),
    path("<uuid:appointment_id>", views.appointment, name="appointment"),
    path("<uuid:appointment_id>/words", views.change, name="change"),
    path("<uuid:appointment_id>/again", views.again, name="again"),
    path("<uuid:appointment_id>/arrangement", views.arrangement, name="arrangement"),
    path("<uuid:appointment_id>/state", views.state, name="state"),
    path("<uuid:appointment_id>/attendance", views.attendance, name="attendance"),
    path("<uuid:appointment_id>/court", views.court, name="court"),
    path("<uuid:appointment_id>/interpreter", views.interpreter, name="interpreter"),
    path("<uuid:appointment_id>/interpreter/search", views.search, name="search"),
]
