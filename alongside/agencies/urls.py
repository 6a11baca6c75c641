"""Signing in, and the agency's own pages."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from alongside.agencies import views

urlpatterns = [
    path("sign-in/", login_not_required(account.login), name="account_login"),
    path("me", views.me, name="me"),
]
