"""Addresses of briefs: those of the people who write and sign, and those of everybody who reads."""

from __future__ import annotations

from django.urls import path

from alongside.briefs import published, views

app_name = "briefs"
urlpatterns = [
    path("", views.briefs, name="list"),
    path("new", views.new, name="new"),
    path("published", published.published, name="published"),
    path("<uuid:brief_id>", views.brief, name="brief"),
    path("<uuid:brief_id>/about", views.about, name="about"),
    path("<uuid:brief_id>/checks", views.checks, name="checks"),
    path("<uuid:brief_id>/proof", views.proof, name="proof"),
    path("<uuid:brief_id>/proof/<str:language>.pdf", views.proof_pdf, name="proof_pdf"),
    path("<uuid:brief_id>/taking-back", views.taking_back, name="taking_back"),
    path("<uuid:brief_id>/signatures", views.signatures, name="signatures"),
    path("<uuid:brief_id>/editions", views.editions, name="editions"),
    path("<uuid:brief_id>/sections/<uuid:section_id>", views.section, name="section"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/removal", views.removal, name="removal"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/order", views.order, name="order"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/quotes", views.quotes, name="quotes"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/figures", views.figures, name="figures"),
    path("<uuid:brief_id>/sections/new/<slug:kind>", views.section_new, name="section_new"),
    path("<slug:slug>/<int:number>", published.edition, name="published_edition"),
    path("<slug:slug>/<int:number>.<slug:ending>", published.in_a_language, name="published_in"),
    path("<slug:slug>/<int:number>/since/<int:before>", published.changes, name="published_changes"),
    path("<slug:slug>/<int:number>/<str:name>", published.file, name="published_file"),
]
