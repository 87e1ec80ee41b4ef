"""What somebody sets about themselves: name, address, language, looks, password, and when they work."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapport.kit.text import one_line
from rapport.kit.trouble import Trouble

from .models import Membership, User

THEMES = ("system", "light", "dark")
READINGS = ("plain", "legible", "system")
PER_DAY = tuple("1234567")


class Unfit(Trouble):
    """Some fields cannot be kept as they are; `errors` says of each by its name what to mend."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()), code="unfit", errors=errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Oneself:
    """All that can be set about oneself."""

    name: str
    email: str
    language: str
    theme: str
    reading: str
    keys_on: bool


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When somebody works in a workspace, ISO weekdays, and for how many people a day at most: "1" to "7"."""

    time_zone: str
    working_days: list[int]
    per_day: str


def set_oneself(user: User, wanted: Oneself) -> None:
    """Keep what somebody says about themselves; Unfit where something cannot be."""
    errors = {"name": "" if one_line(wanted.name) or not user.name else _("Write how you are called.")}
    errors |= {"email": email_problem(wanted.email, user)}
    if wrong := {name: error for name, error in errors.items() if error}:
        raise Unfit(wrong)
    user.keys_on = wanted.keys_on
    user.name, user.email = one_line(wanted.name, 200), wanted.email.strip().lower()
    user.theme = wanted.theme if wanted.theme in THEMES else "system"
    user.reading = wanted.reading if wanted.reading in READINGS else "plain"
    user.language = wanted.language if wanted.language in dict(settings.LANGUAGES) else "en"
    _save(user)


def set_working_time(membership_id: UUID, wanted: WorkingTime) -> None:
    """Keep when somebody works in a workspace, and for how many people; Unfit where something cannot be kept."""
    if wanted.time_zone not in available_timezones():
        raise Unfit({"time_zone": _("Choose one of the time zones.")})
    days = sorted({day for day in wanted.working_days if 1 <= day <= 7})
    if not days:
        raise Unfit({"working_days": _("Choose at least one day.")})
    if wanted.per_day not in PER_DAY:
        raise Unfit({"per_day": _("Choose between one and seven.")})
    Membership.objects.filter(id=membership_id).update(
        time_zone=wanted.time_zone, working_days=days, per_day=int(wanted.per_day)
    )


def set_password(user: User, current: str, wanted: str) -> None:
    """A new password. Who has one already shows it first: an open screen is not enough."""
    if user.has_usable_password() and not user.check_password(current):
        raise Unfit({"current": _("That is not your present password.")})
    try:
        check_password(wanted, user)
    except Trouble as weak:
        raise Unfit({"password": weak.sentence}) from None
    user.set_password(wanted)
    user.save(update_fields=["password"])


def check_password(password: str, user: User | None = None) -> None:
    """Trouble with the sentences that say what a password lacks."""
    try:
        validate_password(password, user)
    except ValidationError as lacks:
        raise Trouble(" ".join(lacks.messages), code="weak-password") from None


def email_problem(email: str, user: User) -> str:
    """What is wrong with an address as this user's own, or nothing."""
    try:
        validate_email(email.strip())
    except ValidationError:
        return _("Write it like you@example.org.")
    if User.objects.filter(email=email.strip().lower()).exclude(id=user.id).exists():
        return _("Somebody else uses this address.")
    return ""


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody took the address between the question and the saving
        raise Unfit({"email": _("Somebody else uses this address.")}) from None
