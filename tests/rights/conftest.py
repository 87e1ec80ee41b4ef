"""The cast is set up once for all tests here, in a transaction that is given up at its end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from rapport.kit import clock
from tests.conftest import NOW

from .cast import Cast, build


@pytest.fixture(scope="package")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Both workspaces."""
    pace, settings.API_PER_MINUTE = settings.API_PER_MINUTE, 0  # everything is asked at once
    quiet = logging.getLogger("django.request")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)  # a thousand refusals
    with django_db_blocker.unblock(), clock.stopped_at(NOW), transaction.atomic():
        yield build(NOW)
        transaction.set_rollback(True)
    quiet.setLevel(level)
    settings.API_PER_MINUTE = pace
