"""The door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

from portal.environment import refusing

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

# Gunicorn takes a worker that ends with 3 for one that need not be tried again.
with refusing(3):
    application = get_asgi_application()
