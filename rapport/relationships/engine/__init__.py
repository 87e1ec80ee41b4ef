"""in: contacts of one pair, habits, now; out: their standing, each figure with rows. Pure."""

from rapport.relationships.engine.habits import HABITS, Habits
from rapport.relationships.engine.judge import judge
from rapport.relationships.engine.state import TieState, fold
from rapport.relationships.engine.values import Contact, Row, Selector, Standing

__all__ = [
    "HABITS",
    "Contact",
    "Habits",
    "Row",
    "Selector",
    "Standing",
    "TieState",
    "fold",
    "judge",
]
