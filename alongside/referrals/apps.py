from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class ReferralsConfig(AppConfig):
    name = "alongside.referrals"
    label = "referrals"
    places = (Place(30, "referrals:list", _("Requests"), "meet-people"),)
    guides = {
        "": {"caseworker": "asking-another-agency", "intake": "a-request-comes-in"},
        "not_me": {"caseworker": "stop-not-them"},
        "blocks": {"caseworker": "stop-not-them"},
    }
