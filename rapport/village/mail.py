"""Letters become the bytes a mail program would have kept: RFC 5322 messages in an mbox file."""

from __future__ import annotations

import base64
import binascii
import html as markup
import re
from collections.abc import Iterable
from datetime import UTC
from email.header import Header
from email.utils import format_datetime, quote
from functools import lru_cache
from pathlib import Path

from rapport.village.enclosures import enclosure
from rapport.village.letters import Letter, Seat

_FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)


def write_mailbox(path: Path, letters: Iterable[tuple[Letter, bytes]]) -> None:
    """An mbox file of rendered letters in the given order, with lines that begin with From marked as mboxrd does."""
    with path.open("wb") as file:
        for letter, raw in letters:
            file.write(f"From {letter.sender.address} {letter.at.astimezone(UTC):%a %b %d %H:%M:%S %Y}\n".encode())
            file.write(_FROM_LINE.sub(rb">\1", raw))
            file.write(b"\n")


def render(letter: Letter) -> bytes:
    """One letter as a whole message with LF line ends."""
    head = [
        ("Date", format_datetime(letter.at)),
        ("From", _written(letter.sender)),
        ("To", ", ".join(map(_written, letter.to))),
        *([("Cc", ", ".join(map(_written, letter.cc)))] if letter.cc else []),
        ("Subject", _header_text(letter.subject)),
        ("Message-ID", letter.id),
        *([("In-Reply-To", letter.answers[-1]), ("References", " ".join(letter.answers))] if letter.answers else []),
        *letter.headers,
        *([("User-Agent", letter.hand.program)] if letter.hand.program else []),
        ("MIME-Version", "1.0"),
    ]
    top = "".join(f"{name}: {value}\n" for name, value in head).encode()
    return top + _body(letter)


@lru_cache(maxsize=4096)
def _written(seat: Seat) -> str:
    if not seat.name:
        return seat.address
    if seat.name.isascii():
        return f'"{quote(seat.name)}" <{seat.address}>'
    return f"{_header_text(seat.name)} <{seat.address}>"


@lru_cache(maxsize=4096)
def _header_text(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=72).encode()


def _body(letter: Letter) -> bytes:
    if letter.bounced:
        return _delivery_report(letter)
    text = "\n\n".join(part for part in (letter.words, letter.signature, letter.quoted) if part) + "\n"
    plain = _part("text/plain", text, letter.hand.charset)
    if letter.html or letter.hand.body != "plain":
        rich = _part("text/html", letter.html or _as_html(letter), "utf-8")
        plain = rich if letter.hand.body == "html" else _several("alternative", letter, plain, rich)
    return _several("mixed", letter, plain, enclosure(letter.enclosed)) if letter.enclosed else plain


def _delivery_report(letter: Letter) -> bytes:
    """What a mail system sends when an address is gone (RFC 3464)."""
    domain = letter.bounced.partition("@")[2]
    status = (
        f"Reporting-MTA: dns; mail.fernhill.example\n\nFinal-Recipient: rfc822; {letter.bounced}\n"
        f"Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.{domain}\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{letter.bounced}>: Recipient address rejected\n"
    )
    told = _part("text/plain", letter.words + "\n", "utf-8")
    return _several(
        "report; report-type=delivery-status",
        letter,
        told,
        f"Content-Type: message/delivery-status\n\n{status}".encode(),
    )


def _part(kind: str, text: str, charset: str) -> bytes:
    """A text part; a charset that lacks a letter gives way to UTF-8, as mail programs do."""
    try:
        data = text.encode(charset)
    except UnicodeEncodeError:
        charset, data = "utf-8", text.encode()
    encoding, data = _transferred(data)
    return f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + data


def _transferred(data: bytes) -> tuple[str, bytes]:
    if data.isascii() and max(map(len, data.split(b"\n"))) < 900:
        return "7bit", data
    if sum(byte > 127 for byte in data[:400]) < 100:
        return "quoted-printable", binascii.b2a_qp(data, istext=True)
    return "base64", base64.encodebytes(data)


def _several(kind: str, letter: Letter, *parts: bytes) -> bytes:
    edge = f"={kind[0]}_{letter.id[1:15]}="
    middle = b"".join(f"--{edge}\n".encode() + part + (b"" if part.endswith(b"\n") else b"\n") for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{edge}"\n\n'.encode() + middle + f"--{edge}--\n".encode()


def _as_html(letter: Letter) -> str:
    paragraphs = "".join(f"<p>{_lines(part)}</p>" for part in letter.words.split("\n\n"))
    signed = f'<div class="signature">{_lines(letter.signature)}</div>' if letter.signature else ""
    heading, _, rest = letter.quoted.partition("\n")
    told = _lines(re.sub(r"(?m)^> ?", "", rest))
    quoted = f'<div class="quote">{_lines(heading)}<blockquote type="cite">{told}</blockquote></div>' if heading else ""
    return f"<!doctype html>\n<html><body>\n{paragraphs}\n{signed}\n{quoted}\n</body></html>\n"


def _lines(text: str) -> str:
    return markup.escape(text, quote=False).replace("\n", "<br>\n")
