"""Addresses as people type them, made comparable: e-mail in lower case, telephone numbers as the world writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rapport.kit.phones import number_of
from rapport.kit.text import db_text
from rapport.kit.trouble import NotUnderstood, Trouble

from .matching import HandleKey

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_OWN_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def handle_key(kind: str, written: str, country: str = "") -> HandleKey:
    """The handle somebody typed, normalised. Raises Trouble where it cannot be one."""
    if kind == "email":
        return kind, email_of(written)
    if kind == "phone":
        return kind, phone_of(written, country)
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


def own_emails(written: Iterable[str]) -> list[str]:
    """The addresses somebody says are theirs, in lower case; old mailboxes know `me@localhost`. Raises NotUnderstood,
    naming the first that is none: were it passed over, nobody would be home in that mail."""
    found = [one.strip() for one in written if one.strip()]
    for one in found:
        if not _OWN_EMAIL.fullmatch(one):
            said = _("“%(address)s” is no e-mail address. Write it like you@your-company.com.") % {"address": one}
            raise NotUnderstood(said, code="bad-email", home_addresses=said)
    return [one.lower() for one in found]


def phone_of(written: str, country: str = "") -> str:
    """A telephone number as +44…, or its digits where its country is not known. Raises Trouble for anything else."""
    number = number_of(written, country)
    if not number:
        raise Trouble(_("This does not look like a telephone number."), code="bad-phone", field="phone")
    return number
