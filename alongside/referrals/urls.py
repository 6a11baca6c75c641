"""Addresses of requests."""

from django.urls import path

from alongside.referrals import agreeing, blocking, views

app_name = "referrals"
urlpatterns = [
    path("", views.list_, name="list"),
    path("notices", views.notices, name="notices"),
    path("new", agreeing.new, name="new"),
    path("<uuid:referral_id>", views.referral, name="referral"),
    path("<uuid:referral_id>/introduction", agreeing.introduction, name="introduction"),
    path("<uuid:referral_id>/items", agreeing.items, name="items"),
    path("<uuid:referral_id>/terms", agreeing.terms, name="terms"),
    path("<uuid:referral_id>/agreement", agreeing.agreement, name="agreement"),
    path("<uuid:referral_id>/check", agreeing.check, name="check"),
    path("<uuid:referral_id>/acceptance", views.acceptance, name="acceptance"),
    path("<uuid:referral_id>/refusal", views.refusal, name="refusal"),
    path("<uuid:referral_id>/progress", views.progress, name="progress"),
    path("<uuid:referral_id>/outcome", views.outcome, name="outcome"),
    path("<uuid:referral_id>/noted", views.noted, name="noted"),
    path("<uuid:referral_id>/taking-back", views.taking_back, name="taking_back"),
    path("<uuid:referral_id>/mistake", views.mistake, name="mistake"),
    path("of/<uuid:file_id>/seeking", agreeing.seek, name="seek"),
    path("of/<uuid:file_id>/agreements/<uuid:release_id>/end", agreeing.end, name="end"),
    path("of/<uuid:file_id>/blocks", blocking.blocks, name="blocks"),
    path("of/<uuid:file_id>/blocks/<uuid:block_id>/lifted", blocking.lifting, name="lifting"),
]
