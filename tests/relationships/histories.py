"""Random histories of one pair, for the laws that must hold for every history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from rapport.relationships.engine import Contact
from rapport.relationships.engine.habits import KINDS

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_MINUTES = 6 * 365 * 24 * 60


def _contact(minute: int, by_us: bool, kind: str, length: int | None, group: int, by_neither: bool) -> Contact:
    at = BEGINNING + timedelta(minutes=minute)
    return Contact(at, by_us, kind, duration_minutes=length, group_size=group, by_neither=by_neither)


_minute = st.one_of(st.integers(0, _MINUTES), st.integers(0, 60 * 24 * 20))
contacts = st.builds(
    _contact,
    _minute,
    st.booleans(),
    st.sampled_from((*KINDS, "telegram")),
    st.one_of(st.none(), st.integers(0, 500)),
    st.integers(2, 10),
    st.booleans(),
)
histories = st.lists(contacts, min_size=1, max_size=40)
days = st.floats(0, 2000)
horizons = st.floats(1, 730)
