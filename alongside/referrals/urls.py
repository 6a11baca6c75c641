"""Addresses of requests."""

from django.urls import path

from alongside.referrals.views import agreement, blocks, requests

app_name = "referrals"
urlpatterns = [
    path("", requests.list_, name="list"),
    path("notices", requests.notices, name="notices"),
    path("new", agreement.new, name="new"),
    path("<uuid:referral_id>", requests.referral, name="referral"),
    path("<uuid:referral_id>/introduction", agreement.introduction, name="introduction"),
    path("<uuid:referral_id>/items", agreement.items, name="items"),
    path("<uuid:referral_id>/terms", agreement.terms, name="terms"),
    path("<uuid:referral_id>/agreement", agreement.agreement, name="agreement"),
    path("<uuid:referral_id>/check", agreement.check, name="check"),
    path("<uuid:referral_id>/acceptance", requests.acceptance, name="acceptance"),
    path("<uuid:referral_id>/refusal", requests.refusal, name="refusal"),
    path("<uuid:referral_id>/progress", requests.progress, name="progress"),
    path("<uuid:referral_id>/outcome", requests.outcome, name="outcome"),
    path("<uuid:referral_id>/noted", requests.noted, name="noted"),
    path("<uuid:referral_id>/taking-back", requests.taking_back, name="taking_back"),
    path("<uuid:referral_id>/mistake", requests.enter_in_error, name="mistake"),
    path("of/<uuid:file_id>/seeking", agreement.seek, name="seek"),
    path("of/<uuid:file_id>/agreements/<uuid:release_id>/end", agreement.end, name="end"),
    path("of/<uuid:file_id>/blocks", blocks.blocks, name="blocks"),
    path("of/<uuid:file_id>/blocks/<uuid:block_id>/lifted", blocks.lift, name="lift"),
]
