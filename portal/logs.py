"""Logs: one JSON object a line on standard output, without what readers search or staff type."""

from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]

JSON_LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": BEFORE,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
        }
    },
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Each request is told once, by the middleware below.
        "django.request": {"level": "CRITICAL"},
        "django_structlog": {"level": "INFO"},
        "cooperation": {"level": "INFO"},
        "portal": {"level": "INFO"},
    },
}


def write_json_logs() -> None:
    """Send structlog's own lines the same way as everyone else's."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class RequestLog(RequestMiddleware):
    """One line for each request: method, path, answer. A query string may hold anything, so it stays out."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.path}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Who acted, at the desk alone: asking on a public page would cost it queries."""
        if request.path_info.startswith(settings.DESK):
            RequestMiddleware.bind_user_id(request)


def client_without_name(*_: object) -> str:
    """How a failed sign-in is told: people type passwords into the name field."""
    return "a client"
