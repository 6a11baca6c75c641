"""Addresses of going along."""

from django.urls import path

from alongside.accompaniment import views
from alongside.accompaniment.views import availability, calendars, check_ins, suggestions

app_name = "accompaniment"
urlpatterns = [
    path("companions", views.companions, name="companions"),
    path("companions/<uuid:worker_id>", views.seat, name="seat"),
    path("companions/<uuid:worker_id>/hours", availability.hours, name="hours"),
    path("companions/<uuid:worker_id>/hours/day", availability.day, name="day"),
    path("places", availability.places, name="places"),
    path("places/unknown", availability.unknown_way, name="unknown_way"),
    path("places/<uuid:place_id>", availability.place, name="place"),
    path("places/<uuid:place_id>/base", availability.base, name="base"),
    path("suggestion", suggestions.suggestion, name="suggestion"),
    path("calendar", calendars.calendar, name="calendar"),
    path("watch", check_ins.watch, name="watch"),
    path("watch/agreed", check_ins.agreed, name="agreed"),
    path("watch/word", check_ins.word, name="word"),
    path("watch/<uuid:check_in_id>", check_ins.watched, name="watched"),
    path("own", views.own, name="own"),
    path("of/<uuid:appointment_id>", views.accompaniment, name="accompaniment"),
    path("of/<uuid:appointment_id>/answer", views.answer, name="answer"),
    path("<uuid:accompaniment_id>/companion", views.companion, name="companion"),
    path("<uuid:accompaniment_id>/wish", availability.wish, name="wish"),
    path("<uuid:accompaniment_id>/card", views.card, name="card"),
    path("<uuid:accompaniment_id>/confirmation", views.confirmation, name="confirmation"),
    path("<uuid:accompaniment_id>/going", views.going, name="going"),
    path("<uuid:accompaniment_id>/state", views.state, name="state"),
    path("<uuid:accompaniment_id>/check-in", check_ins.check_in, name="check_in"),
    path("<uuid:accompaniment_id>/check-out", check_ins.check_out, name="check_out"),
    path("<uuid:accompaniment_id>/back", views.back, name="back"),
]
