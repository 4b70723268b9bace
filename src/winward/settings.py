"""Django's settings, read once. Everything that differs between installations is an environment variable."""

import os
import secrets
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from winward.workspace import Workspace

PACKAGE = Path(__file__).parent
_folder = os.environ.get("WINWARD_WORKSPACE")
WORKSPACE = Workspace(Path(_folder)) if _folder else None


def _secret_key() -> str:
    if "WINWARD_SECRET_KEY" in os.environ:
        return os.environ["WINWARD_SECRET_KEY"]
    return WORKSPACE.secret_key if WORKSPACE else secrets.token_urlsafe(50)


def _database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings: dict[str, object] = {names[key]: value for key, value in parts.items() if key in names}
    options = {key: value for key, value in parts.items() if key not in names}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None, "OPTIONS": options, **settings}


SECRET_KEY = _secret_key()
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///winward"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "winward.records",
    "winward.faces.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "winward.faces.web.security.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "winward.faces.web.frame.frame",
            ],
        },
    }
]
ROOT_URLCONF = "winward.faces.web.urls"
WSGI_APPLICATION = "winward.faces.web.wsgi.application"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ALLOWED_HOSTS = os.environ.get("WINWARD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("WINWARD_ORIGINS", "").split(",") if origin]
# Behind a proxy that ends TLS, cookies travel over HTTPS only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(CSRF_TRUSTED_ORIGINS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CSRF_TRUSTED_ORIGINS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FILES = 200

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "faces" / "web" / "static"]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = os.environ.get("WINWARD_TIME_ZONE", "UTC")
