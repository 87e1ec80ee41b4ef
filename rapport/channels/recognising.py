"""What a file is, by its first bytes where they tell and by its name where they do not."""

from __future__ import annotations

import re

from .mail.mbox import is_envelope

_BY_ENDING = {
    ".mbox": "mbox", ".mbx": "mbox", ".eml": "mail", ".msg822": "mail", ".ics": "calendar", ".ical": "calendar",
    ".vcs": "calendar", ".vcf": "card", ".vcard": "card", ".csv": "table", ".tsv": "table", ".tab": "table",
}  # fmt: skip
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|return-path|mime-version|delivered-to):", re.I | re.M
)
_OTHERS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{", b"[", b"<?xml", b"<!DOCTYPE", b"<html", b"\x7fELF")


def recognise(name: str, head: bytes) -> str:
    """gzip, zip, tar, mbox, mail, calendar, card or table; empty where it is none of them. `head` is its beginning."""
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    text = _plain(head).lstrip()
    opening = text[:200].upper()
    if opening.startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT")):
        return "calendar"
    if opening.startswith(b"BEGIN:VCARD"):
        return "card"
    return _by_words(name, text)


def _by_words(name: str, text: bytes) -> str:
    ending = _BY_ENDING.get("." + name.lower().rpartition(".")[2] if "." in name else "", "")
    if is_envelope(text[: text.find(b"\n") + 1]):
        return "mail" if ending == "mail" else "mbox"
    if ending:
        return ending
    if text.startswith(_OTHERS) or b"\x00" in text[:512]:
        return ""
    return "mail" if _HEADER.match(text) and len(_MAIL_HEADERS.findall(text[:4096])) >= 2 else ""


def _plain(head: bytes) -> bytes:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf")
