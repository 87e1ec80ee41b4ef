"""A pair's folded state as it is kept: JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from .engine.state import TieState


def written(state: TieState) -> str:
    """The state as it is kept."""
    return msgspec.json.encode(state.to_json()).decode()


def stored_state(text: str) -> TieState:
    """The state that was kept as this."""
    return TieState.from_json(plain(text))


def plain(text: str) -> dict[str, Any]:
    """Its values by name, as they are kept."""
    values: dict[str, Any] = msgspec.json.decode(text)
    return values
