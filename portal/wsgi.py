"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from portal.environment import refusing

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

# Gunicorn takes a worker that ends with 3 for one that need not be tried again.
with refusing(3):
    application = get_wsgi_application()
