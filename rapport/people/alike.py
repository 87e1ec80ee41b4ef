"""Who may be the same human as somebody: first whoever shares an address with them, then whoever may be called so.

It only proposes: a telephone is a family's, and a name is many people's.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.text import fold

from .matching import CARD, SHARED
from .models import Person
from .searching import MOST_FOUND, ids_found, needle_for, people_found, spelling_of
from .splitting import parts_of
from .two_people import may_be_one
from .visible import visible_to

_SHARING = f"""
SELECT o.person_id FROM handle mine JOIN handle o ON o.person_id <> mine.person_id
  AND (o.kind = mine.kind AND o.value = mine.value
    OR mine.kind = 'email' AND o.kind = '{CARD}' AND o.value LIKE '{SHARED}%%' AND o.called[1] = mine.value
    OR o.kind = 'email' AND mine.kind = '{CARD}' AND mine.value LIKE '{SHARED}%%' AND mine.called[1] = o.value)
WHERE mine.person_id = %s GROUP BY o.person_id ORDER BY count(*) DESC, o.person_id
"""  # noqa: S608 (constants)
_THEMSELVES = """
SELECT p.id FROM person p WHERE p.id = ANY(%(people)s) AND (
  NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w(word) WHERE position(w.word IN p.sort_name) = 0)
  OR %(spelt)s <> '{}' AND NOT EXISTS (SELECT FROM unnest(%(spelt)s::text[]) AS w(word)
    WHERE position(w.word IN coalesce(spelt_out(p.name), p.sort_name)) = 0)
  OR EXISTS (SELECT FROM handle h
    WHERE h.person_id = p.id AND h.kind <> 'card' AND position(%(needle)s IN h.value) > 0))
"""
_WRITTEN_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ø", "o"), ("æ", "a"))


def alike(viewer: Viewer, person: Person, most: int) -> list[UUID]:
    """Who may be the same human, the likeliest first, as far as this viewer may know of them."""
    sharing = [one for (one,) in ask(_SHARING, [person.id])]
    found = dict.fromkeys([*sharing, *_called_alike(viewer, person), *found_themselves(viewer, person.name)])
    return _visible(viewer, [one for one in found if one != person.id], most)


def found_themselves(viewer: Viewer, words: str) -> list[UUID]:
    """Ids of people by words of their own names and addresses, closest first; not by where they are."""
    ids, is_guess = ids_found(viewer, words)
    if is_guess or not ids:
        return ids
    needle = needle_for(viewer, words)
    given = {"people": ids, "words": _words_in(needle), "spelt": _words_in(spelling_of(words)), "needle": needle}
    themselves = {one for (one,) in ask(_THEMSELVES, given)}
    return [one for one in ids if one in themselves]


def chosen_by(viewer: Viewer, person: Person, words: str, most: int) -> list[UUID]:
    """Of those found by words, whom this viewer may know of, without this person."""
    return _visible(viewer, [one for one in found_themselves(viewer, words) if one != person.id], most)


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be one human's: the same, short, or with initials, in either way of writing umlauts."""
    mine, theirs = parts_of(one), parts_of(other)
    if not mine.family or not theirs.family:
        return bool(fold(one)) and _plain(one) == _plain(other)
    given, others = _plain(mine.given), _plain(theirs.given)
    family, of_theirs = _plain(mine.family), _plain(theirs.family)
    return (_begins(given, others) or may_be_one(given, others)) and _begins(family, of_theirs)


def _called_alike(viewer: Viewer, person: Person) -> list[UUID]:
    family = parts_of(person.name).family
    if len(family) < 2:
        return []
    ids = people_found(viewer, fold(family), spelling_of(family), MOST_FOUND)
    names = dict(Person.objects.filter(id__in=ids, merged_into=None).values_list("id", "name"))
    fitting = [one for one in ids if one in names and are_alike(person.name, names[one])]
    return sorted(fitting, key=lambda one: _plain(names[one]) != _plain(person.name))


def _words_in(needle: str) -> list[str]:
    return needle.replace(",", " ").split()


def _plain(word: str) -> str:
    plain = fold(word).replace(".", "")
    for written, letter in _WRITTEN_OUT:
        plain = plain.replace(written, letter)
    return plain


def _begins(one: str, other: str) -> bool:
    """Whether they are the same, or one is the other's initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])


def _visible(viewer: Viewer, ids: Collection[UUID], most: int) -> list[UUID]:
    known = set(visible_to(viewer).filter(id__in=ids, merged_into=None).values_list("id", flat=True))
    return [one for one in ids if one in known][:most]
