"""All rules, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from .moment import Moment, Passed
from .rules import birthday, follow_up, question, silence
from .situation import Situation

Rule = Callable[[Situation], Moment | Passed | None]

RULES: Final[MappingProxyType[str, Rule]] = MappingProxyType(
    {
        question.RULE: question.look,
        birthday.RULE: birthday.look,
        silence.RULE: silence.look,
        follow_up.RULE: follow_up.look,
    }
)


def moments_in(situation: Situation) -> tuple[Moment | Passed, ...]:
    """What every rule says about this pair now."""
    return tuple(found for look in RULES.values() if (found := look(situation)) is not None)
