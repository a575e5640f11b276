"""What a supervisor asks: is the process alive, and can it answer readers?"""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process serves; it asks no database."""
    return HttpResponse("alive\n", content_type=PLAIN, headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the gazette can be read, else 503; one query."""
    headers = {"Cache-Control": "no-store"}
    try:
        with connections["public"].cursor() as cursor:
            cursor.execute("SELECT number FROM gazette_head")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse(
            "the gazette cannot be read\n", status=503, content_type=PLAIN, headers=headers
        )
    return HttpResponse("ready\n", content_type=PLAIN, headers=headers)
