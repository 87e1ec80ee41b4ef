"""What a session on the pages keeps, as every door reads it: which workspace was entered, and when it was last shown
that it is them.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from rapport.kit import clock

CHOSEN_WORKSPACE = "workspace"
CONFIRMED = "confirmed"


def confirm(request: HttpRequest) -> None:
    """They have just shown that it is them."""
    request.session[CONFIRMED] = clock.now().isoformat()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether they have shown lately that it is them."""
    said = request.session.get(CONFIRMED)
    return said is not None and clock.now() - datetime.fromisoformat(said) < settings.CONFIRMED_FOR
