"""A sentence about what happened, understood: pure, in English, German, French and Spanish."""

from .clearing import answered, meant_by, meant_here
from .reading import understand
from .resolving import Candidate, Meant, Settled, resolve, settle
from .values import NameGuess, Understood

__all__ = [
    "Candidate",
    "Meant",
    "NameGuess",
    "Settled",
    "Understood",
    "answered",
    "meant_by",
    "meant_here",
    "resolve",
    "settle",
    "understand",
]
