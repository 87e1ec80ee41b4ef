"""What a session on the pages keeps, as every door reads it: which workspace was entered, and when it was last shown
that it is them.
"""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest

from rapport.accounts.models import User
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


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Where they are signed in, lately seen first: a row outlives its session, where that ran out or got a new key."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=alive)
    return rows.order_by("-last_seen_at")


def end_others(request: HttpRequest) -> None:
    """End every session of whoever asks but this one."""
    for one in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        one.end()


def end_here(request: HttpRequest) -> None:
    """Sign out in this browser; other sessions stay."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
