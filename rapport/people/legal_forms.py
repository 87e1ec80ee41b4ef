"""What an organization is called without its legal form, so that “Huber GmbH” and “Huber” can be found alike: pure."""

from __future__ import annotations

import re
from functools import lru_cache

from rapport.kit.text import fold

_WORDS = re.compile(r"\w+")
_SILENT = "[.'’/]"  # within a word: e.K., A/S, O'Neill
_FORMS = frozenset(
    """
    gmbh ggmbh mbh ag kg kgaa ug haftungsbeschrankt ek ekfr ohg gbr eg ev se partg partgmbb co cie kdt
    ltd limited inc incorporated llc llp lp plc corp corporation company pty pte pvt
    sarl sas sasu sa eurl snc sci scop bv nv vof cv bvba sprl oy oyj ab hb as asa aps is srl srls spa sl slu sau slp
    lda ltda kft zrt bt doo sro spol spzoo ooo oao zao uab ou hf ehf kk
    """.split()
)
_FIRST = frozenset("ab oy pt ooo oao zao uab".split())  # forms that stand before the name
_APART = (
    ("sp", "z", "oo"),
    ("sp", "z", "o", "o"),
    ("s", "a"),
    ("s", "r", "l"),
    ("s", "r", "o"),
    ("e", "k"),
    ("e", "v"),
)


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A name's words, folded, without punctuation and the legal form around them; all of them where that is all."""
    words = _WORDS.findall(re.sub(_SILENT, "", fold(name)))
    bare = words
    while len(bare) > 1 and (ending := _ending(bare)) and ending < len(bare):
        bare = bare[:-ending]
    if len(bare) > 1 and bare[0] in _FIRST:
        bare = bare[1:]
    return " ".join(bare)


def longest_stretch(name: str) -> str:
    """The longest part of a name, folded, that whatever is called the same has in it as it stands: "neill" of O'Neill
    Ltd. An index finds it."""
    words = bare_name(name).split()
    parts = [part for part in re.split(rf"\W|{_SILENT}", fold(name)) if any(part in word for word in words)]
    return max(parts, key=len, default="")


def _ending(words: list[str]) -> int:
    """How many words at the end are a legal form."""
    for form in _APART:
        if tuple(words[-len(form) :]) == form:
            return len(form)
    return 1 if words[-1] in _FORMS else 0
