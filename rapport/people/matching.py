"""Whom an address belongs to: pure. An exact handle decides; names alone never join two people.

Nor does a telephone alone: a switchboard, a family's landline and a surgery's desk reach many. It is theirs whom it was
given with the same name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from rapport.kit.phones import at_home
from rapport.kit.text import fold

from .naming import best_name
from .splitting import is_plain, parts_of

HandleKey = tuple[str, str]  # kind, normalised value
_WORDS = re.compile(r"\w+")
SHARED = "shared:"  # how the value of such a handle begins that stands for an address of mail that is another's
CARD = "card"  # the kind of handle a card without addresses gets: never shown, only for meeting it again


def as_kept_before(key: HandleKey) -> HandleKey | None:
    """How a telephone number was kept while its country was not known; None of all else."""
    kind, value = key
    dialled = at_home(value) if kind == "phone" and value.startswith("+") else ""
    return (kind, dialled) if dialled else None


def forms_of(key: HandleKey) -> list[HandleKey]:
    """A handle as it is kept, then as it may have been kept before."""
    return [key, *filter(None, [as_kept_before(key)])]


class Named(NamedTuple):
    """An address with the best name it was seen with."""

    kind: str
    value: str
    name: str
    rank: int

    @property
    def key(self) -> HandleKey:
        """What makes two sightings of an address the same."""
        return self.kind, self.value


def best_named(seen: Iterable[tuple[str, str, str]]) -> dict[HandleKey, Named]:
    """Addresses (kind, value, name as written) joined: one each, with its best and then longest name."""
    best: dict[HandleKey, Named] = {}
    for kind, value, written in seen:
        name, rank = best_name(written, value)
        one = Named(kind, value, name, rank)
        before = best.get(one.key)
        if before is None or (rank, len(name), name) > (before.rank, len(before.name), before.name):
            best[one.key] = one
    return best


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody an address reaches; of a telephone the names it was given with, as `words_of` has them."""

    person_id: UUID
    called: frozenset[str] = frozenset()


@lru_cache(maxsize=16_384)  # asked of each name of a batch, and again when its telephone is written down
def words_of(name: str) -> str:
    """A name as telephones compare it: its folded words in any order, titles aside; empty where it names nobody."""
    if is_plain(name):  # nine of ten are
        return " ".join(sorted(set(fold(name).replace("-", " ").replace("’", " ").replace("'", " ").split())))
    core = " ".join(parts_of(name).core) or name
    return " ".join(sorted({word for word in _WORDS.findall(fold(core)) if not word.isdigit()}))


def answering(holders: Collection[Holder], words: str) -> UUID | None:
    """Who of those a telephone reaches is called so. Where the card names nobody, or nobody was named, it is them."""
    fitting = [one for one in holders if not words or not one.called or words in one.called]
    likeliest = min(fitting, key=lambda one: (words not in one.called, sorted(one.called), one.person_id), default=None)
    return likeliest.person_id if likeliest else None
