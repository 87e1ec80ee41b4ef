"""Encoded words (RFC 2047) and parameters (RFC 2231) made readable, tolerant of everything programs got wrong."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from urllib.parse import unquote_to_bytes

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(=\?[^?\s]{1,60}\?[bBqQ]\?)")
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,60})\s*=\s*(\"(?:[^\"\\]|\\.)*\"?|[^;]*)")
_WORDS_LIMIT = 2_000
# Programs that say one thing and mean another (WHATWG's encoding standard lists why).
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
          "ascii": "cp1252", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "shift-jis": "cp932",
          "x-sjis": "cp932", "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-8-i": "iso-8859-8",
          "unicode-1-1-utf-7": "utf-7", "x-unknown": "utf-8", "unknown-8bit": "utf-8", "default": "utf-8",
          "big5": "big5hkscs", "utf8": "utf-8", "": "utf-8"}  # fmt: skip
# Codecs that are no charsets, or take time out of proportion.
_REFUSED = {"idna", "punycode", "rot13", "rot-13", "zlib", "bz2", "base64", "hex", "quopri", "uu", "unicode-escape"}


def readable(value: str) -> str:
    """A header value with its encoded words decoded. Never fails; what cannot be decoded stays as written."""
    if "=?" not in value:
        return value
    joined = _BETWEEN.sub(r"\1\2", value)
    return _WORD.sub(_decoded_word, joined, count=_WORDS_LIMIT)


def decoded(raw: bytes, charset: str) -> str:
    """Bytes as text in the charset they claim; where the claim is false, in the one they are likely in."""
    claim = charset.strip().strip("\"'").lower()
    codec = _codec(claim)
    if codec not in ("utf-8", "cp1252"):
        try:
            return raw.decode(codec)
        except (UnicodeError, LookupError, ValueError):
            pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if codec == "utf-8" and (mended := _nearly_utf8(raw)):
        return mended
    try:
        return raw.decode("cp1252" if codec == "utf-8" else codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return raw.decode("cp1252", "replace")


def _nearly_utf8(raw: bytes) -> str:
    """A text cut within a letter, or with a few wrong bytes in it, is not in another encoding for that."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    beyond_ascii = sum(not letter.isascii() for letter in text) - wrong
    return text if beyond_ascii > 3 * wrong else ""


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, continuations joined and charsets decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for name, given in _PARAMETER.findall(value[:20_000]):
        text = _unquoted(given)
        base, star, rest = name.lower().partition("*")
        if not star:
            plain.setdefault(base, readable(text))
        else:
            number = rest.rstrip("*")
            pieces.setdefault(base, []).append((int(number) if number.isdecimal() else 0, text, name.endswith("*")))
    for base, parts in pieces.items():
        plain[base] = _joined(sorted(parts))
    return plain


def _codec(claim: str) -> str:
    claim = _MEANT.get(claim, claim)
    try:
        found = codecs.lookup(claim)
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if found.name in _REFUSED or not getattr(found, "_is_text_encoding", True) else found.name


def _decoded_word(found: re.Match[str]) -> str:
    charset, way, text = found.group(1), found.group(2), found.group(3)
    raw = text.encode("utf-8", "replace")
    if way in "qQ":
        return decoded(quopri.decodestring(raw.replace(b"_", b" "), header=False), charset.partition("*")[0])
    try:
        return decoded(binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)), charset.partition("*")[0])
    except (binascii.Error, ValueError):
        return found.group(0)


def _unquoted(given: str) -> str:
    given = given.strip()
    if given.startswith('"'):
        given = given[1:-1] if len(given) > 1 and given.endswith('"') else given[1:]
        return re.sub(r"\\(.)", r"\1", given)
    return given


def _joined(parts: list[tuple[int, str, bool]]) -> str:
    charset, raw = "utf-8", b""
    for place, (_, text, is_encoded) in enumerate(parts):
        if not is_encoded:
            raw += text.encode("utf-8", "replace")
            continue
        if place == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        raw += unquote_to_bytes(text)
    return decoded(raw, charset)
