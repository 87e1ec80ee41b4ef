"""Whom the cards of a batch reach, one after the other: pure.

An e-mail address or a messenger's id reaches one person. A telephone reaches everybody it was given for, and of them
who is called as the card says: two who share a number stay two, in whichever order their cards come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from rapport.kit.ids import new_id

from .matching import HandleKey, Holder, answering, words_of

Pair = tuple[UUID, HandleKey]
_NOTHING: frozenset[str] = frozenset()


def words_for(keys: Sequence[HandleKey], name: str) -> str:
    """How the name on a card with these handles is compared; empty where there is no telephone among them."""
    return words_of(name) if any(kind == "phone" for kind, _ in keys) else ""


class Reach:
    """Remembers whom each handle reaches, also those a card has just given to somebody."""

    def __init__(self, known: Mapping[HandleKey, Sequence[Holder]], barred: Collection[Pair] = ()) -> None:
        """`barred` are handles that certain persons may not be given, whatever a card says."""
        self._holders = {key: {one.person_id: one.called for one in some} for key, some in known.items()}
        self._barred = barred
        self.pairs: dict[Pair, None] = {}  # all that cards said, in their order
        self.found: dict[Pair, str] = {}  # those nobody knew, with the name on the card
        self.also_called: dict[tuple[UUID, HandleKey, str], None] = {}  # further names of a telephone somebody has

    def begin_anew(self) -> None:
        """What cards said so far is written down: only what the next say is told from here on."""
        self.pairs, self.found, self.also_called = {}, {}, {}

    def forget(self, withheld: Collection[Pair]) -> None:
        """What somebody may not be given reaches them no further."""
        for person, key in withheld:
            self._holders[key].pop(person, None)

    def whose(self, keys: Sequence[HandleKey], name: str, words: str) -> tuple[UUID, bool]:
        """The person of a card with these handles and this name, and whether they are new; its handles are theirs now.

        What reaches somebody else already stays with them. `words` are `words_for` these.
        """
        known = self._by_address(keys) or self._by_telephone(keys, words)
        person = known or new_id()
        for key in keys:
            self._reaches(person, key, name, words if key[0] == "phone" else "")
        return person, known is None

    def _by_address(self, keys: Sequence[HandleKey]) -> UUID | None:
        return next((one for key in keys if key[0] != "phone" for one in self._holders.get(key, ())), None)

    def _by_telephone(self, keys: Sequence[HandleKey], words: str) -> UUID | None:
        for key in keys:
            holding = self._holders.get(key) if key[0] == "phone" else None
            if holding and (person := answering([Holder(*one) for one in holding.items()], words)):
                return person
        return None

    def _reaches(self, person: UUID, key: HandleKey, name: str, words: str) -> None:
        pair, holding = (person, key), self._holders.setdefault(key, {})
        called = holding.get(person)
        if called is None and (pair in self._barred or (holding and key[0] != "phone")):
            return
        self.pairs[pair] = None
        if called is None:
            self.found[pair] = name
        elif words and words not in called:
            self.also_called[person, key, words] = None
        if called is None or words not in called:
            holding[person] = (called or _NOTHING) | {words} if words else called or _NOTHING
