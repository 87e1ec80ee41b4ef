"""Whether the web lives, and whether it can serve: for whatever watches over it."""

from __future__ import annotations

from logging import getLogger

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from .entering import public

logger = getLogger(__name__)


@public
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """It lives. Asks nothing else, so that a database that is away does not get the web restarted."""
    return HttpResponse("alive\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers and its tables are those this version needs."""
    try:
        is_migrated = not _plan()
    except DatabaseError as fault:
        logger.warning("Not ready: the database does not answer (%s).", type(fault).__name__)
        return JsonResponse({"database": False, "migrated": False}, status=503)
    return JsonResponse({"database": True, "migrated": is_migrated}, status=200 if is_migrated else 503)


def _plan() -> list[object]:
    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))
