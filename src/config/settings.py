"""Settings: everything that differs between two installations comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]


def database_of(url: str) -> dict[str, Any]:
    """Django's description of the database at `postgresql://user:password@host:port/name?host=…`."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "config.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {"prepare_threshold": 5},  # standing queries only ask for it
    }


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no setting from the environment."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


DEBUG = flag("KINFLOW_DEBUG")
SECRET_KEY = os.environ.get("KINFLOW_SECRET_KEY") or ("debug-only" if DEBUG else os.urandom(32).hex())
ALLOWED_HOSTS = os.environ.get("KINFLOW_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
DATA = Path(os.environ.get("KINFLOW_DATA", ROOT / ".data"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "kinflow.eventlog",
    "kinflow.conditions",
    "kinflow.web",
    "kinflow.records",
    "kinflow.organisation",
    "kinflow.catalogue",
    "kinflow.customers",
    "kinflow.sales",
    "kinflow.service",
    "kinflow.contact_center",
    "kinflow.automation",
    "kinflow.processes",
    "kinflow.demo",
    # After ours, so that their pages are ours.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kinflow.web.security.guarded",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kinflow.organisation.users.middleware.acting",
    "axes.middleware.AxesMiddleware",
    "kinflow.web.problems.Problems",
    "config.api.gate.gate",
]
CSRF_FAILURE_VIEW = "kinflow.web.problems.forged"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kinflow.web.context.shell",
            ],
        },
    }
]

DATABASES = {
    "default": database_of(os.environ.get("DATABASE_URL", "postgresql:///kinflow")),
}

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kinflow.organisation.users.backend.Backend",
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "kinflow.organisation.users.adapters.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/10m/key", "login": "300/m/ip"}  # failed: of second factors
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
MFA_ADAPTER = "kinflow.organisation.users.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Kinflow"
MFA_TOTP_TOLERANCE = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = int(os.environ.get("KINFLOW_WRONG_PASSWORDS", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "kinflow.organisation.users.lock_out.login_given"
AXES_CLIENT_IP_CALLABLE = "kinflow.web.callers.address_of"
AXES_LOCKOUT_CALLABLE = "kinflow.organisation.users.lock_out.locked_page"
# Who can sign in is shown at the door of the demo, and nowhere else.
SIGN_INS_SHOWN = "kinflow.demo.sign_ins.SIGN_INS" if flag("KINFLOW_DEMO") else ""

# Where this installation is reached from outside, for links in e-mails.
URL = os.environ.get("KINFLOW_URL", f"http://localhost:{os.environ.get('KINFLOW_PORT', '8000')}").rstrip("/")
IS_HTTPS = URL.startswith("https://")
SESSION_ENGINE = "kinflow.web.sessions"
SESSION_COOKIE_NAME = "kinflow_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
CSRF_TRUSTED_ORIGINS = [URL]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# E-mails go to a mail server where one is named, else into files.
EMAIL_HOST = os.environ.get("KINFLOW_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("KINFLOW_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KINFLOW_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KINFLOW_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KINFLOW_MAIL_FROM", "Kinflow <kinflow@localhost>")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "outbox"

# Whether webhooks and chat services may be called in private networks and on this machine.
PRIVATE_TARGETS = flag("KINFLOW_PRIVATE_TARGETS")

# How many proxies stand before the web server; so many entries at the end of X-Forwarded-For are believed.
PROXIES = int(os.environ.get("KINFLOW_PROXIES", "0"))
# What django-allauth counts (failed second factors, sign-ins of an address) holds over all web processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# The API: requests a minute from one address, from strangers at one address, by one caller; the size of JSON.
API_RATES = {
    "address": int(os.environ.get("KINFLOW_API_PER_ADDRESS", "3000")),
    "stranger": int(os.environ.get("KINFLOW_API_PER_STRANGER", "60")),
    "caller": int(os.environ.get("KINFLOW_API_PER_CALLER", "1200")),
}
API_BODY_BYTES = 1024 * int(os.environ.get("KINFLOW_API_BODY_KB", "2048"))
DATA_UPLOAD_MAX_MEMORY_SIZE = max(2_621_440, API_BODY_BYTES)
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    7_000  # the largest decision table in its editor: 300 rows of 21 cells, and its columns
)

# Which engine measures processes: this process, or Spark, and where Spark is.
MINING_ENGINE = os.environ.get("KINFLOW_MINING_ENGINE", "local")
SPARK_MASTER = os.environ.get("KINFLOW_SPARK_MASTER", "local[*]")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
TIME_ZONE = os.environ.get("KINFLOW_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
# What is no Django application keeps its texts here; every application keeps its own.
LOCALE_PATHS = [ROOT / "src" / "config" / "locale", ROOT / "src" / "kinflow" / "kit" / "locale"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/kinflow/built/"  # their names carry the hash of their content

# Whoever runs the program sees what goes wrong where it was started.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
        "axes": {"level": "ERROR"},  # nor is a wrong password
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
}
