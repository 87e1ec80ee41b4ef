"""Slowing down guesses: attempts are counted in the database, so that a second process or a restart does not forget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import SignInAttempt
from .rows import ask

KEPT_FOR = timedelta(days=1)

_NTH_LAST = "SELECT at FROM sign_in_attempt WHERE kind = %s AND who = %s AND at > %s ORDER BY at DESC OFFSET %s LIMIT 1"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most this many attempts of a kind by one account or from one address, within this time."""

    kind: str
    most: int
    within: timedelta


PASSWORDS_OF_ACCOUNT = Limit("password-account", 10, timedelta(minutes=15))
PASSWORDS_FROM_ADDRESS = Limit("password-address", 30, timedelta(hours=1))
CODES_OF_ACCOUNT = Limit("code-account", 5, timedelta(minutes=15))
PASSKEYS_FROM_ADDRESS = Limit("passkey-address", 60, timedelta(hours=1))
LINKS_OF_ACCOUNT = Limit("link-account", 3, timedelta(hours=1))
LINKS_FROM_ADDRESS = Limit("link-address", 30, timedelta(hours=1))
ADDRESSES_OF_ACCOUNT = Limit("address-account", 3, timedelta(hours=1))
KEYS_FROM_ADDRESS = Limit("key-address", 30, timedelta(minutes=15))


def may_try(limit: Limit, who: str, now: datetime) -> bool:
    """Count this attempt, and say whether it is within the limit. Counting first leaves no gap for many at once."""
    count_attempt(limit, who, now)
    return SignInAttempt.objects.filter(kind=limit.kind, who=who, at__gt=now - limit.within).count() <= limit.most


def count_attempt(limit: Limit, who: str, now: datetime) -> None:
    """Count one; those of yesterday are forgotten."""
    SignInAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()
    SignInAttempt.objects.create(kind=limit.kind, who=who, at=now)


def wait_of(limit: Limit, who: str, now: datetime) -> timedelta | None:
    """How long to wait where the limit is used up; for what is asked often, and counted only where it was wrong."""
    found = ask(_NTH_LAST, [limit.kind, who, now - limit.within, limit.most - 1])
    return found[0][0] + limit.within - now if found else None


def forget_attempts(limit: Limit, who: str) -> None:
    """Somebody showed who they are: earlier slips no longer count."""
    SignInAttempt.objects.filter(kind=limit.kind, who=who).delete()
