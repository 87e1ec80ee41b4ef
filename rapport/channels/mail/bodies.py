"""The parts of a mail: its plain text, its HTML, what is attached. The fast reader first, the patient one after it."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import BytesParser
from functools import partial

from fast_mail_parser import ParseError, PyLazyMimePart, parse_email_tree

from ..sightings import AttachmentNote
from .encoded import decoded, parameters, readable
from .headers import Head
from .rtf import words_of_rtf
from .tnef import KINDS, NAMES, Packed, is_tnef, read_tnef

# Beyond this a text is a log or a book; what people write to each other is far below.
TEXT_BYTES = 400_000
PART_LIMIT = 1_000
MOST_ATTACHED = 100
_PADDED = re.compile(rb"([^=]+)(?:=[^\n]*)?")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
# Kinds of text that are files or another form of the words beside them; what nobody knows is words (RFC 2046, 4.1.4).
_FILES = {
    "calendar", "css", "csv", "directory", "enriched", "javascript", "markdown", "parameters", "richtext", "rtf",
    "tab-separated-values", "vcard", "watch-html", "x-amp-html", "x-vcalendar", "x-vcard", "xml",
}  # fmt: skip
_STRUCTURE = ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")


@dataclass(slots=True)
class Parts:
    """What a body holds. `reports` are the machine-readable parts of bounces; `contents` gives the bytes of each
    attachment, which are not decoded before."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    attachments: list[AttachmentNote] = field(default_factory=list)
    contents: list[Callable[[], bytes]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seen: int = 0


def read_parts(head: Head, raw: bytes, unpack: bool = True) -> Parts:
    """The parts of a mail whose head was read. Never fails: at worst the whole body is taken as text.

    What Outlook packed into a winmail.dat is read as the mail's own, unless `unpack` says to leave it as it is.
    """
    # Only the headers that shape the body are handed on: address headers make both readers slow when they are hostile
    # (50,000 encoded words cost six seconds), and they were read already.
    lines = [f"{name}: {_ascii(head.first(name))}" for name in _STRUCTURE if head.first(name)]
    small = "\r\n".join([*lines, "", ""]).encode("ascii") + raw[head.body_at :]
    parts = Parts()
    try:
        _walk(parse_email_tree(small, mode="lazy"), parts, top=True)
    except ParseError:
        parts = Parts(remarks=["mended-body"])
        try:
            _walk_patiently(BytesParser(policy=policy.compat32).parsebytes(small), parts, depth=0)
        except Exception:  # the patient reader has its own ways to fail on hostile input, all of them this one case
            parts = Parts(remarks=["mended-body"])
    if not (parts.plain or parts.html or parts.reports or parts.attachments):
        _take_as_it_stands(parts, raw[head.body_at :])
    return unpacked(parts) if unpack else parts


def unpacked(parts: Parts) -> Parts:
    """The same with the files and words of each winmail.dat in its place; one that breaks off stays beside them."""
    packed = [place for place, note in enumerate(parts.attachments) if _may_be_packed(note)]
    for place in reversed(packed):
        try:
            raw = parts.contents[place]()
        except Exception:  # its encoding is broken in one of the many ways there are
            raw = b""
        if is_tnef(raw):
            _unpack(parts, place, read_tnef(raw))
    return parts


def _may_be_packed(note: AttachmentNote) -> bool:
    return note.media_type in KINDS or note.name.lower() in NAMES


def _unpack(parts: Parts, place: int, found: Packed) -> None:
    behind = place if found.whole else place + 1
    if not found.whole:
        parts.remarks.append("mended-body")
    notes = [AttachmentNote(file.name[:250], file.media_type[:100], len(file.body)) for file in found.files]
    parts.attachments[place : place + 1] = [*parts.attachments[place:behind], *notes]
    parts.contents[place : place + 1] = [*parts.contents[place:behind], *(partial(bytes, f.body) for f in found.files)]
    del parts.attachments[MOST_ATTACHED:], parts.contents[MOST_ATTACHED:]
    if not any(text.strip() for text in parts.plain):
        _take_words(parts, parts.plain, found.text or (words_of_rtf(found.rtf) if not found.html else ""))
    if not parts.html:
        _take_words(parts, parts.html, found.html)


def _take_words(parts: Parts, into: list[str], words: str) -> None:
    raw = words.encode("utf-8", "replace")
    if len(raw) > TEXT_BYTES:
        parts.remarks.append("long-text")
    if words:
        into.append(raw[:TEXT_BYTES].decode("utf-8", "ignore"))


def _take_as_it_stands(parts: Parts, body: bytes) -> None:
    """Boundaries that contradict each other hide every part: nothing of what was written may be lost for it."""
    if body.strip():
        parts.remarks.append("mended-body")
        _take_text(parts, "text/plain", body, "")


def _walk(part: PyLazyMimePart, parts: Parts, top: bool = False) -> None:
    parts.seen += 1
    if parts.seen > PART_LIMIT:
        return
    kind = (part.content_type or "text/plain").lower()
    if kind.startswith("multipart/"):
        for child in part.children:
            _walk(child, parts)
        return
    if part.is_message:
        _note(parts, part.filename or _subject_of(part), kind, part.encoded_size or 0, lambda: part.content or b"")
        return
    header = _header(part, "content-type")
    name = part.filename
    attached = (part.disposition or "").lower() == "attachment" and not top
    if kind in (
        "message/delivery-status",
        "message/disposition-notification",
        "text/rfc822-headers",
        "message/feedback-report",
    ):
        parts.reports.append(decoded(_content(part)[:TEXT_BYTES], "utf-8"))
    elif kind in ("text/plain", "text/html") and not attached and not (name and not top and parts.plain):
        _take_text(parts, kind, _content(part), parameters(header).get("charset", ""))
    elif kind.startswith("text/") and (top or not (name or attached or kind[5:] in _FILES)):
        _take_text(parts, "text/plain", _content(part), parameters(header).get("charset", ""))
    else:
        _note(parts, name, kind, part.encoded_size or 0, lambda: _content(part))


def _content(part: PyLazyMimePart) -> bytes:
    """The bytes of a part. The fast reader does not know an encoding with blanks behind its name."""
    way = _header(part, "content-transfer-encoding")
    if way == way.rstrip():
        return part.content or b""
    return _transferred((part.content or b"").decode("utf-8", "surrogateescape"), way)


def _walk_patiently(part: Message[str, str], parts: Parts, depth: int) -> None:
    parts.seen += 1
    if parts.seen > PART_LIMIT or depth > 30:
        return
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind == "message/delivery-status":
        parts.reports.append(part.as_string()[:TEXT_BYTES])
    elif kind.startswith("message/"):
        _note(parts, "", kind, 0, lambda: _enclosed_mail(part))
    elif isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                _walk_patiently(child, parts, depth + 1)
    else:
        declared = parameters(";" + str(part.get("content-type", "")).partition(";")[2])
        body = _transferred(str(payload), str(part.get("content-transfer-encoding", "")))
        attached = str(part.get("content-disposition", "")).lower().startswith("attachment") and depth > 0
        if kind in ("text/plain", "text/html") and not attached:
            _take_text(parts, kind, body, declared.get("charset", ""))
        else:
            shown = parameters(";" + str(part.get("content-disposition", "")).partition(";")[2])
            _note(parts, shown.get("filename") or declared.get("name", ""), kind, len(body), lambda: body)


def _transferred(payload: str, encoding: str) -> bytes:
    raw = payload.encode("utf-8", "surrogateescape")
    way = encoding.strip().lower()
    if way == "base64":
        return _from_base64(raw)
    return quopri.decodestring(raw) if way == "quoted-printable" else raw


def _from_base64(raw: bytes) -> bytes:
    """What stands there, up to the padding. Some programs go on behind it, on a line of its own."""
    found: list[bytes] = []
    for stretch in _PADDED.findall(raw):
        letters = _NOT_BASE64.sub(b"", stretch)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]  # one letter alone is no byte
        found.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(found)


def _take_text(parts: Parts, kind: str, content: bytes, charset: str) -> None:
    if len(content) > TEXT_BYTES:
        parts.remarks.append("long-text")
    text = decoded(content[:TEXT_BYTES], charset)
    (parts.html if kind == "text/html" else parts.plain).append(text)


def _enclosed_mail(part: Message[str, str]) -> bytes:
    inner = part.get_payload()
    whole = inner[0] if isinstance(inner, list) and inner else inner
    return whole.as_bytes() if isinstance(whole, Message) else str(whole).encode("utf-8", "surrogateescape")


def _note(parts: Parts, name: str, kind: str, size: int, content: Callable[[], bytes]) -> None:
    if len(parts.attachments) < MOST_ATTACHED:
        parts.contents.append(content)
        parts.attachments.append(AttachmentNote(readable(name)[:250], kind[:100], size))


def _subject_of(part: PyLazyMimePart) -> str:
    return _header(part.children[0], "subject") if part.children else ""


def _header(part: PyLazyMimePart, name: str) -> str:
    for key, values in part.headers.items():
        if key.lower() == name and values:
            return values[0]
    return ""


def _ascii(value: str) -> str:
    return value.encode("ascii", "replace").decode("ascii")
