"""Whether a word tells of contact, or only of somebody: "had tea with Dana" happened, "Dana likes tea" is a fact.

A noun tells of contact where the sentence begins with it, after a verb that did it ("had", "wrote"), with whom it was
("coffee with Dana", "mit Dana Kaffee"), or before the German verb at the end. After other verbs it is about somebody.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from .masking import Masked

Tense = Literal["past", "told", "named"]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{pattern})(?![\w])", re.IGNORECASE)


# What somebody is like, wants or never does, in the present: whatever follows did not happen between us.
_LIKES = (
    r"(?:dis)?likes?|loves?|prefers?|hates?|enjoys?|wants?|needs?|drinks|eats|avoids?|adores?|takes"
    r"|mag|mögen|möchte|liebt?|lieben|trinkt|isst|hasst|bevorzugt|braucht|wünscht|verträgt|gerne?|lieber"
    r"|aime|aiment|adore|préfère|déteste|boit|mange|veut|voudrait|évite"
    r"|gustan?|encantan?|prefiere|odia|bebe|toma|quiere|necesita|adora|evita|detesta"
)
_NOT = (
    r"\w+n['’]t|not|never|no|without|nicht|nie|niemals|keine?[nmrs]?|ohne|ne|n['’]\w+|pas|jamais|sans|nunca|jamás|sin"
    r"|forgot|tried|vergessen|versucht|oublié|essayé|olvidé|intenté"
)
_IS = r"is|are|makes?|ist|sind|macht|est|sont|es|son|está"
_FACT = _compiled(f"{_LIKES}|{_NOT}")
_SAID_OF_IT = _compiled(f"{_LIKES}|{_IS}")
_COMPANY = _compiled(r"with|mit|avec|con|w/|zusammen|together|ensemble|juntos|we|wir|nous|on a")
_WITH_WHOM = re.compile(r"\b(?:with|mit|avec|con)(?:\s+[^\s|]+){1,4}\s+$", re.IGNORECASE)
_DONE = _compiled(
    r"gehabt|getrunken|gegessen|gemacht|geführt|geschickt|gebracht|bekommen|erhalten|geschenkt|geschrieben|gesendet"
    r"|gegeben|verbracht"
)
# Words before a noun that leave it at the head: who we are, and then, there was.
_SMALL: Final = frozenset(
    "i we ich wir je j'ai j’ai nous on yo he hemos avons ai had have habe haben hatte hatten did and und et y then "
    "also just again finally dann danach auch puis ensuite luego después there was were es gab war il y eu hubo to out "
    "for zum auf pour para".split()
)
_WITH: Final = frozenset("with mit avec con bei at chez".split())
_BY_MEANS_OF = re.compile(r"\b(?:by|per|via|par|por)\s+$", re.IGNORECASE)  # "sent Dana the deck by mail"
_SENT = _compiled(r"sent|schickte|schickten|sandte|envoyé|envié|mandé|passed|told")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_TELEGRAM: Final = ("call", "meeting", "visit")  # "Dana call, 10 min"


def is_fact(before: str) -> bool:
    """Whether what stands before says what somebody likes, wants or does not do."""
    return _FACT.search(before) is not None


def is_of_contact(words: str, said: re.Match[str], needs_company: bool) -> bool:
    """Whether a verb tells of contact; eating and drinking only in company."""
    return not is_fact(words[: said.start()]) and (not needs_company or _COMPANY.search(words) is not None)


def tense_of_noun(sentence: Masked, said: re.Match[str], kind: str, is_shared: bool) -> Tense | None:
    """How a noun tells of contact; None where it only says something about somebody."""
    before, after = sentence.rest[: said.start()], sentence.rest[said.end() :]
    if is_fact(before) or _SAID_OF_IT.match(after.lstrip()):
        return None
    is_done = said["lead"] and said["lead"].lower() != "have"
    if is_done or _DONE.search(after) or (_BY_MEANS_OF.search(before) and _SENT.search(before)):
        return "past"
    is_with = said["word"] or _WITH_WHOM.search(before)
    if not is_with and _SAID_OF_IT.search(after):
        return None
    if _is_told(sentence, said, kind, is_shared, _others(before)):
        return "told" if is_with else "named"
    return None


def _is_told(sentence: Masked, said: re.Match[str], kind: str, is_shared: bool, others: int) -> bool:
    """Whether a noun without a verb of its own tells of contact: `others` are the words before it that may be one."""
    if _WITH_WHOM.search(sentence.rest[: said.start()]):
        return True
    if said["article"] and others:
        return False  # "Dana has a meeting": who is before an article does something else with it
    if is_shared:  # "coffee with Dana", "Dana lunch yesterday", but neither "Dana tea" nor "tea for Dana"
        return others <= 1 and (_is_with(said) or (bool(sentence.taken) and not (others and is_fact(said[0]))))
    return others == 0 or (others <= 3 if said["word"] else others <= 2 and kind in _TELEGRAM)


def _is_with(said: re.Match[str]) -> bool:
    return (said["word"] or "").lower() in _WITH


def _others(before: str) -> int:
    return sum(word[0].lower() not in _SMALL for word in _WORD.finditer(before))
