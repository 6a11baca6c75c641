"""Addresses of indicators."""

from __future__ import annotations

from django.urls import path

from alongside.indicators.views import contributions, costs, external_series, summary

app_name = "indicators"
urlpatterns = [
    path("", summary.summary, name="summary"),
    path("preparation", summary.preparation, name="preparation"),
    path("contribution", contributions.contribution, name="contribution"),
    path("costs", costs.overview, name="costs"),
    path("costs/parameters/new", costs.parameter, name="parameter_new"),
    path("costs/parameters/<uuid:line>", costs.parameter, name="parameter"),
    path("costs/parameters/<uuid:line>/removal", costs.taken_out, name="parameter_removal"),
    path("outside", external_series.overview, name="external_series"),
    path("outside/calls.csv", external_series.table, name="external_series_csv"),
]
