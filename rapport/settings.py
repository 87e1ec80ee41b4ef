"""All settings. What the person who runs Rapport may set is read from the environment, here and nowhere else."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rapport.kit.house import House
from rapport.kit.mail_server import MailServer

HERE = Path(__file__).resolve().parent
HOUSE = House.from_environment()


def _flag(name: str, default: bool) -> bool:
    """A yes-or-no setting; anything but yes/no words fails loudly."""
    said = os.environ.get(name, "yes" if default else "no").lower()
    if said in ("1", "yes", "true", "on"):
        return True
    if said in ("0", "no", "false", "off", ""):
        return False
    raise ValueError(f"{name} is {said!r}: say yes or no.")


def _list(name: str) -> list[str]:
    """A setting that is several words, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _database(dsn: str, pool: bool) -> dict[str, object]:
    """Django's form of a postgresql:// address. Prepared statements pay: Django leaves them off by default."""
    url = urlsplit(dsn or "postgresql://rapport_app@127.0.0.1:5432/rapport")
    # Bound on the server: quoting lists of thousands here took a fifth of an import.
    options: dict[str, object] = {"prepare_threshold": 5, "server_side_binding": True}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "TIME_ZONE": None,
    }


SECRET_KEY = HOUSE.secret_key
DEBUG = False
OWN_HOSTS = _list("RAPPORT_HOSTS")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *OWN_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in OWN_HOSTS]
BEHIND_TLS = _flag("RAPPORT_BEHIND_TLS", default=False)

# Two roles of the same database: the web and the worker are `app`; only migrations are `owner`.
DATABASES = {
    "default": _database(os.environ.get("RAPPORT_APP_DSN", ""), pool=_flag("RAPPORT_POOL", default=False)),
    "owner": _database(os.environ.get("RAPPORT_OWNER_DSN", ""), pool=False),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rapport",
]
AUTH_USER_MODEL = "rapport.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "rapport.doors.web.protecting.Protecting",
    "rapport.doors.web.packing.Packing",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "rapport.doors.web.entering.Entering",
]
ROOT_URLCONF = "rapport.urls"
WSGI_APPLICATION = "rapport.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "doors/web/templates"],
        "OPTIONS": {"environment": "rapport.doors.web.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "rapport.doors.web.signing_in.Adapter"
MFA_ADAPTER = "rapport.doors.web.passkeys.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
API_PER_MINUTE = int(os.environ.get("RAPPORT_API_PER_MINUTE", "300"))  # by one key or session; 0: as many as they like
CONFIRMED_FOR = timedelta(minutes=int(os.environ.get("RAPPORT_CONFIRM_MINUTES", "15")))
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_URL = "/accounts/login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-rapport" if BEHIND_TLS else f"rapport_{HOUSE.web_port}"  # homes side by side
CSRF_COOKIE_NAME = "__Host-rapport-csrf" if BEHIND_TLS else f"rapport_csrf_{HOUSE.web_port}"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "rapport.doors.web.troubles.forgery"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Files are streamed to disk, never held in memory.
FILE_UPLOAD_HANDLERS = ["rapport.channels.receiving.Receiving"]
UPLOAD_AT_MOST = int(float(os.environ.get("RAPPORT_UPLOAD_GB", "20")) * 1e9)
FILE_UPLOAD_TEMP_DIR = str(HOUSE.files_folder)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20_000  # of one folder; what is larger is packed, or handed over on the machine

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "doors/web/look"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Mail leaves through rapport.kit.egress only, sent by the worker; nothing of Django's or allauth's own does.
MAIL_SERVER = MailServer.from_environment()
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Bodies, names and secrets never reach a log: what is logged is verbs, ids, counts and durations.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "rapport.kit.logs.Wordless", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("RAPPORT_LOG", "WARNING").upper()},
}
