"""Addresses of the fund."""

from django.urls import path

from alongside.fund.views import payments, pots, purchases, reports

app_name = "fund"
urlpatterns = [
    path("", pots.pots, name="list"),
    path("new", purchases.new, name="new"),
    path("waiting", purchases.waiting, name="waiting"),
    path("limits", pots.limits, name="limits"),
    path("pots/new", pots.new_pot, name="new_pot"),
    path("pots/<uuid:pot_id>", pots.pot, name="pot"),
    path("pots/<uuid:pot_id>/change", pots.change_pot, name="change_pot"),
    path("pots/<uuid:pot_id>/allotments", pots.allot, name="allot"),
    path("pots/<uuid:pot_id>/reports", reports.reports, name="reports"),
    path("reports/<uuid:report_id>", reports.report, name="report"),
    path("<uuid:purchase_id>", purchases.purchase, name="purchase"),
    path("<uuid:purchase_id>/approval", purchases.approval, name="approval"),
    path("<uuid:purchase_id>/refusal", purchases.refusal, name="refusal"),
    path("<uuid:purchase_id>/withdrawal", purchases.withdrawal, name="withdrawal"),
    path("<uuid:purchase_id>/ending", purchases.ending, name="ending"),
    path("payments/<uuid:instalment_id>", payments.payment, name="payment"),
    path("payments/<uuid:instalment_id>/release", payments.release, name="release"),
    path("payments/<uuid:instalment_id>/receipt", payments.receipt, name="receipt"),
    path("payments/<uuid:instalment_id>/write-off", payments.write_off, name="write_off"),
    path("payments/<uuid:instalment_id>/return", payments.bring_back, name="bring_back"),
    path("payments/<uuid:instalment_id>/refund", payments.refund, name="refund"),
    path("payments/<uuid:instalment_id>/count", payments.count, name="count"),
]
