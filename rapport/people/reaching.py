"""Whom the cards of a batch reach, one after the other: pure.

An e-mail address or a messenger's id reaches one person. Whose card gives an address of mail that reaches somebody of
clearly another name shares it with them: they are somebody of their own, met again by the address and their name. A
telephone reaches everybody it was given for, and of them who is called as the card says: two who share a number stay
two, in whichever order their cards come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from rapport.kit.ids import named_id, new_id

from .matching import CARD, SHARED, HandleKey, Holder, answering, words_of
from .two_people import are_two

Pair = tuple[UUID, HandleKey]
_NOTHING: frozenset[str] = frozenset()


def words_for(keys: Sequence[HandleKey], name: str) -> str:
    """How the name on a card with these handles is compared; empty where there is no telephone among them."""
    return words_of(name) if any(kind == "phone" for kind, _ in keys) else ""


def sharing(key: HandleKey, full_name: str) -> HandleKey:
    """By what somebody is met again who shares an address of mail with whom it reaches."""
    return CARD, f"{SHARED}{named_id(key[1], full_name)}"


def beside(key: HandleKey) -> HandleKey:
    """By what it is known that somebody who shared an address of mail was erased, and it stayed with another."""
    return CARD, f"beside:{key[1]}"


class Reach:
    """Remembers whom each handle reaches, also those a card has just given to somebody."""

    def __init__(self, known: Mapping[HandleKey, Sequence[Holder]], barred: Collection[Pair] = ()) -> None:
        """`barred` are handles that certain persons may not be given, whatever a card says."""
        self._holders = {key: {one.person_id: one.called for one in some} for key, some in known.items()}
        self._barred = barred
        self._met_again: dict[HandleKey, dict[UUID, frozenset[str]]] = {}  # of `_holders` those known by sharing
        self.pairs: dict[Pair, None] = {}  # all that cards said, in their order
        self.found: dict[Pair, str] = {}  # those nobody knew, with the name on the card
        self.also_called: dict[tuple[UUID, HandleKey, str], None] = {}  # further names of what somebody has
        self.shared: dict[Pair, str] = {}  # by what somebody is met again, and the address that is another's

    def begin_anew(self) -> None:
        """What cards said so far is written down: only what the next say is told from here on."""
        self.pairs, self.found, self.also_called, self.shared = {}, {}, {}, {}

    def forget(self, withheld: Collection[Pair]) -> None:
        """What somebody may not be given reaches them no further."""
        for person, key in withheld:
            self._holders[key].pop(person, None)

    def called_by(self, pair: Pair, full_name: str) -> str:
        """What `Handle.called` says of it at first: the address that is another's, else the full name of an address of
        mail."""
        return self.shared.get(pair) or (full_name if pair[1][0] == "email" else "")

    def know(self, more: Mapping[HandleKey, Sequence[Holder]]) -> None:
        """Whom these handles reach, too."""
        self._met_again = {key: {one.person_id: one.called for one in some} for key, some in more.items()}
        self._holders |= self._met_again

    def own(self, keys: Sequence[HandleKey], full_name: str, told: UUID | None = None) -> Sequence[HandleKey]:
        """These handles of a card of this full name, those of mail that are clearly somebody else's as `sharing` has
        them. The very same where none is; what `told` has is theirs by whichever name."""
        if not full_name:
            return keys
        own = [self._as_theirs(key, full_name, told) if key[0] == "email" else key for key in keys]
        return keys if own == keys else own

    def _as_theirs(self, key: HandleKey, full_name: str, told: UUID | None) -> HandleKey:
        holding = self._holders.get(key) or {}
        if told in holding:
            return key
        is_anothers = any(are_two(full_name, one) for called in holding.values() for one in called)
        return sharing(key, full_name) if is_anothers else key

    def whose(
        self,
        keys: Sequence[HandleKey],
        name: str,
        words: str,
        full_name: str = "",
        on_card: Sequence[HandleKey] = (),
        told: UUID | None = None,
    ) -> tuple[UUID, bool]:
        """The person of a card with these handles and this name, and whether they are new; its handles are theirs now.
        Where it says whose it is, it is theirs that are `told`.

        What reaches somebody else already stays with them. `words` are `words_for` these, `full_name` is how addresses
        of mail compare it, `on_card` are the handles as written where some of them are shared.
        """
        known = told or self._by_address(keys) or self._by_sharing(keys, full_name) or self._by_telephone(keys, words)
        person = known or new_id()
        for key in keys:
            self._reaches(person, key, name, words if key[0] == "phone" else full_name if key[0] == "email" else "")
        for key, written in zip(keys, on_card, strict=False):
            if key != written and (person, key) in self.found:
                self.shared[person, key] = written[1]
        return person, known is None

    def _by_address(self, keys: Sequence[HandleKey]) -> UUID | None:
        return next((one for key in keys if key[0] != "phone" for one in self._holders.get(key, ())), None)

    def _by_sharing(self, keys: Sequence[HandleKey], full_name: str) -> UUID | None:
        """Whose card shared an address that nobody has any more."""
        if not full_name or not self._met_again:
            return None
        shared = (sharing(key, full_name) for key in keys if key[0] == "email")
        return next((one for key in shared for one in self._met_again.get(key, ())), None)

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
