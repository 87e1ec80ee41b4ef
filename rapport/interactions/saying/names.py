"""Which words of a sentence may be names: what is left when everything else is understood."""

from __future__ import annotations

import re

from .kinds import names_a_kind
from .masking import Masked
from .titles import is_title
from .topics import TOPIC, topic_in
from .values import NameGuess

MOST_WORDS = 4

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\||[&+/]")
_BETWEEN = frozenset(
    "and und et y e & + / with mit avec con to an à a from von de der die das the for für "
    "i we me us my our mir mich uns ich wir habe haben hat hatte j'ai nous on he hemos me nos lo la le les "
    "had have has was were did just also then again finally briefly quickly by phone per telefon zoom teams "
    "par téléphone por teléfono been so dem den im am um on an a m'a | about out got sent received geschickt bekommen "
    "erhalten gebracht geschrieben gehabt getrunken gegessen gemacht geführt geschenkt reçu envoyé donné recibido "
    "enviado together zusammen ensemble juntos war waren bin sind wurde wurden worden gewesen gegangen gekommen "
    "gefahren trinken spazieren telefoniert gesprochen geredet gechattet getroffen gesehen besucht unterhalten "
    "ausgetauscht".split()
)
_ARTICLES = frozenset("the a an der die das dem den la le l' el los las un une una ein eine einen".split())
_SOMEBODY = frozenset(
    "her him them ihr ihm ihn sie ihnen lui leur elle elles eux ella ellas ellos él".split()
)  # whom the sentence is about anyway
_PLACE = frozenset("at bei chez in en im @ beim".split())
_NOTE = TOPIC | frozenset(
    "he zu wants needs est sind ist is are zum pour para will next tomorrow nächste nächsten nächster übermorgen "
    "prochain prochaine demain mañana próximo próxima".split()
)
_FOR = frozenset("for für".split())  # "gift for Elena", and "met Elena for lunch"
# Between a salutation and its name: "Herr und Frau Weiß", "Frau von der Heide".
_BEHIND_TITLES = frozenset("and und et y e & + / von van de del der den di da la le du".split())
_NO_NAMES = _PLACE | _BETWEEN | _NOTE | _FOR


def names_in(sentence: Masked, start: int, end: int, noun_at: int = 0) -> tuple[list[NameGuess], str, int]:
    """Names between two places, the place that was named, and where what was said begins.

    What stands before a noun with whom ("weekly product call with Dana") or after an article is hardly a name.
    """
    names: list[NameGuess] = []
    place: list[str] = []
    run: list[re.Match[str]] = []
    titles: list[re.Match[str]] = []
    is_place = False
    topic = topic_in(sentence.rest)

    def close(before: str = "") -> None:
        if run and is_place:
            place.extend(word[0] for word in [*titles, *run])
            titles.clear()
        elif run:
            first, last = run[0].start(), run[-1].end()
            is_thing = first < noun_at or _ends_in_article(sentence.rest[:first])
            words = sentence.rest[first:last].rstrip(".")
            names.append(NameGuess(words, first, last, is_thing=is_thing, is_surname=bool(titles)))
            titles.clear()
        elif titles and before not in _BEHIND_TITLES:
            first, last = titles[0].start(), titles[-1].end()
            names.append(NameGuess(sentence.rest[first:last], first, last))
            titles.clear()
        run.clear()

    for word in _WORD.finditer(sentence.rest, start, end):
        said = word[0].lower()
        is_kind = names_a_kind(word[0]) and not (run and word[0][0].isupper())
        is_note = said in _NOTE | _FOR or (topic is not None and word.start() >= topic)
        if (is_note or is_kind) and (names or run or titles):
            close()
            return names, " ".join(place), word.start()
        if said in _SOMEBODY and not (names or run):
            continue
        if is_kind or (is_place and said in _ARTICLES and not run):
            continue
        if said in _NO_NAMES or (run and len(run) == MOST_WORDS):
            close(said)
            is_place = said in _PLACE and bool(names)
            if said in _NO_NAMES:
                continue
        (titles if is_title(word[0]) and not run else run).append(word)
    close()
    return names, " ".join(place), end


def _ends_in_article(before: str) -> bool:
    return (before.lower().split() or [""])[-1] in _ARTICLES


def opening_name(text: str) -> list[NameGuess]:
    """The first words of a sentence that says nothing of itself: perhaps it begins with whom it is about."""
    words: list[re.Match[str]] = []
    is_surname = False
    for word in _WORD.finditer(text):
        if not words and (word[0].lower() in _BETWEEN or names_a_kind(word[0]) or is_title(word[0])):
            is_surname = is_title(word[0])
            continue
        if word[0].lower() in _NO_NAMES or len(words) == 3:
            break
        words.append(word)
    if not words:
        return []
    first, last = words[0].start(), words[-1].end()
    return [NameGuess(text[first:last], first, last, is_loose=True, is_surname=is_surname)]
