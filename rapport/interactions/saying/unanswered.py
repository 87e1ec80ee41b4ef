"""Whether a call reached nobody: "called Marie, voicemail" is no contact."""

from __future__ import annotations

import re
from typing import Final

from .masking import Masked

_BOX = r"(?:voice ?mail|answering machine|answerphone)"
_BOX_DE = r"(?:mail ?box|anrufbeantworter|sprachbox|combox|ab|voicemail)"
_BOX_FR = r"(?:messagerie|répondeur)"
_BOX_ES = r"(?:buzón(?: de voz)?|contestador)"
_WHOSE = r"(?:her|his|their|the|an?|my|him|them|die|der|den|ihren?|ihrer|seinen?|seiner|dem|la|le|son|sa|el|su)"
_NOW = r"(?:\s+(?:again|so far|today|yesterday|wieder|heute|gestern|encore|otra vez))?"
_ENDS = rf"(?={_NOW}\s*(?:[.,;:!)|–—-]|and\b|und\b|but\b|aber\b|$))"
_BEGINS = r"(?:(?<=[,;:.(–—-]\s)|(?<=[,;:.(]))"

_SAID: Final = re.compile(
    r"(?<![\w'’])(?:"
    rf"(?:left|got|reached|hit|only|just|(?:went|straight|gone|through) to)\s+(?:{_WHOSE}\s+){{0,2}}{_BOX}\b"
    rf"|left\s+(?:{_WHOSE}\s+){{1,2}}message\b|left\s+on\s+(?:{_WHOSE}\s+)?{_BOX}\b|to\s+voice ?mail\b"
    rf"|no (?:answer|reply|response){_ENDS}|rang out\b|unanswered{_ENDS}"
    r"|(?:could|can)(?:n['’]?t| ?not) (?:reach|get hold of)(?: her| him| them)?\b"
    r"|(?:did(?:n['’]?t| not)|does(?:n['’]?t| not)|nobody|no one) (?:pick(?:s|ed)? up\b"
    rf"|answer(?:s|ed)?(?: the phone)?{_ENDS})"
    rf"|(?:(?:nicht|niemanden?|keinen|nie) erreicht|(?:auf|an|nur|bei)\s+(?:{_WHOSE}\s+)?{_BOX_DE})\b"
    r"|(?:nicht|niemand|keiner) (?:ran|dran|rangegangen|drangegangen|abgehoben|abgenommen|ans telefon(?: gegangen)?)\b"
    r"|(?:ging|geht|hob|hebt|nahm|nimmt) (?:leider )?(?:nicht|niemand|keiner) (?:ran|dran|ab|ans telefon)\b"
    rf"|keine antwort{_ENDS}|besetzt{_ENDS}"
    rf"|(?:sur|laissé (?:un message )?(?:sur|à)|tombée? sur)\s+(?:{_WHOSE}\s+)?{_BOX_FR}\b|pas de réponse{_ENDS}"
    rf"|pas (?:décroché|joint)\b|pas répondu{_ENDS}|injoignable\b"
    rf"|(?:en|al|a)\s+(?:{_WHOSE}\s+)?{_BOX_ES}\b|no (?:cogió|descolgó)\b|no contest[óa]{_ENDS}|sin respuesta{_ENDS}"
    rf")|{_BEGINS}(?:{_BOX}|{_BOX_DE}|{_BOX_FR}|{_BOX_ES}){_ENDS}",
    re.IGNORECASE,
)

# Of the words a topic begins with those that begin nothing else: "she" did not pick up, "sur" is "sur messagerie".
_TOPIC = re.compile(r"\b(?:about|re|regarding|concerning|über|wegen|bezüglich|concernant|sobre)\b", re.IGNORECASE)


def unanswered_in(words: str) -> re.Match[str] | None:
    """Where it is said that nobody answered; None where somebody may have. Behind a topic it is what was talked of."""
    said, topic = _SAID.search(words), _TOPIC.search(words)
    return said if said and (topic is None or said.start() < topic.start()) else None


def take_unanswered(sentence: Masked) -> str:
    """The words of a sentence that say so, taken out, for they name nobody; "" where there are none."""
    said = unanswered_in(sentence.rest)
    if said is None:
        return ""
    sentence.cover(*said.span())
    return said[0]
