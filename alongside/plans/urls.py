"""Addresses of a plan, below its file."""

from django.urls import path

from alongside.plans import views

app_name = "plans"
urlpatterns = [
    path("<uuid:file_id>/priorities/new", views.priority, name="priority"),
    path("<uuid:file_id>/priorities/order", views.order, name="order"),
    path("<uuid:file_id>/priorities/<uuid:priority_id>", views.priority, name="priority"),
    path("<uuid:file_id>/priorities/<uuid:priority_id>/away", views.putting_away, name="away"),
    path("<uuid:file_id>/priorities/<uuid:priority_id>/steps/new", views.step, name="step"),
    path("<uuid:file_id>/steps/new", views.step, name="step"),
    path("<uuid:file_id>/steps/<uuid:step_id>/done", views.done, name="done"),
    path("<uuid:file_id>/suggestions/new", views.suggestion, name="suggestion"),
    path("<uuid:file_id>/suggestions/<uuid:suggestion_id>/dropped", views.dropped, name="dropped"),
]
