from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "alongside.files"
    label = "files"
