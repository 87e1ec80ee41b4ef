"""From contacts of many pairs to their folded states, by the engine's fast path."""

from __future__ import annotations

from collections.abc import Sequence

from .contacts import Pair, PairContact
from .engine.batch import contacts_of, fold_many
from .engine.state import TieState, days_since_epoch


def states_of(contacts: Sequence[PairContact]) -> dict[Pair, TieState]:
    """The state of every pair that has contact; pairs without any are not in it."""
    pairs = list(dict.fromkeys(one.pair for one in contacts))
    number = {pair: position for position, pair in enumerate(pairs)}
    folded = fold_many(
        contacts_of(
            [number[one.pair] for one in contacts],
            [days_since_epoch(one.contact.at) for one in contacts],
            [one.contact.by_us for one in contacts],
            [one.contact.kind for one in contacts],
            [one.contact.duration_minutes for one in contacts],
            [one.contact.group_size for one in contacts],
            by_neither=[one.contact.by_neither for one in contacts],
        )
    )
    return {pairs[int(position)]: state for position, state in zip(folded.pairs, folded.states(), strict=True)}
