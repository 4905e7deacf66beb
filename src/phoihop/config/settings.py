"""All settings of a node, from the environment (see docs/reference/settings.md, generated from here)."""

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import apart
from .env import database, folder, names, no_slips, one_of, setting, tag, whole, yes_no
from .logs import logging_config
from .secret_file import secret_in

PACKAGE = Path(__file__).resolve().parent.parent

DATA = setting("DATA", "var", "Folder of this node: database (unless PHOIHOP_DATABASE), keys, logs.", folder)
DATA.mkdir(parents=True, exist_ok=True)

NODE_TAG = setting("NODE_TAG", "PH86", "Letters of a force and two digits of a province; stands in every code this node mints. Never change it.", tag)
NODE_NAME = setting("NODE_NAME", "Máy chủ phối hợp", "What people call this node.")

DEBUG = setting("DEBUG", "no", "Show errors in the browser. For developers only.", yes_no)
ALLOWED_HOSTS = setting("HOSTS", "localhost,127.0.0.1,[::1]", "Names under which browsers reach this node.", names)
HTTPS = setting("HTTPS", "no", "Browsers reach this node by https (through a proxy that sets X-Forwarded-Proto).", yes_no)
PORT = setting("PORT", "8086", "Port of the web server started by phoihop up.", whole(1, 65535))
BIND = setting("BIND", "127.0.0.1", "Address the web server listens on.")
WEB_PROCESSES = setting("WEB_PROCESSES", "1", "Web processes. On SQLite one is best.", whole(1, 64))
WEB_THREADS = setting("WEB_THREADS", "8", "Threads of each web process.", whole(1, 64))
LOG_FORMAT = setting("LOG_FORMAT", "json", "json for machines, text for people.", one_of("json", "text"))
LOGGING = logging_config(LOG_FORMAT)
LATE_MINUTES = setting("LATE_MINUTES", "30", "Minutes after the planned start from which a patrol counts as late to start.", whole(0, 1440))
RESULT_MINUTES = setting("RESULT_MINUTES", "60", "Minutes after the planned end from which a result counts as missing.", whole(0, 10080))
UPLOAD_MEGABYTES = setting("UPLOAD_MEGABYTES", "20", "Largest file that is accepted.", whole(1, 200))
TRUST_FOLDER: Path | None = apart.TRUST_FOLDER
SESSION_MINUTES = setting("SESSION_MINUTES", "720", "Minutes without a click after which a sign-in runs out.", whole(5, 10080))


def _kept_secret() -> str:
    """The key of sessions and one-time links: given, or made once and kept in the node's folder."""
    if given := setting("SECRET_KEY", "", "Key of sessions and one-time links; empty: made once and kept in the node's folder."):
        return given
    return secret_in(DATA / "secret.key", lambda: secrets.token_urlsafe(64))


SECRET_KEY = _kept_secret()

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "phoihop.domain",
    "phoihop.jobs",
    "phoihop.search",
    "phoihop.web",
    "phoihop.api",
]
AUTH_USER_MODEL = "phoihop.User"
AUTHENTICATION_BACKENDS = ["phoihop.web.signing_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "phoihop.web.sessions"
SESSION_COOKIE_AGE = SESSION_MINUTES * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
    }
}

MIDDLEWARE = [
    "phoihop.web.around.with_room",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "phoihop.api.around.around",
    "phoihop.web.around.not_too_large",
    "phoihop.web.around.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "phoihop.web.middleware.who_acts",
    "django_htmx.middleware.HtmxMiddleware",
    "phoihop.web.around.around",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_FAILURE_VIEW = "phoihop.web.errors.csrf_failure"
ROOT_URLCONF = "phoihop.config.urls"
WSGI_APPLICATION = "phoihop.config.wsgi.application"

_DATABASE = setting("DATABASE", f"sqlite:///{DATA / 'phoihop.sqlite3'}", "sqlite:///path, or postgres://user:password@host/name.", database)
if _DATABASE["ENGINE"].endswith("sqlite3"):
    # A lost last commit would be a lost signature: FULL. IMMEDIATE is the promise of one writer (kernel/action.py). With recursive triggers a
    # REPLACE that meets any unique key is stopped by what guards append-only tables against removing (kernel/guards.py).
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;"
        ),
    }
_DATABASE["CONN_MAX_AGE"] = None
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "builtins": [
                "template_partials.templatetags.partials",
                "phoihop.web.templatetags.face",
                "phoihop.web.templatetags.drawing",
                "phoihop.web.templatetags.asking",
            ],
            "context_processors": ["django.template.context_processors.request", "phoihop.web.shell.shell"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "phoihop.web.static_files.Storage"}}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_THOUSAND_SEPARATOR = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

no_slips()
