"""Which words of a sentence may be names: what is left when everything else is understood."""

from __future__ import annotations

import re

from .masking import Masked
from .values import NameGuess

MOST_WORDS = 4

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\||[&+/]")
_BETWEEN = frozenset(
    "and und et y e & + / with mit avec con to an à a from von de der die das the for für "
    "i we me us my our mir mich uns ich wir habe haben hat hatte j'ai nous on he hemos me nos lo la le les "
    "had have has was were did just also then again finally briefly quickly by phone per telefon zoom teams "
    "par téléphone por teléfono been so dem den im am um on an a m'a | about got sent received geschickt bekommen "
    "erhalten gebracht geschrieben reçu envoyé donné recibido enviado".split()
)
_ARTICLES = frozenset("the a an der die das dem den la le l' el los las".split())
_SOMEBODY = frozenset(
    "her him them ihr ihm ihn sie ihnen lui leur elle elles eux ella ellas ellos él".split()
)  # whom the sentence is about anyway
_PLACE = frozenset("at bei chez in en im @ beim".split())
_NOTE = frozenset(
    "about re regarding concerning über wegen zu sur sobre because since that who which she he they says said asked "
    "wants needs weil dass est sind ist is are zum pour para".split()
)
_FOR = frozenset("for für".split())  # "gift for Elena", and "met Elena for lunch"


def names_in(sentence: Masked, start: int, end: int) -> tuple[list[NameGuess], str, int]:
    """Names between two places, the place that was named, and where what was said begins."""
    names: list[NameGuess] = []
    place: list[str] = []
    run: list[re.Match[str]] = []
    is_place = False

    def close() -> None:
        if run and is_place:
            place.extend(word[0] for word in run)
        elif run:
            names.append(
                NameGuess(sentence.rest[run[0].start() : run[-1].end()].rstrip("."), run[0].start(), run[-1].end())
            )
        run.clear()

    for word in _WORD.finditer(sentence.rest, start, end):
        said = word[0].lower()
        if said in _NOTE | _FOR and (names or run):
            close()
            return names, " ".join(place), word.start()
        if said in _SOMEBODY and not (names or run):
            continue
        if is_place and said in _ARTICLES and not run:
            continue
        if said in _PLACE or said in _BETWEEN or (run and len(run) == MOST_WORDS):
            close()
            is_place = said in _PLACE and bool(names)
            if said in _PLACE or said in _BETWEEN:
                continue
        run.append(word)
    close()
    return names, " ".join(place), end


def opening_name(text: str) -> list[NameGuess]:
    """The first words of a sentence that says nothing of itself: perhaps it begins with whom it is about."""
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if word[0].lower() in _BETWEEN | _NOTE | _PLACE or len(words) == 3:
            break
        words.append(word)
    if not words:
        return []
    return [NameGuess(text[words[0].start() : words[-1].end()], words[0].start(), words[-1].end(), is_loose=True)]
