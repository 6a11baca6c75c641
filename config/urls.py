"""Every address. A resource, never a verb; never anything about a person."""

from django.urls import include, path

from alongside.accompaniment.views.calendars import busy
from alongside.kernel import views

urlpatterns = [
    path("exit", views.leave, name="exit"),
    path("drafts", views.keep_draft, name="drafts"),
    path("unsent", views.forget_unsent, name="unsent"),
    path("policy-reports", views.policy_report, name="policy_reports"),
    path("language", views.language, name="language"),
    path("help", views.help_page, name="help"),
    path("help/keyboard", views.keyboard, name="keyboard"),
    path("help/<slug:name>", views.guide, name="guide"),
    path("quiet", views.quiet, name="quiet"),
    path("calendar/<str:token>.ics", busy, name="busy"),
    path("account/", include("alongside.agencies.urls")),
    path("files/", include("alongside.files.urls")),
    path("files/", include("alongside.plans.urls")),
    path("handovers/", include("alongside.handovers.urls")),
    path("visits/", include("alongside.visits.urls")),
    path("requests/", include("alongside.referrals.urls")),
    path("appointments/", include("alongside.appointments.urls")),
    path("accompaniment/", include("alongside.accompaniment.urls")),
    path("directory/", include("alongside.directory.urls")),
    path("gaps/", include("alongside.gaps.urls")),
    path("occupancy/", include("alongside.occupancy.urls")),
    path("beds/", include("alongside.beds.urls")),
    path("fund/", include("alongside.fund.urls")),
    path("hub/", include("alongside.hub.urls")),
    path("evidence/", include("alongside.evidence.urls")),
    path("quotes/", include("alongside.quotes.urls")),
    path("numbers/", include("alongside.indicators.urls")),
    path("releases/", include("alongside.disclosure.urls")),
    path("briefs/", include("alongside.briefs.urls")),
    path("", include("alongside.desk.urls")),
]

handler500 = "alongside.kernel.views.failed"
