"""Secrets that must be read again are kept sealed with the secret key of the home, which is in no database."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """It was sealed with the key of another home, as after a restore; nobody can read it here."""


def seal(text: str) -> str:
    """What may stand in the database."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed; Unreadable where this home has another key."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _fernet() -> Fernet:
    digest = salted_hmac("rapport.sealing", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
