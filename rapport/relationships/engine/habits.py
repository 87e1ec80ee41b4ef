"""Every number of the engine that can be tuned, each with its default and one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

KINDS = (
    "mail",
    "meeting",
    "call",
    "visit",
    "chat",
    "letter",
    "card",
    "gift",
    "social",
    "form",
    "purchase",
    "event",
)
SHARED = frozenset({"meeting", "call", "visit", "event"})
FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "messages": ("mail", "chat", "social", "form"),
        "calls": ("call",),
        "together": ("meeting", "visit", "event"),
        "gestures": ("letter", "card", "gift"),
        "purchases": ("purchase",),
    }
)
_WORTH = MappingProxyType(
    {
        "mail": 1.0,
        "chat": 0.5,
        "social": 0.5,
        "form": 0.5,
        "purchase": 1.0,
        "call": 3.0,
        "meeting": 4.0,
        "event": 2.0,
        "visit": 6.0,
        "letter": 3.0,
        "card": 2.0,
        "gift": 4.0,
    }
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the engine judges. A changed number changes every standing, so states are folded again after a change."""

    worth: Mapping[str, float] = field(default_factory=lambda: _WORTH)
    """What one contact of a kind is worth beside one mail; a kind not named here is worth one."""
    usual_minutes: float = 30.0
    """A talk of this length is worth what its kind says, others by the square root of length, half to double."""
    fresh_half_life: float = 60.0
    """Days after which half of the fresh part of a contact is gone."""
    lasting_half_life: float = 1095.0
    """Days after which half of the lasting part of a contact is gone."""
    lasting_share: float = 0.1
    """The share of every contact that becomes lasting; this is what slows the fading of old acquaintance."""
    one_way_share: float = 0.4
    """What a contact counts for while nothing comes back; the rest counts when both sides give."""
    halfway_stock: float = 15.0
    """The stock at which strength is 50 of 100, about one exchange of mails a month over some years."""
    strength_steps: tuple[int, int, int, int] = (20, 40, 60, 80)
    """Up to these points a relationship is faint, light, steady, strong; above the last it is close."""
    tone_steps: tuple[float, float] = (0.34, 0.66)
    """Vitality below the first is at risk, below the second needs care, from there on doing well."""
    same_talk_days: float = 7.0
    """Contact-days no further from its beginning than this can be one talk: a letter and its answer are no rhythm."""
    same_talk_share: float = 0.4
    """They are one talk when also no further apart than this share of the pair's typical gap."""
    first_gap_days: float = 14.0
    """The gap taken for typical until there is one: an answer the day after the first letter is no second talk."""
    rhythm_from_talks: int = 3
    """Talks needed before a rhythm and a tone are named."""
    unknown_gap_days: float = 30.0
    """The gap assumed for the horizon while a pair has no rhythm yet."""
    horizon_gaps: float = 3.0
    """The horizon of vitality in typical gaps."""
    horizon_limits: tuple[float, float] = (14.0, 365.0)
    """The shortest and the longest horizon, in days."""
    longer_silence: float = 1.0
    """Standard deviations of the pair's own log gaps beyond which a silence is longer than usual (one gap in six)."""
    much_longer_silence: float = 2.0
    """Standard deviations beyond which a silence is much longer than usual (one gap in forty)."""
    least_spread: float = 0.4
    """The smallest standard deviation of log gaps believed, or a clockwork pair would be called silent at once."""
    chapter_from_days: float = 180.0
    """A silence of more days, if it is also much longer than usual, ends a chapter: what follows begins afresh."""
    chapter_without_rhythm: float = 1095.0
    """The same for two who have no rhythm yet: they may meet at a fair that is held every other year."""
    trend_from_days: int = 5
    """Contact-days needed before a trend is named."""
    trend_from_age: float = 60.0
    """Days of acquaintance needed before a trend is named."""
    trend_step: float = 0.3
    """How far recent contact must be from the pair's own past to be called warming or cooling."""
    balance_step: float = 0.25
    """A share of beginnings below this, or above its mirror, is called one-sided, once more than a guess is known."""
    guess_below_days: int = 4
    """Below this many contact-days since they began, or began afresh, everything said is a guess."""
    sure_from_days: int = 25
    """From this many contact-days, over more than one kind of contact, we are sure."""
    rows_at_most: int = 6
    """Rows shown for a figure; what is smaller goes into everything else."""


HABITS = Habits()
