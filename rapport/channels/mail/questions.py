"""Does a mail ask something? The sentence that does, in its sender's own words."""

from __future__ import annotations

import re

_URL = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+|\S+\.(?:php|html?|asp|cgi)\?\S*", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?？؟。！…])[\"')»”]*\s+|(?<=[？。！])")
_CODE = re.compile(r"[{}=<>|;\\]|\w\(|\?\s*\S+\s*:|^\s*[+#*/-]")
_POLITE = re.compile(
    r"^\W*(?:hi|hello|dear|hey|how are you|how're you|how is it going|how goes it|wie geht|alles gut|ça va"
    r"|comment (?:allez|vas)|cómo est|qué tal|any (?:ideas?|comments?|thoughts?))\b[^?？؟]{0,25}[?？؟]$",
    re.IGNORECASE,
)
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n|\n(?=[ \t]*[-*•\d]+[.)]?\s)")
_BLANKS = re.compile(r"\s+")
_LIMIT = 300


def question_in(text: str) -> str:
    """The last sentence that asks something, at most 300 characters; "How are you?" only if nothing else asks."""
    if not any(mark in text for mark in "?？؟"):
        return ""
    asked = [sentence for paragraph in _paragraphs(text[:10_000]) for sentence in _asking(paragraph)]
    serious = [sentence for sentence in asked if not _POLITE.match(sentence)]
    return (serious or asked or [""])[-1]


def _paragraphs(text: str) -> list[str]:
    found = _PARAGRAPH_ENDS.split(text)
    return [_BLANKS.sub(" ", paragraph).strip() for paragraph in found if any(mark in paragraph for mark in "?？؟")]


def _asking(paragraph: str) -> list[str]:
    sentences = (found.strip(" \"'«»„“”") for found in _SENTENCE_ENDS.split(_URL.sub(" ", paragraph)))
    return [sentence[-_LIMIT:] for sentence in sentences if _asks(sentence)]


def _asks(sentence: str) -> bool:
    return (
        sentence.endswith(("?", "？", "؟"))
        and sum(letter.isalpha() for letter in sentence) >= 3
        and not sentence.endswith(("??????", "????"))
        and not _CODE.search(sentence)
    )
