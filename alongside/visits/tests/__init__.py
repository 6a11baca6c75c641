"""Tests of the open desk."""
