"""The one gate that makes foreign text storable."""

from __future__ import annotations

import re
import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # each also of the words behind it
_MOST_MARKS = 8  # on one letter: languages use up to five, "zalgo" dozens
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe"}  # as the database's function
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
_FILLING = re.compile("[\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def db_text(text: str, limit: int | None = None) -> str:
    """Text PostgreSQL accepts: NFC, NUL and lone surrogates shown as U+FFFD, cut to `limit` characters."""
    plain = text.isascii() and "\x00" not in text  # nearly all is, and needs neither
    clean = text if plain else unicodedata.normalize("NFC", _UNSTORABLE.sub(_REPLACEMENT, text))
    return clean if limit is None or len(clean) <= limit else clean[: limit - 1] + "…"


def one_line(text: str, limit: int = 280) -> str:
    """The text as a single line, cut at `limit`: without control characters, without what would turn around the words
    beside it or grow into the lines above, and empty where there is nothing to see."""
    if text.isascii() and text.isprintable():
        return db_text(text.strip() if "  " not in text else _BLANKS.sub(" ", text).strip(), limit)
    line = _BLANKS.sub(" ", _calm(text)).strip()
    return db_text(line, limit) if is_seen(line) else ""


def _calm(text: str) -> str:
    kept, marks = list[str](), 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS and letter not in _TURNING:
            kept.append(" " if category == "Cc" else letter)
    return "".join(kept)


def is_seen(text: str) -> bool:
    """Whether anything of a text can be seen: nobody clicks on a name of blanks."""
    return any(unicodedata.category(letter) not in _UNSEEN and not _FILLING.match(letter) for letter in text)


def is_name(text: str) -> bool:
    """Whether somebody can be called so: there is a letter, a number or a picture in it, not only punctuation."""
    return any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in text)


def in_terminal(text: str) -> str:
    """The text without what would move the cursor of a terminal, change its colours or turn its lines around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if letter not in _TURNING and (letter in "\n\t" or unicodedata.category(letter) != "Cc")
    )


def fold(text: str) -> str:
    """How a name is compared and sorted: lower case, accents off, blanks joined."""
    if text.isascii() and "\x00" not in text:
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", db_text(bare).casefold()).strip()


def spelt_out(text: str) -> str:
    """The same with an umlaut or a Scandinavian letter as two: "Müller" is "mueller", "Søren" is "soeren"."""
    if text.isascii():
        return fold(text)
    return fold("".join(_TWO_LETTERS.get(c, c) for c in unicodedata.normalize("NFC", text).lower()))
