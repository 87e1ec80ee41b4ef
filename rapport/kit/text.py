"""The one gate that makes foreign text storable."""

from __future__ import annotations

import re
import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def db_text(text: str, limit: int | None = None) -> str:
    """Text PostgreSQL accepts: NFC, NUL and lone surrogates shown as U+FFFD, cut to `limit` characters."""
    plain = text.isascii() and "\x00" not in text  # nearly all is, and needs neither
    clean = text if plain else unicodedata.normalize("NFC", _UNSTORABLE.sub(_REPLACEMENT, text))
    return clean if limit is None or len(clean) <= limit else clean[: limit - 1] + "…"


def one_line(text: str, limit: int = 280) -> str:
    """The text as a single line without control characters, cut at `limit`."""
    if text.isascii() and text.isprintable():
        return db_text(text.strip() if "  " not in text else _BLANKS.sub(" ", text).strip(), limit)
    visible = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return db_text(_BLANKS.sub(" ", visible).strip(), limit)


def fold(text: str) -> str:
    """How a name is compared and sorted: lower case, accents off, blanks joined."""
    if text.isascii() and "\x00" not in text:
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", db_text(bare).casefold()).strip()
