"""One settings file for every place Alongside runs.

What differs comes from the environment and the state folder.
"""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import postgres, state

ROOT = Path(__file__).resolve().parent.parent
STATE = state.default_state()
SECRETS = state.secrets(STATE)

SECRET_KEY = SECRETS["secret_key"]
SERVER_SECRET = SECRETS["server_secret"]  # proves to the database that a sign-in was checked by this process
KEYRING_PATH = STATE / state.KEYRING
# A process has the keys that it was given (config.state.NEEDS); without one, what needs it says so.
KEYRING_KEK = SECRETS.get("kek", "")
INSTALLATION_KEY = SECRETS.get("installation_key", "")  # of what belongs to no file
TRAIL_KEY = SECRETS.get("trail_key", "")

DEMO = (
    os.environ.get("ALONGSIDE_DEMO") == "1" or (STATE / "demo.txt").exists()
)  # a folder with the invented district in it always says so
HTTPS = os.environ.get("ALONGSIDE_HTTPS") == "1"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

CAPABILITIES = [
    *(
        "trail",
        "agencies",
        "files",
        "consent",
        "directory",
        "gaps",
        "occupancy",
        "disclosure",
        "plans",
        "handovers",
        "visits",
        "referrals",
        "beds",
        "fund",
        "hub",
        "appointments",
        "accompaniment",
    ),
    *("evidence", "quotes", "indicators", "briefs", "desk"),
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
    "alongside.kernel",
    *(f"alongside.{name}" for name in CAPABILITIES if (ROOT / "alongside" / name / "__init__.py").exists()),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "alongside.kernel.headers.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "alongside.kernel.middleware.SignedTransaction",
    "alongside.agencies.middleware.SeatedWorker",
    "alongside.trail.middleware.LogReads",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.agencies.middleware.SameAgain",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            ROOT / "alongside" / "kernel" / "templates",
            ROOT / "alongside" / "agencies" / "templates",
        ],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "alongside.kernel.context_processors.around",
            ],
            "builtins": ["alongside.kernel.templatetags.alongside"],
        },
    }
]

# --- jobs: each capability's own `jobs.py` is found by the process that runs them ---------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- the database: the web and the jobs are `app`, which owns nothing and sees only what consent allows -----
# `owner` and `log_writer` only in the processes that ALONGSIDE_ROLES names them for.
DATABASES = postgres.databases(STATE, pool=int(os.environ.get("ALONGSIDE_POOL", "0")))
MIGRATION_MODULES = {
    "account": "alongside.agencies.account_migrations"
}  # allauth's own presume that accounts have e-mail addresses
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in: no e-mail address, no telephone, ever ------------------------------------------------------
AUTH_USER_MODEL = "agencies.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["alongside.kernel.passphrases.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "day"
SESSION_ENGINE = "alongside.kernel.sessions"
SESSION_COOKIE_NAME = "__Host-s" if HTTPS else "s"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
IDLE_MINUTES = 15
CSRF_COOKIE_NAME = "__Host-c" if HTTPS else "c"
CSRF_COOKIE_AGE = None  # it ends with the browser, as the session's does
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alongside.kernel.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "alongside.agencies.signin.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "alongside.agencies.forms.SignIn",
    "reauthenticate": "alongside.agencies.forms.SameAgain",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = (
    False  # counted in the database instead (ctx.may_try): the same for every process, and nobody is told
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_TIMEOUT = 900
MFA_ADAPTER = "alongside.agencies.signin.MFAAdapter"
MFA_FORMS = {
    "authenticate": "alongside.agencies.forms.SecondStep",
    "reauthenticate": "alongside.agencies.forms.SecondStepAgain",
    "activate_totp": "alongside.agencies.forms.NewAuthenticator",
    "add_webauthn": "alongside.agencies.forms.NewPasskey",
    "edit_webauthn": "alongside.agencies.forms.PasskeyName",
}
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 25  # 83 bits
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECOND_STEP_REQUIRED = (
    HTTPS and not DEMO
)  # on a real installation everybody has a passkey or an authenticator
# The pages where somebody comes in who isn't signed in yet: only they may look up an account
# (kernel.middleware).
SIGN_IN_PAGES = ["account_login", "mfa_login_webauthn", "mfa_authenticate", "invitation", "recovery"]

# --- words and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
LOCALE_PATHS = [
    ROOT / "alongside" / name / "locale" for name in ["kernel", "text", *CAPABILITIES]
]  # our words before those of allauth
USE_TZ = True
TIME_ZONE = "America/Toronto"
FORMAT_MODULE_PATH = ["config.formats"]

# --- static files -------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = STATE / "static"
STATICFILES_FINDERS = [
    "alongside.kernel.scripts.OneScript",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"  # in the tests' own process nothing is collected
)
STORAGES = {"staticfiles": {"BACKEND": _PLAIN if "pytest" in sys.modules else _HASHED}}

# --- safety headers (security.md D8; the rest in kernel.headers) --------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["htmx", "default"],
        "report-uri": ["/policy-reports"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "autoplay": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "gyroscope": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-get": ["self"],
    "publickey-credentials-create": ["self"],
}
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# `no-referrer` makes browsers send `Origin: null`, and the CSRF check needs the origin (decision 0004)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # X-Frame-Options is set by kernel.headers
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# No text a person wrote, no query string and no parameter reaches a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"paths": {"()": "alongside.kernel.headers.WithoutQueries"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["paths"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
