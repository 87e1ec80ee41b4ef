"""A name in its parts: what somebody is called, and the family name lists go by. Pure.

Nothing is stored in parts: how a name is written is its owner's. They are asked for where a list is put in order, where
somebody is called by their first name, and where another program wants them on a card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nameparser import Lexicon, ParsedName, Parser, PatronymicRule, Policy, Role, locales, parser_for

from rapport.kit.text import fold

# Chinese, Japanese and Korean write the family name first; Indian, Thai, Burmese and Khmer names are not turned around.
AS_WRITTEN = r"[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ufaff]"
_NOT_TURNED = re.compile(AS_WRITTEN)
_WORD = r"[^\W\d_]{2,}(?:[-’'][^\W\d_]{2,})*"
# Scripts that write the family name last, and words of which none is a title, a particle or stands behind a name.
_PLAIN = re.compile(rf"(?:(?![\u0590-\u10ff\u1100-\u11ff\u1780-\u17ff\u2e80-\ufaff]){_WORD}(?: |$)){{2,4}}")
_FATHERS = re.compile(r"(?:vich|vych|ich|vna|chna|вич|ич|вна|чна|o[gğ]l[uyıi]|[kq][iıy]z[iyı]|оглы|кызы|углы|кизи)$")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# In Latin letters only who is written like "Ivanov Ivan Ivanovich": Petrovich is also just a family name.
_FAMILY_FIRST = re.compile(r"[^\W\d_]+(?:[oeё]v|sk(?:y|iy|ii|yi)|enko|[oe]va|skaya|yan|li|zade|oglu) ")
_SAID_WHOLE = re.compile("[\u3040-\ud7a3]")
_NUMERALS = ("ii", "iii", "iv", "vi", "vii", "viii", "ix")
_BETWEEN_WORDS = re.compile(r"([\s,\"“”„«»()\[\]]+)")  # a name in quotes or brackets is listed without them
_BRACKETS = {ord("["): "(", ord("]"): ")"}  # "Rosa Álvarez [Quayside]"
_CORE = (Role.GIVEN, Role.MIDDLE, Role.FAMILY)


@dataclass(frozen=True, slots=True)
class Parts:
    """A name in parts, each as written; `core` is the name alone, in words, without what stands about it."""

    given: str = ""
    middle: str = ""
    family: str = ""
    title: str = ""
    suffix: str = ""
    nickname: str = ""
    maiden: str = ""
    core: tuple[str, ...] = ()


BEHIND_ALL = "\U0010ffff"  # sorts behind every letter, and is never shown


@lru_cache(maxsize=4096)
def parts_of(name: str, language: str = "") -> Parts:
    """The parts of a name. Whether one in Chinese signs is Chinese only its language tells; then it is parted too."""
    if is_plain(name):  # nine of ten are, and a page shows many
        words = name.split()
        return Parts(words[0], " ".join(words[1:-1]), words[-1], core=tuple(words))
    spoken = language.partition("-")[0].lower()
    with_fathers = _CYRILLIC.search(name) is not None or _FAMILY_FIRST.match(name.casefold()) is not None
    return _parts(_parser(spoken, with_fathers).parse(name.translate(_BRACKETS)))


def called(name: str) -> str:
    """What one calls them in a sentence: their given name, or the whole name where there is none or a title asks it."""
    if not name.isprintable() or is_said_whole(name):
        return name
    parts = parts_of(name)
    return parts.given or (parts.core[0] if len(parts.core) == 1 and not parts.title else name)


def as_in_name(folded: str, name: str) -> str:
    """What lists go by, its words written as they are in the name: "Müßigbrodt, Jörg" for "mussigbrodt, jorg"."""
    written = {fold(word): word for word in _BETWEEN_WORDS.split(name)[::2]}  # every second part stands between words
    return "".join(written.get(part, part) for part in _BETWEEN_WORDS.split(folded))


def is_said_whole(name: str) -> bool:
    """Whether nobody is called by a part of such a name: Chinese, Japanese and Korean ones."""
    return _SAID_WHOLE.search(name) is not None


@lru_cache(maxsize=16_384)  # asked of each name of a batch by whoever files it and compares it
def is_plain(name: str) -> bool:
    """Whether a name is nothing but given names and a family name behind them."""
    if not _PLAIN.fullmatch(name) or name.endswith(" "):
        return False
    words = name.casefold().split()
    return _special().isdisjoint(words) and not any(_FATHERS.search(word) for word in words)


def filed_as(name: str) -> str:
    """What lists go by where the database does not see it, which knows plain names: folded, the family name first.

    Empty for plain names; behind all of them for what is none, as a telephone number.
    """
    if is_plain(name):
        return ""
    if not any(letter.isalpha() for letter in name):
        return BEHIND_ALL + fold(name)
    if not (" " in name or "," in name):
        return ""
    parts, whole = parts_of(name), fold(name)
    if _NOT_TURNED.search(whole):
        return fold(" ".join(parts.core)) or whole
    rest = (parts.given, parts.middle, parts.suffix, parts.nickname, parts.maiden, parts.title)
    behind = fold(" ".join(part for part in rest if part))
    family = fold(parts.family)
    return f"{family}, {behind}" if family and behind else family or whole


def _parts(read: ParsedName) -> Parts:
    words = tuple(token.text.strip(",،") for token in read.tokens if token.role in _CORE)
    is_turned = read.given and "," in read.original and not _NOT_TURNED.search(read.original)  # "Raman, Priya"
    core = tuple(f"{read.given} {read.middle} {read.family}".split()) if is_turned else words
    return Parts(read.given, read.middle, read.family, read.title, read.suffix, read.nickname, read.maiden, core)


@lru_cache(maxsize=16)
def _parser(language: str, with_fathers: bool) -> Parser:
    rules = frozenset(PatronymicRule) if with_fathers else frozenset()
    if language == "zh":
        return parser_for(locales.ZH, base=Parser(policy=Policy(patronymic_rules=rules)))
    return Parser(policy=Policy(patronymic_rules=rules, two_family_names=language == "es"))


@lru_cache(maxsize=1)
def _special() -> frozenset[str]:
    """All words that make a name more than plain."""
    known = Lexicon.default()
    sets = (
        known.titles, known.after_given_titles, known.given_name_titles, known.particles, known.particles_ambiguous,
        known.conjunctions, known.conjunctions_ambiguous, known.suffix_words, known.suffix_acronyms,
        known.suffix_acronyms_ambiguous, known.bound_given_names, known.maiden_markers, known.honorific_tails,
    )  # fmt: skip
    return frozenset((*_NUMERALS, *(word.casefold() for some in sets for entry in some for word in entry.split())))
