"""How long it took, in minutes."""

from __future__ import annotations

import re

from .masking import Masked

MOST_MINUTES = 24 * 60

_HOURS = r"(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?)"
_MINUTES = r"(?:m|mins?|minutes?|minuten?|minutos?)"
_BEFORE = r"(?:\b(?:for|für|pendant|durante|about|etwa|ca\.?|about)\s+)?"
_SAID = re.compile(
    _BEFORE
    + rf"(?:\b(?P<clock>\d{{1,2}}):(?P<minute>\d\d)\s*{_HOURS}\b"
    + rf"|\b(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*{_HOURS}"
    rf"(?:\s*(?:and|und|et|y)?\s*(?P<more>\d{{1,2}})\s*{_MINUTES}?)?\b" + rf"|\b(?P<minutes>\d{{1,3}})\s*{_MINUTES}\b)",
    re.IGNORECASE,
)
_WORDS = (
    (
        90,
        r"(?:an? hour and a half|one and a half hours|anderthalb stunden|eineinhalb stunden"
        r"|une heure et demie|hora y media)",
    ),
    (45, r"(?:three quarters of an hour|dreiviertelstunde|trois quarts d.heure|tres cuartos de hora)"),
    (30, r"(?:half an hour|a half hour|(?:eine )?halbe stunde|(?:une )?demi-heure|media hora)"),
    (15, r"(?:a? ?quarter of an hour|(?:eine )?viertelstunde|(?:un )?quart d.heure|cuarto de hora)"),
    (120, r"(?:two hours|zwei stunden|deux heures|dos horas)"),
    (60, r"(?:an hour|one hour|eine stunde|une heure|una hora)"),
)
_SPELLED = tuple((minutes, re.compile(rf"{_BEFORE}\b{words}\b", re.IGNORECASE)) for minutes, words in _WORDS)


def take_minutes(sentence: Masked) -> int | None:
    """The length a sentence names, taken out; None where it names none."""
    for minutes, pattern in _SPELLED:
        if sentence.take(pattern):
            return minutes
    said = sentence.take(_SAID)
    if not said:
        return None
    if said["clock"]:
        minutes = int(said["clock"]) * 60 + int(said["minute"])
    elif said["hours"]:
        minutes = round(float(said["hours"].replace(",", ".")) * 60) + int(said["more"] or 0)
    else:
        minutes = int(said["minutes"])
    return min(minutes, MOST_MINUTES)
