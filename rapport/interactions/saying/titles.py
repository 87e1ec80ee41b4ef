"""What stands before a surname: "Frau Dr. Weiß" is one of those called Weiß, and never a name of its own."""

from __future__ import annotations

import re
from typing import Final

_AS_WRITTEN: Final = frozenset("Miss Mag. Ing. Dipl. M.".split())  # "I miss Dana", "Dana mag Tee"
_SHORT: Final = frozenset(
    "mr mrs ms mx dr drs prof fr frl hr hrn mme mlle mm sr sra srta dipl.-ing dr.-ing med jur phil rer nat h.c".split()
)
_WHOLE: Final = frozenset(
    "mister doctor frau herr herrn fräulein doktor professor professorin madame mademoiselle monsieur docteur "
    "professeur señor señora señorita doctora profesor profesora".split()
)
_LAST_WORD = re.compile(r"[^\W\d_][\w.-]*$")


def is_title(word: str) -> bool:
    """Whether a word is a salutation or a title, as "Herrn", "Ms", "Dr."."""
    return word in _AS_WRITTEN or word.lower().rstrip(".") in _SHORT | _WHOLE


def without_titles(words: str) -> str:
    """ "Frau Dr. Weiß" as "Weiß"; words that are nothing but titles stay."""
    said = words.split()
    first = next((place for place, word in enumerate(said) if not is_title(word)), 0)
    return " ".join(said[first:])


def ends_in_title(text: str) -> bool:
    """Whether a text ends in a title cut short, so that a point behind it ends no sentence."""
    last = _LAST_WORD.search(text)
    return last is not None and (last[0].lower() in _SHORT or last[0] + "." in _AS_WRITTEN)
