"""What a supervisor asks: is the process alive, and can it answer readers?"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cooperation.gazette.models import Head

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process serves; it asks no database."""
    return HttpResponse("alive\n", content_type=PLAIN, headers={"Cache-Control": "no-store"})


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the gazette can be read, else 503; one query."""
    headers = {"Cache-Control": "no-store"}
    try:
        Head.objects.using("public").get()
    except (DatabaseError, Head.DoesNotExist):
        return HttpResponse(
            "the gazette cannot be read\n",
            status=503,
            content_type=PLAIN,
            headers={**headers, "Retry-After": "5"},
        )
    return HttpResponse("ready\n", content_type=PLAIN, headers=headers)
