from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "alongside.agencies"
    label = "agencies"
    guides = {
        "": {"administrator": "what-you-have-here"},
        "invitations": {"administrator": "before-you-invite-somebody"},
    }
