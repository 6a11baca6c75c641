"""Addresses of indicators."""

from __future__ import annotations

from django.urls import path

from alongside.indicators import cost_pages, outside_pages, views

app_name = "indicators"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("preparation", views.preparation, name="preparation"),
    path("contribution", views.contribution, name="contribution"),
    path("costs", cost_pages.overview, name="costs"),
    path("costs/parameters/new", cost_pages.parameter, name="parameter_new"),
    path("costs/parameters/<uuid:line>", cost_pages.parameter, name="parameter"),
    path("costs/parameters/<uuid:line>/removal", cost_pages.taken_out, name="parameter_removal"),
    path("outside", outside_pages.overview, name="outside"),
    path("outside/calls.csv", outside_pages.table, name="outside_csv"),
]
