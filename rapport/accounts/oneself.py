"""What somebody sets about themselves: name, language, looks, when they work; and how they get in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapport.kit.text import is_name, one_line
from rapport.kit.trouble import Trouble
from rapport.kit.zones import no_such_zone, zone_called

from .links import end_sign_in_links
from .models import Membership, User

THEMES = ("system", "light", "dark")
READINGS = ("plain", "legible", "system")
PER_DAY = tuple("1234567")
KEYS = tuple("lnzg?/jkoehx")  # what is done with one key; what they do, docs/use/keyboard.md says
FIRST_ADDRESS = "you@localhost"  # of whoever sits at this machine, until they say their own


class Unfit(Trouble):
    """Some fields cannot be kept as they are; `errors` says of each by its name what to mend."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()), code="unfit", errors=errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Oneself:
    """All that can be set about oneself by whoever sits there; the ways in are changed by their own verbs."""

    name: str
    language: str
    theme: str
    reading: str
    keys_on: bool
    own_keys: Mapping[str, str] = field(default_factory=dict)  # by the usual key, the one they press instead


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When somebody works in a workspace, ISO weekdays, and for how many people a day at most: "1" to "7"."""

    time_zone: str
    working_days: list[int]
    per_day: str


def set_oneself(user: User, wanted: Oneself) -> None:
    """Keep what somebody says about themselves; Unfit where something cannot be."""
    if (user.name or wanted.name.strip()) and not is_name(one_line(wanted.name)):
        raise Unfit({"name": _("Write how you are called.")})
    user.own_keys = _own_keys(wanted.own_keys)
    user.keys_on = wanted.keys_on
    user.name = one_line(wanted.name, 200)
    user.theme = wanted.theme if wanted.theme in THEMES else "system"
    user.reading = wanted.reading if wanted.reading in READINGS else "plain"
    user.language = wanted.language if wanted.language in dict(settings.LANGUAGES) else "en"
    user.save(update_fields=["keys_on", "own_keys", "name", "theme", "reading", "language"])


def _own_keys(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those that differ from the usual ones. Each key does one thing, or nobody would know which."""
    pressed = {usual: (wanted.get(usual) or usual).lower() for usual in KEYS}
    for usual, key in pressed.items():
        if len(key) != 1 or not " " < key <= "~":
            raise Unfit({f"key-{usual}": _("A key is one letter from A to Z, a digit or a sign.")})
        if list(pressed.values()).count(key) > 1:
            raise Unfit({f"key-{usual}": _("Two things would have the key %(key)s.") % {"key": key.upper()}})
    return {usual: key for usual, key in pressed.items() if key != usual}


def set_working_time(membership_id: UUID, wanted: WorkingTime) -> None:
    """Keep when somebody works in a workspace, and for how many people; Unfit where something cannot be kept."""
    time_zone = zone_called(wanted.time_zone)
    if not time_zone:
        raise Unfit({"time_zone": no_such_zone()})
    days = sorted({day for day in wanted.working_days if 1 <= day <= 7})
    if not days:
        raise Unfit({"working_days": _("Choose at least one day.")})
    if wanted.per_day not in PER_DAY:
        raise Unfit({"per_day": _("Choose between one and seven.")})
    Membership.objects.filter(id=membership_id).update(
        time_zone=time_zone, working_days=days, per_day=int(wanted.per_day)
    )


def set_address(user: User, wanted: str) -> None:
    """Another address to sign in with; whoever has the address has the account. Links made for the old one end.

    Whether it is theirs, whoever calls this has asked: `readdressing.py`.
    """
    if problem := email_problem(wanted, user):
        raise Unfit({"email": problem})
    user.email = wanted.strip().lower()
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:  # somebody took the address between the question and the saving
        raise Unfit({"email": _("Somebody else uses this address.")}) from None
    end_sign_in_links(user)


def set_first_address(user: User, wanted: str) -> None:
    """The address of whoever has none of their own yet; an address one has stays."""
    if user.email == FIRST_ADDRESS:
        set_address(user, wanted)


def set_password(user: User, current: str, wanted: str, has_just_entered: bool) -> None:
    """A new password, or the first one. What it lacks is said together with the rest: nobody comes back for that."""
    wrong = not_themselves(user, current, has_just_entered, "current", "password")
    try:
        check_password(wanted, user)
    except Trouble as weak:
        wrong["password"] = " ".join([*filter(None, [wrong.get("password")]), weak.sentence])
    if wrong:
        raise Unfit(wrong)
    user.set_password(wanted)
    user.save(update_fields=["password"])
    end_sign_in_links(user)


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


def not_themselves(user: User, current: str, has_just_entered: bool, shown: str, wanted: str) -> dict[str, str]:
    """What is wrong with who asks: they show their password, or have just entered where they have none.

    Just, not earlier today: who finds a screen open would set the first password and have the account for good. A new
    link is one command away, and leads to the form.
    """
    if user.has_usable_password():
        return {} if user.check_password(current) else {shown: _("That is not your present password.")}
    return {} if has_just_entered else {wanted: _("Sign out and in again by a new link, then change it at once.")}
