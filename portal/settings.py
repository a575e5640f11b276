"""Django's settings, safe when nothing is set: what may vary is declared in `environment.py`."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal import environment
from portal.databases import database
from portal.logs import JSON_LOGS, write_json_logs
from portal.release import release
from portal.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(environment.VAR.value or ROOT / "var").resolve()

# --- How this process runs -----------------------------------------------------------------------

_said_to_be_local = environment.LOCAL.value
LOCAL = (
    _said_to_be_local
    if _said_to_be_local is not None
    else not any(variable.given for variable in environment.OF_PRODUCTION)
)
DEBUG = environment.DEBUG.value
if DEBUG and not LOCAL:
    raise ImproperlyConfigured("PORTAL_DEBUG shows tracebacks and is refused outside local mode.")
PORTAL_SIDE = environment.SIDE.value
DESK = "/admin/"
HAS_DESK = PORTAL_SIDE != "public"
SECRET_KEY = secret_key(environment.SECRET_KEY.value, local=LOCAL, signs=HAS_DESK, folder=VAR)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = environment.HOSTS.value or LOOPBACK
if not LOCAL and not environment.HOSTS.value:
    raise ImproperlyConfigured(
        "PORTAL_HOSTS is missing: outside local mode the portal is told the host names that it answers to."
    )
PORTAL_URL = environment.URL.value.rstrip("/")
PORTAL_MAIN_LANGUAGE = environment.MAIN_LANGUAGE.value
PORTAL_CURRENCIES = environment.CURRENCIES.value
PORTAL_OFFICE = environment.OFFICE.value
PORTAL_CONTACT = environment.CONTACT.value
PORTAL_FOUR_EYES = environment.FOUR_EYES.value
PORTAL_TIME_ZONE = environment.TIME_ZONE.value
PORTAL_LICENCE_URL = environment.LICENCE_URL.value
PORTAL_PROXIES = environment.PROXIES.value
PORTAL_RELEASE = release(ROOT)
PORTAL_DOCS = ROOT / "docs"

# --- Databases -----------------------------------------------------------------------------------

if not (
    LOCAL
    or environment.DATABASE_URL.given
    or (environment.PUBLIC_DATABASE_URL.given and not HAS_DESK)
):
    raise ImproperlyConfigured(
        f"{'DATABASE_URL' if HAS_DESK else 'PUBLIC_DATABASE_URL'} is missing: outside local mode the "
        "portal is told its database, as postgresql://user:password@host:port/name or sqlite:///path."
    )
_office_address = environment.DATABASE_URL.value or f"sqlite:///{VAR / 'portal.sqlite3'}"
_public_address = environment.PUBLIC_DATABASE_URL.value or _office_address
_pool = environment.DATABASE_POOL.value
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(_office_address, pool=_pool)
    if HAS_DESK
    else database(_public_address, pool=_pool, read_only=True),
    "public": database(_public_address, pool=_pool, read_only=True),
}
DATABASES["public"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Rooms and doors -----------------------------------------------------------------------------

_desk_apps = [
    "cooperation.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "simple_history",
    "axes",
    "cooperation.desk",
]
INSTALLED_APPS = [
    *(_desk_apps if HAS_DESK else []),
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    # For its script alone, which makes lists quicker.
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "cooperation.gazette",
    "cooperation.faces",
    # Keeps migrations in one line; there only where what tests and checks need is installed.
    *(["django_linear_migrations"] if LOCAL and find_spec("django_linear_migrations") else []),
]
_desk_middleware = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.attendance.Attendance",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.signing_in.OneTryAtATime",
    "axes.middleware.AxesMiddleware",
]
MIDDLEWARE = [
    "portal.middleware.Policies",
    # First of those that ask for the host, which may be a foreign one.
    "portal.middleware.ReadableAddresses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before the conditional answer: it compares the validators of the uncompressed one.
    "portal.middleware.Packing",
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.logs.RequestLog",
    "portal.middleware.StrangersInPublic",
    "portal.middleware.LanguageOfPath",
    "portal.unreachable.Unreachable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(_desk_middleware if HAS_DESK else []),
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(
                    [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                    if HAS_DESK
                    else []
                ),
            ]
        },
    }
]

# --- Languages and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "kept"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# By which records with nearly the same name are found; made anew wherever it is missing.
NAMES_INDEX = VAR / "names.sqlite3"

# --- Safety --------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

_cookie_prefix = "" if LOCAL else "__Host-"
SESSION_COOKIE_NAME = f"{_cookie_prefix}session"
SESSION_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = environment.IDLE_MINUTES.value * 60
SESSION_ENGINE = "cooperation.desk.models.sessions"
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cooperation.faces.pages.errors.forged"
# In the session: Django would else put the titles of drafts into a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.signing_in.StaffAlone",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "portal.passwords.Unbreached"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_ALLOWED_CORS_ORIGINS = ""
AXES_LOCKOUT_CALLABLE = "portal.signing_in.locked"
AXES_CLIENT_IP_CALLABLE = "portal.signing_in.client_address"
AXES_CLIENT_STR_CALLABLE = "portal.logs.client_without_name"

# The longest kept text and the longest lists that the desk's forms take, and no more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o640
# The largest file that a source keeps. Files do not count above, so one that is larger is cut off as it comes.
KEPT_FILE_SIZE = 10_000_000
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- The interface for programs ------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cooperation.faces.api.problems.answer_to",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Cooperation Portal",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    # As faces/api/urls.py has them: lists and records before what is taken away.
    "SORT_OPERATIONS": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Logs ----------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = JSON_LOGS
write_json_logs()
