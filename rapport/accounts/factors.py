"""Second factors: a code of an app, a passkey, a recovery code. Who has one shows it after the password."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.kit.trouble import NotFound, Trouble

from .models import User
from .sealing import Unreadable

EVERY: Final = 30  # seconds between two codes of an app
APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


def has_second_factor(user: User) -> bool:
    """Whether a password alone does not let this user in. Recovery codes are none: they stand in for one."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=CODES).exists())


def has_app(user: User) -> bool:
    """Whether an app shows codes for this user."""
    return bool(Authenticator.objects.filter(user=user, type=APP).exists())


def passkeys_of(user: User) -> list[Authenticator]:
    """Their passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=user, type=PASSKEY).order_by("created_at", "id"))


def codes_left(user: User) -> int:
    """How many recovery codes of theirs still work; none where they can no longer be read."""
    kept = Authenticator.objects.filter(user=user, type=CODES).first()
    try:
        return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0
    except Unreadable:
        return 0


def new_secret() -> str:
    """What an app works its codes out from."""
    return str(generate_totp_secret())


@transaction.atomic
def turn_on_app(user: User, secret: str, code: str, now: datetime) -> None:
    """From now on the codes of an app count, once it has shown that it knows the secret."""
    counter = _counter_of(secret, code, now)
    if counter is None:
        raise Trouble(
            _("This is not the code the app shows now. Type the newest one."), code="wrong-code", field="code"
        )
    Authenticator.objects.filter(user=user, type=APP).delete()
    made = TOTP.activate(user, secret).instance
    made.data["last_counter"] = counter
    made.save(update_fields=["data"])


@transaction.atomic
def is_right_code(user: User, said: str, now: datetime) -> bool:
    """Whether this is the code of the app, or a recovery code; each works once. Unreadable after a restore."""
    code = "".join(said.split())
    return code.isascii() and code.isdigit() and (_is_of_app(user, code, now) or _is_recovery_code(user, code))


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes instead of those there were, each for one time; shown once."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=CODES).delete()
        return list(RecoveryCodes.activate(user).get_unused_codes())


def turn_off(user: User, factor_id: int | None = None) -> None:
    """One passkey less, or the app off where none is named; with the last of them the recovery codes go."""
    mine = Authenticator.objects.filter(user=user)
    gone = mine.filter(id=factor_id, type=PASSKEY) if factor_id is not None else mine.filter(type=APP)
    if not gone.delete()[0]:
        raise NotFound(_("That was turned off already."))
    if not has_second_factor(user):
        mine.delete()


def turn_all_off(user: User) -> bool:
    """No second factor any more; whether there was one."""
    return bool(Authenticator.objects.filter(user=user).delete()[0])


def _is_of_app(user: User, code: str, now: datetime) -> bool:
    app = Authenticator.objects.select_for_update().filter(user=user, type=APP).first()
    if app is None:
        return False
    counter = _counter_of(decrypt(app.data["secret"]), code, now)
    if counter is None or counter <= app.data.get("last_counter", -1):  # heard over a shoulder, it is worth nothing
        return False
    app.data["last_counter"], app.last_used_at = counter, now
    app.save(update_fields=["data", "last_used_at"])
    return True


def _is_recovery_code(user: User, code: str) -> bool:
    kept = Authenticator.objects.filter(user=user, type=CODES).first()
    return kept is not None and bool(RecoveryCodes(kept).validate_code(code))


def _counter_of(secret: str, code: str, now: datetime) -> int | None:
    """Which code of the app this is: the present one, or its neighbour where a clock is late."""
    present = int(now.timestamp()) // EVERY
    told = "".join(code.split())
    matching = (
        n for n in (present, present - 1, present + 1) if hmac.compare_digest(f"{hotp_value(secret, n):06d}", told)
    )
    return next(matching, None) if told.isascii() else None
