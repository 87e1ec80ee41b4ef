"""What is looked for while somebody is erased: their addresses and names, in words and in bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from rapport.people.two_people import are_two, spelt

ERASED = "[…]"  # stands in the words of others where a name or an address stood
SHORTEST = 4  # letters of a name that is looked for in words: "Bo" stands in too many
_EMAIL = re.compile(r"[^\s@<>()\[\]\"',;:=/\\?&]{1,64}@[^\s@<>()\[\]\"',;:/\\?&]{1,255}")


@dataclass(frozen=True)
class Sought:
    """Whom is looked for: ids they have had, addresses with their kind, names as they were written; `shared` are the
    addresses of mail that stay with others, at which they are known by name only, `staying` what these are called, as
    `spelt` has it.
    """

    people: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    shared: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Sought:
        """As `to_json` gave it."""
        keys = tuple((k, v) for k, v in kept["keys"])
        shared, staying = (tuple(kept.get(one, ())) for one in ("shared", "staying"))
        return cls(tuple(kept["people"]), keys, tuple(kept["names"]), shared, staying)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """E-mail addresses and ids that are words of their own; telephones are written in too many ways."""
        return frozenset(value.casefold() for kind, value in self.keys if kind in ("email", "handle"))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All that is replaced in words, the longest first."""
        written = {value for kind, value in self.keys if kind != "card"}
        names = {name for name in self.names if len(name) >= SHORTEST}
        return tuple(sorted(written | names, key=len, reverse=True))

    @cached_property
    def _in_words(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in self.tokens) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _in_bytes(self) -> re.Pattern[bytes]:
        return _any_of(self.addresses)

    @cached_property
    def _shared_in_bytes(self) -> re.Pattern[bytes]:
        return _any_of(self.shared)

    @cached_property
    def _spelt(self) -> frozenset[str]:
        return frozenset(map(spelt, self.names)) - {""}

    def without(self, text: str) -> str:
        """The text with their addresses and names taken out."""
        return self._in_words.sub(ERASED, text)

    def named_in(self, text: str) -> bool:
        """Whether a text holds an address or a name of theirs."""
        return self._in_words.search(text) is not None

    def addressed_in(self, raw: bytes) -> bool:
        """Whether bytes hold one of their addresses as it is written."""
        return self._in_bytes.search(raw) is not None

    def may_share_in(self, raw: bytes) -> bool:
        """Whether bytes hold an address they share as it is written."""
        return self._shared_in_bytes.search(raw) is not None

    def is_theirs(self, called: str, address: str) -> bool:
        """Whether a mailbox is theirs: by its address, or by their name at one that others share, however it is
        written."""
        value = address.casefold()
        return value in self.addresses or (value in self.shared and self._is_called(spelt(called)))

    def may_be_either(self, called: str) -> bool:
        """Whether a name beside an address they share may be theirs, and as well of those with whom it stays."""
        name = spelt(called)
        return name not in self._spelt | set(self.staying) and self._may_be(name) and not self._is_not_of_others(name)

    def _is_called(self, name: str) -> bool:
        return name in self._spelt or (bool(self.staying) and self._may_be(name) and self._is_not_of_others(name))

    def _may_be(self, name: str) -> bool:
        return bool(name) and any(not are_two(name, one) for one in self._spelt)

    def _is_not_of_others(self, name: str) -> bool:
        return all(are_two(name, one) for one in self.staying)


def emails_in(text: str) -> set[str]:
    """What looks like an e-mail address in a text, lower case."""
    return {found.casefold().rstrip(".") for found in _EMAIL.findall(text)}


def sought_for(
    people: Iterable[Any],
    keys: Collection[tuple[str, str]],
    names: Collection[str],
    shared: Iterable[str] = (),
    staying: Iterable[str] = (),
) -> Sought:
    """In a steady order."""
    written, others = (tuple(sorted({name for name in some if name})) for some in (names, staying))
    ids, known = tuple(sorted(map(str, people))), tuple(sorted(set(keys)))
    return Sought(ids, known, written, tuple(sorted(set(shared))), others)


def _any_of(addresses: Collection[str]) -> re.Pattern[bytes]:
    told = [one.encode() for one in sorted(addresses, key=len, reverse=True)]
    return re.compile(b"|".join(map(re.escape, told)) or rb"(?!)", re.IGNORECASE)
