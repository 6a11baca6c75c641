"""Addresses of requests."""

from django.urls import path

from alongside.referrals.views import agreement, blocks, capacity, cards, endings, order, paper, requests

app_name = "referrals"
urlpatterns = [
    path("", cards.list_, name="list"),
    path("notices", cards.notices, name="notices"),
    path("capacity/new", capacity.new_capacity, name="new_capacity"),
    path("capacity/<uuid:capacity_id>", capacity.capacity, name="capacity"),
    path("capacity/<uuid:capacity_id>/somebody", capacity.for_somebody, name="for_somebody"),
    path("<uuid:referral_id>", requests.referral, name="referral"),
    path("<uuid:referral_id>/introduction", agreement.introduction, name="introduction"),
    path("<uuid:referral_id>/passing-on", agreement.passing_on, name="passing_on"),
    path("<uuid:referral_id>/agreement", agreement.agreement, name="agreement"),
    path("<uuid:referral_id>/check", agreement.check, name="check"),
    path("<uuid:referral_id>/paper", paper.paper, name="paper"),
    path("<uuid:referral_id>/acceptance", requests.acceptance, name="acceptance"),
    path("<uuid:referral_id>/not-yet", requests.not_yet, name="not_yet"),
    path("<uuid:referral_id>/question", requests.question, name="question"),
    path("<uuid:referral_id>/messages", requests.messages_, name="messages"),
    path("<uuid:referral_id>/renewal", agreement.renewal, name="renewal"),
    path("<uuid:referral_id>/suggestion", requests.suggestion, name="suggestion"),
    path("<uuid:referral_id>/refusal", requests.refusal, name="refusal"),
    path("<uuid:referral_id>/progress", requests.progress, name="progress"),
    path("<uuid:referral_id>/outcome", endings.outcome, name="outcome"),
    path("<uuid:referral_id>/noted", requests.noted, name="noted"),
    path("<uuid:referral_id>/taking-back", endings.taking_back, name="taking_back"),
    path("<uuid:referral_id>/putting-back", endings.putting_back, name="putting_back"),
    path("<uuid:referral_id>/mistake", endings.enter_in_error, name="mistake"),
    path("of/<uuid:file_id>/seeking", agreement.seek, name="seek"),
    path("of/<uuid:file_id>/whom", agreement.whom, name="whom"),
    path("of/<uuid:file_id>/new", agreement.new, name="new"),
    path("of/<uuid:file_id>/order", order.order, name="order"),
    path("of/<uuid:file_id>/order/<uuid:ranked_id>", order.ranked, name="ranked"),
    path("of/<uuid:file_id>/agreements/<uuid:release_id>/end", agreement.end, name="end"),
    path("of/<uuid:file_id>/not-me", blocks.recuse, name="not_me"),
    path("not-me", blocks.recusals, name="recusals"),
    path("not-me/<uuid:recusal_id>/lifted", blocks.lift_recusal, name="lift_recusal"),
    path("of/<uuid:file_id>/blocks", blocks.blocks, name="blocks"),
    path("of/<uuid:file_id>/blocks/<uuid:block_id>/lifted", blocks.lift, name="lift"),
]
