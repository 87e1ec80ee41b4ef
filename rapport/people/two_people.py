"""Whether two names beside one address of mail are two people's: pure.

Families, couples and practices share an address. But one human has many names too: short ones, initials, with a title,
turned around, in another script, that of before a wedding. So two people are only whose given names are clearly others;
all else stays one person, where two can still be told from one.
"""

from __future__ import annotations

from functools import lru_cache

from rapport.kit.text import fold

from .shared_addresses import is_no_name
from .splitting import is_plain, parts_of

# What is short for another, where it is not its beginning.
_SHORT = (
    "bob rob robert rupert", "bill will william wilhelm willi liam", "dick rick richard",
    "peggy meg maggie greta margaret", "jim jimmy james", "jack johnny john johann johannes hans",
    "liz beth betty eliza lisa elizabeth elisabeth", "kate katie kathy cathy katherine catherine katharina",
    "mike mick michael", "tony anthony antonio anton toni", "chuck charlie charles karl carl",
    "ted ed eddie ned edward edmund", "harry hank henry heinrich heinz", "sepp joe josef joseph jupp",
    "sasha sascha alex alexander alexandra aleksandr", "fritz friedrich frederick",
    "nancy ann anna anne hannah annie", "polly molly mary maria marie mia mariella", "sally sarah sara",
    "gerry jerry gerald", "larry laurence lawrence lorenz", "nell nelly ellen helen eleanor",
    "sue susan susanne suzanne", "steve stephen steven stefan", "matt matthew matthias matthieu",
    "gene eugene evgeni yevgeny yevhen evgeny zhenya", "drew andy andrew andreas", "wolf wolfgang",
    "uli ulrich ulrike", "pepe jose", "paco pancho francisco", "misha mikhail michail", "vova volodya vladimir",
    "dima dmitri dmitry", "kolya nikolai", "gabi gabriele",
)  # fmt: skip
_ONE_NAME = {word: number for number, words in enumerate(_SHORT) for word in words.split()}
_LEAST = 2  # words of a full name


def full_name(name: str) -> str:
    """A name as addresses of mail compare it: its words folded, the given name first, titles aside; empty where it is
    no full one."""
    words = spelt(name).split()
    return " ".join(words) if len(words) >= _LEAST and len(words[0]) > 1 else ""


@lru_cache(maxsize=16_384)  # asked of each name of a batch
def spelt(name: str) -> str:
    """The same of any name, also of one word or with an initial."""
    core = name if is_plain(name) else " ".join(parts_of(name).core)
    return " ".join(fold(core).replace("-", " ").replace("’", " ").replace("'", " ").replace(".", " ").split())


def are_two(one: str, other: str) -> bool:
    """Whether two names, as `full_name` or `spelt` has them, cannot be one human's."""
    if not one or not other or one == other or one.isascii() != other.isascii():
        return False
    words, others = one.split(), other.split()
    given, theirs = words[0], others[0]
    return not (
        given in others
        or theirs in words
        or set(words) <= set(others)
        or set(others) <= set(words)
        or any(map(is_no_name, (*words, *others)))
        or may_be_one(given, theirs)
    )


def may_be_one(given: str, other: str) -> bool:
    """Whether two folded given names may be one human's: short for another, or a slip away."""
    if given.startswith(other) or other.startswith(given):
        return True
    if _ONE_NAME.get(given, given) == _ONE_NAME.get(other, other):
        return True
    return _is_slip(given, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether they differ by one letter put in, left out or written otherwise."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]
