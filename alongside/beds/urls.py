"""Addresses of the beds."""

from django.urls import path

from alongside.beds import asking, board, keeping_pages, views, waiting_pages, way_pages

app_name = "beds"
urlpatterns = [
    path("", views.search, name="search"),
    path("nothing", views.nothing, name="nothing"),
    path("new", views.new, name="new"),
    path("requests/", asking.list_, name="requests"),
    path("requests/<uuid:request_id>", asking.request_, name="request"),
    path("requests/<uuid:request_id>/check", asking.check, name="check"),
    path("requests/<uuid:request_id>/refusal", asking.refusal, name="refusal"),
    *(
        path(f"requests/<uuid:request_id>/{name}", getattr(asking, name), name=name)
        for name in ("holding", "talking", "yes", "way", "otherwise", "letting_go", "arrival", "missing", "extension", "unanswered")
    ),
    path("board", board.board, name="board"),
    path("region/<slug:region>", board.region, name="region"),
    path("offerings/new", keeping_pages.new, name="offering_new"),
    path("offerings/<uuid:offering_id>", keeping_pages.offering, name="offering"),
    path("offerings/<uuid:offering_id>/edit", keeping_pages.edit, name="offering_edit"),
    path("offerings/<uuid:offering_id>/rules", keeping_pages.said, name="offering_rules"),
    path("offerings/<uuid:offering_id>/closing", keeping_pages.closing, name="offering_closing"),
    path("offerings/<uuid:offering_id>/place", keeping_pages.place, name="offering_place"),
    path("offerings/<uuid:offering_id>/count", keeping_pages.count, name="offering_count"),
    path("offerings/<uuid:offering_id>/step", keeping_pages.step, name="offering_step"),
    path("offerings/<uuid:offering_id>/history", keeping_pages.history, name="offering_history"),
    path("offerings/<uuid:offering_id>/line", waiting_pages.join, name="join"),
    path("waits/", waiting_pages.waits, name="waits"),
    path("waits/<uuid:waiting_id>", waiting_pages.wait, name="wait"),
    *(
        path(f"waits/<uuid:waiting_id>/{name}", getattr(waiting_pages, name), name=f"wait_{name}")
        for name in ("offer", "yes", "time", "otherwise", "back", "taking_back", "moved_in", "leaving", "refusal")
    ),
    path("ways/", way_pages.list_, name="threads"),
    path("ways/<uuid:thread_id>", way_pages.thread, name="thread"),
    path("ways/<uuid:thread_id>/home", way_pages.home, name="thread_home"),
    path("ways/<uuid:thread_id>/tie", way_pages.tie, name="thread_tie"),
    path("ways/<uuid:thread_id>/steps/<uuid:step_id>/leaving", way_pages.leaving, name="thread_leaving"),
    path("ways/<uuid:thread_id>/steps/<uuid:step_id>/missing", way_pages.missing, name="thread_missing"),
]
