"""Addresses as people type them, made comparable: e-mail in lower case, telephone numbers as the world writes them."""

from __future__ import annotations

import re

import phonenumbers
from django.utils.translation import gettext as _

from rapport.kit.text import db_text
from rapport.kit.trouble import Trouble

from .matching import HandleKey

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_NOT_A_DIGIT = re.compile(r"[^\d+]")
_FEWEST_DIGITS = 3


def handle_key(kind: str, written: str) -> HandleKey:
    """The handle somebody typed, normalised. Raises Trouble where it cannot be one."""
    if kind == "email":
        return kind, email_of(written)
    if kind == "phone":
        return kind, phone_of(written)
    value = db_text(written.strip().lower(), 320)
    if kind != "handle" or not value:
        raise Trouble(_("This is no address we know how to keep."), code="bad-handle", field="value")
    return kind, value


def email_of(written: str) -> str:
    """An e-mail address in lower case. Raises Trouble for anything else."""
    value = db_text(written.strip().removeprefix("mailto:").lower(), 320)
    if not _EMAIL.fullmatch(value):
        raise Trouble(_("This does not look like an e-mail address."), code="bad-email", field="email")
    return value


def phone_of(written: str) -> str:
    """A telephone number as +44…, or its digits where it names no country. Raises Trouble for anything else."""
    digits = _NOT_A_DIGIT.sub("", written)
    if len(digits) < _FEWEST_DIGITS:
        raise Trouble(_("This does not look like a telephone number."), code="bad-phone", field="phone")
    try:
        return phonenumbers.format_number(phonenumbers.parse(written, None), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return digits[:40]
