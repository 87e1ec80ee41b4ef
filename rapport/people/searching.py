"""Finding people by a part of a name, an address, or the name of where they are; by words in any order where nothing is
so called as it was typed, and else what was meant. "Mueller" finds Müller, and "Müller" finds Mueller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from rapidfuzz.distance import DamerauLevenshtein

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.phones import FEWEST_DIGITS, number_of, without_country
from rapport.kit.text import fold, spelt_out
from rapport.kit.zones import country_in

from .stations import Station, present_stations
from .visible import visible_to

MOST_FOUND = 1000
MOST_GUESSED = 50
SHORTEST_GUESS = 3
LOOK_WIDE = "0.25"
NEAR_ENOUGH = 0.7  # one slip in four letters

_SHOWN = ("id", "name", "portrait", "is_home")
_FIND = "SELECT person_id FROM find_people(%s, %s, %s)"
_FIND_SPELT = (
    "SELECT person_id FROM (SELECT * FROM find_people(%s, %s, %s) UNION ALL SELECT * FROM people_spelt(%s, %s, %s))"
    " AS found GROUP BY person_id ORDER BY max(closeness) DESC, person_id LIMIT %s"
)
_CALLED = "SELECT people_called(%s, %s)"
_CALLED_SPELT = _CALLED + " UNION SELECT person_id FROM people_spelt(%s, %s, NULL)"  # noqa: S608 - both are ours
_ANYBODY = "SELECT is_anybody_called(%s, %s)"
_ANYBODY_SPELT = _ANYBODY + " OR EXISTS (SELECT FROM people_spelt(%s, %s, 1))"
_BY_WORDS = "SELECT person_id FROM people_by_words(%s, %s)"
_BY_WORDS_SPELT = _BY_WORDS + " UNION ALL SELECT person_id FROM people_by_words_spelt(%s, %s)"  # noqa: S608
_MAY_BE_ONE_LETTER = re.compile("ae|oe|ue|aa")
_BETWEEN_WORDS = re.compile(r"[\s,;]+")
MOST_WORDS = 6
# "-1.00", "0.00" and "0.0.1" are none.
_NUMBER = re.compile(r"(?!0\.|\d+\.\d\d?$|.*\.\d(?:\.|$))[+(\d][\d\s()./-]{3,}")
_BETWEEN_DIGITS = re.compile(r"[\s()./-]")


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who is called so, or nearly."""

    id: UUID
    name: str
    station: Station | None
    portrait: str
    is_home: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, the closest first; `is_guess` where nobody is so called and these come near.

    `more` are found too and not among them: so many at least.
    """

    people: tuple[Match, ...]
    is_guess: bool = False
    more: int = 0


def find(viewer: Viewer, words: str, limit: int = 8) -> Found:
    """People by what somebody typed, in four queries; two more where nobody is so called as it was typed."""
    ids, is_guess = ids_found(viewer, words)
    # A thousand may be found: of most of them only whether they may be seen is asked.
    people = {row[0]: row for row in visible_to(viewer).filter(id__in=ids).values_list(*_SHOWN)}
    seen = [people[one] for one in ids if one in people]
    stations = present_stations([row[0] for row in seen[:limit]]) if seen else {}
    shown = tuple(Match(one, name, stations.get(one), portrait, home) for one, name, portrait, home in seen[:limit])
    return Found(shown, is_guess and bool(shown), len(seen) - len(shown))


def ids_found(viewer: Viewer, words: str) -> tuple[list[UUID], bool]:
    """Ids, closest first, and whether they are guesses. Not yet reduced to whom a viewer may see: read them again."""
    needle = needle_for(viewer, words)
    if not needle:
        return [], False
    found = people_found(viewer, needle, spelling_of(words), MOST_FOUND)
    if found or len(needle) < SHORTEST_GUESS:
        return found, False
    if by_words := _by_words(words, needle):
        return by_words, False
    return _guessed(needle), True


def found_by(viewer: Viewer, words: str) -> Q:
    """Of all people those who are found by these words, however many; where nobody is, those who are guessed.

    Not yet reduced to whom a viewer may see.
    """
    guessed = nearly_called(viewer, words)
    return called(viewer, words) if guessed is None else guessed


def called(viewer: Viewer, words: str) -> Q:
    """Those who are so called, or reached, or at an organization that is."""
    # In the statement itself: thousands of ids are not carried here and back.
    needle, spelt = needle_for(viewer, words), spelling_of(words)
    asked = [needle, not viewer.is_guest]
    if not spelt:
        return Q(id__in=RawSQL(_CALLED, asked))  # noqa: S611 - all are parameters
    return Q(id__in=RawSQL(_CALLED_SPELT, [*asked, needle, spelt]))  # noqa: S611


def nearly_called(viewer: Viewer, words: str) -> Q | None:
    """Those who are called so in another order or by where they are, or else are guessed; None where somebody is so
    called as it was typed, or too little was typed to guess.
    """
    needle = needle_for(viewer, words)
    if len(needle) < SHORTEST_GUESS or _is_anybody_called(viewer, needle, spelling_of(words)):
        return None
    return Q(id__in=_by_words(words, needle) or _guessed(needle))


def _is_anybody_called(viewer: Viewer, needle: str, spelt: str) -> bool:
    asked = [needle, not viewer.is_guest]
    rows = ask(_ANYBODY_SPELT, [*asked, needle, spelt]) if spelt else ask(_ANYBODY, asked)
    return bool(rows[0][0])


def people_found(viewer: Viewer, needle: str, spelt: str, most: int) -> list[UUID]:
    """By name, address or organization; an address must not tell a guest whose it is. `spelt` is `spelling_of` it."""
    asked = [needle, most, not viewer.is_guest]
    rows = ask(_FIND_SPELT, [*asked, needle, spelt, most, most]) if spelt else ask(_FIND, asked)
    return [row[0] for row in rows]


def _by_words(words: str, needle: str) -> list[UUID]:
    """ "rossi marta", "marta acme": each word begins one of their name or of where they are."""
    typed, spelt = _words_in(needle), _words_in(spelling_of(words))
    if len(typed) < 2:
        return []
    rows = (
        ask(_BY_WORDS_SPELT, [typed, MOST_FOUND, spelt, MOST_FOUND]) if spelt else ask(_BY_WORDS, [typed, MOST_FOUND])
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _words_in(needle: str) -> list[str]:
    words = list(dict.fromkeys(_BETWEEN_WORDS.split(needle)))
    return [one for one in words if one][:MOST_WORDS]


def _guessed(needle: str) -> list[UUID]:
    with connection.cursor() as cursor:
        # Two letters changed places leave a short name little in common with itself: look wide, then look closely.
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [LOOK_WIDE])
        cursor.execute(
            "SELECT p.id, p.sort_name FROM guess_people(%s, %s) g JOIN person p ON p.id = g.person_id",
            [needle, MOST_GUESSED],
        )
        return nearest(needle, cursor.fetchall())


def nearest(needle: str, names: Iterable[tuple[UUID, str]]) -> list[UUID]:
    """Those whose name, or as many words of it, is nearly what was typed; the nearest first."""
    near = {person: _nearness(needle, name) for person, name in names}
    return sorted((one for one in near if near[one] >= NEAR_ENOUGH), key=lambda one: (-near[one], one))


def _nearness(needle: str, name: str) -> float:
    words, many = name.split(), len(needle.split())
    stretches = [name, *(" ".join(words[start : start + many]) for start in range(len(words)))]
    return max(DamerauLevenshtein.normalized_similarity(needle, one) for one in stretches)


def spelling_of(words: str) -> str:
    """What was typed, each umlaut as two letters, where it has one or has two that may stand for one; else nothing."""
    spelt = spelt_out(words[:200].strip())
    return spelt if _MAY_BE_ONE_LETTER.search(spelt) else ""


def needle_for(viewer: Viewer, words: str) -> str:
    """What to look for where this viewer typed it: numbers without a country are of where they live."""
    return needle_of(words, country_in(viewer.time_zone))


def needle_of(words: str, country: str = "") -> str:
    """What to look for: folded like the names it is compared with; a telephone number as it is kept, also one that was
    kept before its country was known."""
    needle = fold(words[:200].strip().removeprefix("tel:"))
    if not _NUMBER.fullmatch(needle) or sum(letter.isdigit() for letter in needle) < FEWEST_DIGITS:
        return needle
    number = number_of(needle, country)
    if number.startswith("+"):
        return number if needle.startswith(("+", "00")) else without_country(number)
    dialled = _BETWEEN_DIGITS.sub("", needle)
    if dialled.startswith("00"):
        return f"+{dialled[2:]}" if dialled[2:] else dialled
    # Dialled at home only: where a number is kept with its country the first 0 is not there.
    return dialled[1:] if dialled.startswith("0") and dialled[1:] else dialled
