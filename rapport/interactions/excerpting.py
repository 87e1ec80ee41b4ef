"""Where words stand in a text: a stretch of it in pieces, some of them found. Pieces are plain text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapport.kit.text import fold, one_line

AROUND = 60  # letters before the first word that is found
LONGEST = 240

# Scripts without blanks between words: each letter is a word, as the database has it.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_found: bool = False


def excerpt_of(text: str, wanted: Sequence[str], begun: Sequence[str] = ()) -> tuple[Piece, ...]:
    """The stretch of a text where the first of these words or phrases stands, or its beginning where none does."""
    spans = _spans(text, wanted, begun)
    start = _start(text, spans[0][0]) if spans else 0
    end = start + LONGEST
    near = [(first, min(last, end)) for first, last in spans if start <= first < end]
    pieces = [Piece("…")] if start else []
    at = start
    for first, last in near:
        pieces += [Piece(text[at:first]), Piece(text[first:last], True)]
        at = last
    pieces += [Piece(text[at:end]), Piece("…" if end < len(text) else "")]
    return tuple(_in_one_line(pieces))


def _in_one_line(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.text:
            # The gate for foreign text takes blanks at the ends away; here they part two pieces.
            inner = one_line(piece.text)
            before = " " if piece.text[0].isspace() else ""
            after = " " if inner and piece.text[-1].isspace() else ""
            if before or inner:
                yield Piece(before + inner + after, piece.is_found)


def _start(text: str, first: int) -> int:
    """The beginning of a word, a little before."""
    if first <= AROUND:
        return 0
    blank = re.search(r"\s", text[first - AROUND : first])
    return first - AROUND + blank.end() if blank else first - AROUND


def _spans(text: str, wanted: Sequence[str], begun: Sequence[str]) -> list[_Span]:
    """Where they stand, in order, none over another."""
    words = [(fold(found.group()), found.span()) for found in _WORD.finditer(text)]
    found = [
        (words[at][1][0], words[at + len(term) - 1][1][1])
        for term, is_begun in [*((_words_of(one), False) for one in wanted), *((_words_of(one), True) for one in begun)]
        if term
        for at in range(len(words) - len(term) + 1)
        if _stands_at(words, at, term, is_begun)
    ]
    return _apart(sorted(found))


def _words_of(term: str) -> list[str]:
    return [fold(one) for one in _WORD.findall(term)]


def _stands_at(words: Sequence[tuple[str, _Span]], at: int, term: Sequence[str], is_begun: bool) -> bool:
    *before, last = term
    if any(words[at + place][0] != one for place, one in enumerate(before)):
        return False
    said = words[at + len(before)][0]
    return said.startswith(last) if is_begun else said == last


def _apart(spans: Sequence[_Span]) -> list[_Span]:
    apart: list[_Span] = []
    for first, last in spans:
        if not apart or first >= apart[-1][1]:
            apart.append((first, last))
    return apart
