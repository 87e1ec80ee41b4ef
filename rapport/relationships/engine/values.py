"""The values the engine takes and gives, in one place for those who only pass them on."""

from rapport.relationships.engine.balance import Balance
from rapport.relationships.engine.confidence import Confidence
from rapport.relationships.engine.contact import Contact
from rapport.relationships.engine.rows import Row, Selector
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.words import Certainty, Leaning, Silence, StrengthWord, Tone, Trend

__all__ = [
    "Balance",
    "Certainty",
    "Confidence",
    "Contact",
    "Leaning",
    "Row",
    "Selector",
    "Silence",
    "Standing",
    "StrengthWord",
    "Tone",
    "Trend",
]
