"""Passkeys: what the browser is asked, and whether its answer is right. Bound to the name by which we are reached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.accounts.models import User
from rapport.accounts.sealing import seal, unseal
from rapport.kit.text import one_line
from rapport.kit.trouble import Trouble

LONGEST = 64 * 1024  # of what a browser says about a passkey


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How allauth keeps second factors here."""

    def encrypt(self, text: str) -> str:
        """Sealed with the key of this home."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the app calls us: several houses may be in one app."""
        return f"Rapport {context.request.get_host()}"

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Whom the browser shows when it asks which passkey."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name or user.email, "name": user.email}


def app_address(request: HttpRequest, user: User, secret: str) -> tuple[str, str]:
    """What an app reads for this secret: the address, and its picture as SVG."""
    with context.request_context(request):
        adapter = Adapter()
        address = adapter.build_totp_url(user, secret)
        return address, adapter.build_totp_svg(address)


def ask_to_make(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey; it proves that it was there, and that it is them."""
    with context.request_context(request):
        return dict(auth.begin_registration(user, passwordless=True))


def keep(request: HttpRequest, user: User, said: str, name: str) -> Authenticator:
    """The passkey the browser made; Trouble where its answer is not to what we asked."""
    with _understood(request):
        credential = _read(said)
        auth.complete_registration(auth.parse_registration_response(credential) and credential)
        return auth.WebAuthn.add(user, one_line(name, 100) or _("Passkey"), credential).instance


def ask_to_show(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What the browser needs to show a passkey: one of this user's, or of whoever it knows."""
    with context.request_context(request):
        return dict(auth.begin_authentication(user))


def who_shows(request: HttpRequest, said: str, user: User | None, now: datetime) -> User:
    """Whose passkey was shown: this user's, or that of whoever the browser says; Trouble where it is not right."""
    with _understood(request):
        credential = _read(said)
        whose: User = user or auth.extract_user_from_response(credential)
        shown = auth.complete_authentication(whose, auth.parse_authentication_response(credential) and credential)
    if not whose.is_active:
        raise _wrong()
    shown.last_used_at = now
    shown.save(update_fields=["last_used_at"])
    return whose


@contextmanager
def _understood(request: HttpRequest) -> Iterator[None]:
    """Whatever a browser sends, it is right or it is wrong, and never a fault of ours."""
    try:
        with context.request_context(request):
            yield
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise _wrong() from None
    finally:
        request.session.pop(auth.STATE_SESSION_KEY, None)  # a question is answered once, rightly or not


def _read(said: str) -> dict[str, Any]:
    if len(said) > LONGEST:
        raise _wrong()
    found = json.loads(said)
    if not isinstance(found, dict):
        raise _wrong()
    return found


def _wrong() -> Trouble:
    return Trouble(_("That passkey was not accepted. Try again, or use another way."), code="wrong-passkey")
