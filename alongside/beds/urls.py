"""Addresses of the beds."""

from django.urls import path

from alongside.beds.views import board, pathways, programmes, requests, search, waitlist

app_name = "beds"
urlpatterns = [
    path("", search.search, name="search"),
    path("nothing", search.nothing, name="nothing"),
    path("new", search.new, name="new"),
    path("requests/", requests.list_, name="requests"),
    path("requests/<uuid:request_id>", requests.request_, name="request"),
    path("requests/<uuid:request_id>/check", requests.check, name="check"),
    path("requests/<uuid:request_id>/refusal", requests.refusal, name="refusal"),
    *(
        path(f"requests/<uuid:request_id>/{name}", getattr(requests, name), name=name)
        for name in (
            "holding",
            "talking",
            "yes",
            "way",
            "otherwise",
            "letting_go",
            "arrival",
            "missing",
            "extension",
            "unanswered",
        )
    ),
    path("board", board.board, name="board"),
    path("region/<slug:region>", board.region, name="region"),
    path("offerings/new", programmes.new, name="offering_new"),
    path("offerings/<uuid:offering_id>", programmes.offering, name="offering"),
    path("offerings/<uuid:offering_id>/edit", programmes.edit, name="offering_edit"),
    path("offerings/<uuid:offering_id>/rules", programmes.said, name="offering_rules"),
    path("offerings/<uuid:offering_id>/closing", programmes.closure, name="offering_closure"),
    path("offerings/<uuid:offering_id>/place", programmes.place, name="offering_place"),
    path("offerings/<uuid:offering_id>/count", programmes.count, name="offering_count"),
    path("offerings/<uuid:offering_id>/step", programmes.step, name="offering_step"),
    path("offerings/<uuid:offering_id>/history", programmes.history, name="offering_history"),
    path("offerings/<uuid:offering_id>/line", waitlist.join, name="join"),
    path("waits/", waitlist.waits, name="waits"),
    path("waits/<uuid:waiting_id>", waitlist.wait, name="wait"),
    *(
        path(f"waits/<uuid:waiting_id>/{name}", getattr(waitlist, name), name=f"wait_{name}")
        for name in (
            "offer",
            "yes",
            "time",
            "otherwise",
            "back",
            "taking_back",
            "moved_in",
            "leaving",
            "refusal",
        )
    ),
    path("ways/", pathways.list_, name="pathways"),
    path("ways/<uuid:pathway_id>", pathways.pathway, name="pathway"),
    path("ways/<uuid:pathway_id>/home", pathways.home, name="pathway_home"),
    path("ways/<uuid:pathway_id>/tie", pathways.file, name="pathway_file"),
    path("ways/<uuid:pathway_id>/steps/<uuid:step_id>/leaving", pathways.departure, name="pathway_departure"),
    path("ways/<uuid:pathway_id>/steps/<uuid:step_id>/missing", pathways.missing, name="pathway_missing"),
]
