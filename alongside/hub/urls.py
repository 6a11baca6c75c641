"""Addresses of a hub."""

from django.urls import path

from alongside.hub.views import day, queue, tonight

app_name = "hub"
urlpatterns = [
    path("", day.list_, name="list"),
    path("<uuid:hub_id>", day.hub, name="hub"),
    path("<uuid:hub_id>/sitting", day.sitting, name="sitting"),
    path("<uuid:hub_id>/sitting/end", day.end, name="end"),
    path("<uuid:hub_id>/busy", day.busy, name="busy"),
    path("<uuid:hub_id>/desk", day.desk, name="desk"),
    path("<uuid:hub_id>/next", day.next_, name="next"),
    path("<uuid:hub_id>/waiting", queue.waiting, name="waiting"),
    path("<uuid:hub_id>/waiting/new", queue.new, name="new"),
    path("<uuid:hub_id>/waiting/<uuid:waiting_id>/met", queue.met, name="met"),
    path("<uuid:hub_id>/waiting/<uuid:waiting_id>/on", queue.on, name="on"),
    path("<uuid:hub_id>/waiting/<uuid:waiting_id>/gone", queue.gone, name="gone"),
    path("<uuid:hub_id>/waiting/<uuid:waiting_id>/later", queue.later, name="later"),
    path("<uuid:hub_id>/tonight/<uuid:file_id>", tonight.tonight, name="tonight"),
    path("<uuid:hub_id>/tonight/<uuid:file_id>/check", tonight.check, name="check"),
]
