"""How gunicorn serves the portal: on this machine only, behind whatever proxy stands in front."""

from portal import environment
from portal.logs import JSON_LOGS

with environment.refusing():
    bind = f"127.0.0.1:{environment.PORT.value}"
    workers = environment.WORKERS.value
    # Once, before each worker finds the same fault.
    import portal.settings  # noqa: F401  # for what it refuses
wsgi_app = "portal.wsgi:application"
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
# As long as gunicorn allows: the portal itself refuses what is too long, in a sentence, and the
# desk's addresses name up to a hundred records.
limit_request_line = 8190
limit_request_fields = 60
# Each request is logged by the portal itself, without its query.
accesslog = None
logconfig_dict = {
    **JSON_LOGS,
    "loggers": {**JSON_LOGS["loggers"], "gunicorn.error": {"level": "WARNING"}},
}
control_socket_disable = True


def when_ready(server: object) -> None:
    """Tells whoever watches where the portal is."""
    print(f"The portal is at http://{bind}", flush=True)
