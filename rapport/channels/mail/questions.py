"""Does a mail ask something? The sentence that does, in its sender's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

_URL = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+|\S+\.(?:php|html?|asp|cgi)\?\S*", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?？؟。！…])[\"')»”]*\s+|(?<=[？。！])")
# A full stop that ends no sentence; the line break stands for the blanks behind it. Where it may be either, as behind
# one letter, nothing is cut: rather a sentence too many than half a question.
_GOES_ON = re.compile(
    r"(?<!\w)(?:"
    r"(?:[^\W\d_]|(?i:hrn?|fr|mrs?|ms|mme|mlle|dr|prof|sra?|ste?|ing|dipl|ca|bzw|ggf|evtl|inkl|vgl|approx|vs))\.\n"
    r"|(?i:nos?|nr|n°|tel|tél|art|abs|fig|abb|vol|pp)\.\n(?=[\d+(])"
    r"|(?i:etc|usw|inc|ltd|co|corp|jr|str|std|mio|mrd|max|min)\.\n(?=[a-zß-öø-ÿ])"
    r"|\d\d?\.\n(?=[a-zß-öø-ÿ]|J[aä]n|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|(?i:am|im|ab|vom|zum|zur|bis|der|die|das|dem|den)\s\d\d?\.\n)"
)
_CODE = re.compile(r"[{}=<>|;\\]|\w\(|\?\s*\S+\s*:|^\s*[+#*/-]")
_POLITE = re.compile(
    r"^\W*(?:hi|hello|dear|hey|how are you|how're you|how is it going|how goes it|wie geht|alles gut|ça va"
    r"|comment (?:allez|vas)|cómo est|qué tal|any (?:ideas?|comments?|thoughts?))\b[^?？؟]{0,25}[?？؟]$",
    re.IGNORECASE,
)
_LINE_ACROSS = r"(?m:^[ \t]*(?:_{10,}|-{10,}|={10,}|\*{10,}|#{10,}|~{10,})[ \t]*$)"
_CELL_ENDS = r"(?<=\S)\t(?=\S)|\n(?=[^\n\t]*\S\t\S)"  # as the reader of HTML writes a table
_PARAGRAPH_ENDS = re.compile(rf"{_LINE_ACROSS}|\n\s*\n|\n(?=[ \t]*[-*•\d]+[.)]?\s)|{_CELL_ENDS}")
# What free mail providers write below a line across: a few words and a link.
_ADVERTISING = re.compile(rf"{_LINE_ACROSS}(?:\n[^\n]*){{0,6}}\Z")
_SLOGAN = re.compile(r"^\W*(?:do you yahoo|want to chat instantly|tired of spam)\b", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_LIMIT = 300


def question_in(text: str) -> str:
    """The last sentence that asks something, at most 300 characters; "How are you?" only if nothing else asks."""
    if not any(mark in text for mark in "?？؟"):
        return ""
    asked = [sentence for paragraph in _paragraphs(_own(text)) for sentence in _asking(paragraph)]
    serious = [sentence for sentence in asked if not _POLITE.match(sentence)]
    return (serious or asked or [""])[-1]


def _own(text: str) -> str:
    """Without a provider's advertising at the end."""
    below = _ADVERTISING.search(text)
    return text[: below.start()][:10_000] if below and _URL.search(below.group()) else text[:10_000]


def _paragraphs(text: str) -> list[str]:
    found = _PARAGRAPH_ENDS.split(text)
    return [_BLANKS.sub(" ", paragraph).strip() for paragraph in found if any(mark in paragraph for mark in "?？؟")]


def _asking(paragraph: str) -> list[str]:
    sentences = (found.strip(" \"'«»„“”") for found in _sentences(_URL.sub(" ", paragraph)))
    return [sentence[-_LIMIT:] for sentence in sentences if _asks(sentence)]


def _sentences(paragraph: str) -> Iterator[str]:
    begins = 0
    for end in _SENTENCE_ENDS.finditer(paragraph):
        around = f"{paragraph[max(0, end.start() - 12) : end.start()]}\n{paragraph[end.end() : end.end() + 4]}"
        if not _GOES_ON.search(around):
            yield paragraph[begins : end.start()]
            begins = end.end()
    yield paragraph[begins:]


def _asks(sentence: str) -> bool:
    return (
        sentence.endswith(("?", "？", "؟"))
        and sum(letter.isalpha() for letter in sentence) >= 3
        and not sentence.endswith(("??????", "????"))
        and not _CODE.search(sentence)
        and not _SLOGAN.match(sentence)
    )
