"""Addresses of briefs: those of the people who write and sign, and those of everybody who reads."""

from __future__ import annotations

from django.urls import path

from alongside.briefs.views import briefs, proofs, published, sections

app_name = "briefs"
urlpatterns = [
    path("", briefs.briefs, name="list"),
    path("new", briefs.new, name="new"),
    path("published", published.published, name="published"),
    path("<uuid:brief_id>", briefs.brief, name="brief"),
    path("<uuid:brief_id>/about", briefs.about, name="about"),
    path("<uuid:brief_id>/checks", briefs.checks, name="checks"),
    path("<uuid:brief_id>/proof", proofs.proof, name="proof"),
    path("<uuid:brief_id>/proof/<str:language>.pdf", proofs.proof_pdf, name="proof_pdf"),
    path("<uuid:brief_id>/taking-back", proofs.taking_back, name="taking_back"),
    path("<uuid:brief_id>/signatures", proofs.signatures, name="signatures"),
    path("<uuid:brief_id>/editions", proofs.editions, name="editions"),
    path("<uuid:brief_id>/sections/<uuid:section_id>", sections.section, name="section"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/removal", sections.removal, name="removal"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/order", sections.order, name="order"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/quotes", sections.quotes, name="quotes"),
    path("<uuid:brief_id>/sections/<uuid:section_id>/figures", sections.figures, name="figures"),
    path("<uuid:brief_id>/sections/new/<slug:kind>", sections.section_new, name="section_new"),
    path("<slug:slug>/<int:number>", published.edition, name="published_edition"),
    path("<slug:slug>/<int:number>.<slug:ending>", published.in_a_language, name="published_in"),
    path("<slug:slug>/<int:number>/since/<int:before>", published.changes, name="published_changes"),
    path("<slug:slug>/<int:number>/<str:name>", published.file, name="published_file"),
]
