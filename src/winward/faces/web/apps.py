from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "winward.faces.web"
    label = "web"
