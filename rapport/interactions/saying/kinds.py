"""What happened, and who began: by a verb, or by a noun and the little word after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .masking import TAKEN, Masked
from .values import Direction

_TO = r"to|for|an|für|à|a|al|para"
_FROM = r"from|by|von|vom|de|del|d.une?"
_WITH = r"with|mit|avec|con|bei|at|chez"

_NOUNS: Final = {
    "call": "(?:phone |video ?|zoom )?call|phone chat|anruf|telefonat|appel|coup de (?:fil|téléphone)|llamada|visio",
    "mail": "(?:e-?)?mails?|courriel|correo",
    "visit": "visit|besuch|visite|visita",
    "letter": "letter|brief|lettre",
    "card": r"(?:\w+ )?card|\w*karte|carte|tarjeta",
    "gift": "gift|present|flowers|geschenk|blumen|cadeau|fleurs|regalo|flores",
    "chat": "chat|text|message|whatsapp|sms|texto|nachricht|mensaje",
    "meeting": "meeting|coffee|tea|lunch|dinner|breakfast|drinks?|beer|wine|walk|workshop|1:1|catch-?up|stand-?up"
    "|kaffee|tee|mittagessen|abendessen|frühstück|essen|bier|spaziergang|treffen|termin|besprechung|gespräch"
    "|café|déjeuner|dîner|apéro|réunion|rendez-vous|rdv|entretien|comida|cena|almuerzo|desayuno|cerveza|reunión|cita",
    "event": "conference|fair|event|party|konferenz|messe|feier|conférence|salon|fête|conferencia|feria|fiesta",
}
_LEAD = (
    r"(?:(?:had|have|held|got|sent|wrote|made|took|gave|hatte|habe|hatten|bekam|schrieb|schickte"
    r"|eu|reçu|pris|envoyé|fait|tuve|tuvimos|recibí|envié|mandé)\s+)?"
)
_ARTICLE = r"(?:(?:an?|the|some|my|our|quick|short|long|good|nice|eine?n?|une?|du|des|el|la|una)\s+){0,3}"

# By whom a verb is: "subject" looks for a name before it (English), "had" for the auxiliary of a third person.
_VERBS: Final = (
    ("call", "by_us", "subject", r"called|rang|phoned|telephoned|face-?timed|skyped|buzzed"),
    ("call", "by_us", "had", r"angerufen|appelée?|téléphoné"),
    ("call", "by_us", "", r"rief|llamé|llamamos|telefoneé"),
    ("call", "by_them", "", r"llamó|llamaron"),
    ("call", "both", "", r"spoke|talked|telefoniert|gesprochen|parlé|hablé|hablamos|caught up by phone|zoomed"),
    ("mail", "by_us", "subject", r"(?:e-?)?mailed|wrote|replied|answered"),
    ("mail", "by_us", "had", r"geschrieben|gemailt|geantwortet|écrit|répondu"),
    ("mail", "by_us", "", r"escribí|escribimos|respondí|contesté"),
    ("mail", "by_them", "", r"escribió|respondió|contestó|heard"),
    ("chat", "by_us", "subject", r"texted|messaged|whatsapped|slacked|pinged|dm.?ed"),
    ("chat", "both", "", r"chatted|gechattet|chateé"),
    ("meeting", "both", "", r"met|saw|caught up|had (?:coffee|lunch|dinner|breakfast|tea|drinks)|bumped into|ran into"),
    ("meeting", "both", "", r"getroffen|traf|trafen|gesehen|gegessen|rencontrée?|vue?|déjeuné|dîné|mangé|retrouvée?"),
    (
        "meeting",
        "both",
        "",
        r"comí|comimos|cené|cenamos|almorcé|desayuné|quedé|vi|vimos|me reuní|nos reunimos|encontré",
    ),
    ("visit", "by_us", "subject", r"visited|dropped in on|dropped by|stopped by"),
    ("visit", "by_us", "had", r"besucht|rendu visite|visitée?"),
    ("visit", "by_us", "", r"visité|visitamos"),
    ("visit", "by_them", "", r"visitó"),
    ("gift", "by_us", "had", r"geschenkt|offert"),
    ("gift", "by_us", "", r"regalé"),
)


@dataclass(frozen=True, slots=True)
class What:
    """A kind of interaction and who began it."""

    kind: str
    direction: Direction


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OF_NOUNS = tuple(
    (kind, _compiled(rf"(?<![\w'’]){_LEAD}{_ARTICLE}(?:{words})\b(?:\s+(?P<word>{_TO}|{_FROM}|{_WITH})\b)?"))
    for kind, words in _NOUNS.items()
)
_OF_VERBS = tuple(
    (kind, direction, whose, _compiled(rf"(?<![\w'’])(?:{words})(?![\w'’])(?P<word>)"))
    for kind, direction, whose, words in _VERBS
)
_THINGS: Final = {
    "card": "card karte carte tarjeta",
    "letter": "letter brief lettre carta",
    "gift": "gift present flowers geschenk blumen cadeau fleurs regalo flores",
}
_SENT = _compiled(
    r"\b(?:sent|gave|schickte|geschickt|gebracht|envoyé|donné|envié|mandé|di)\b"
    rf"(?P<between>[^{TAKEN}]*?)\b(?P<what>{'|'.join(' '.join(_THINGS.values()).split())})\b(?:\s+(?:{_TO})\b)?"
)
_ME = _compiled(r"\b(?:me|us|mich|mir|uns)\b(?! (?:reuní|vi)\b)|\bm['’](?:a|ont)\b|\bnous (?:a|ont)\b")
_THIRD = _compiled(r"\b(?:hat|haben mich|a|ont)\s*$|\bhat\b")
_WE = _compiled(r"\b(?:i|we|ich|wir|habe|j['’]ai|nous avons|on a|he|hemos|just|also|and|then|have|had|to)\b|[|]")
_ONE_WAY: Final = ("call", "mail", "letter", "card", "gift", "chat", "visit")


def take_what(sentence: Masked) -> What | None:
    """The kind a sentence names and who began, taken out; None where it does not say."""
    return _take_sent(sentence) or _take_first(sentence)


def _take_sent(sentence: Masked) -> What | None:
    """ "sent Priya a card", "sent a card to Priya": the name may stand between."""
    said = _SENT.search(sentence.rest)
    if not said:
        return None
    kind = next(kind for kind, words in _THINGS.items() if said["what"].lower() in words.split())
    began = _by_whom(sentence, said, "by_us", "subject")
    between = re.sub(r"\b(?:an?|the|some|\w+day|eine?n?|une?|des|un|una|unas)\b.*$", "", said["between"], flags=re.I)
    start = said.start("between") + len(between)
    sentence.cover(said.start(), said.start("between"))
    sentence.cover(start, said.end())
    return What(kind, began)


def _take_first(sentence: Masked) -> What | None:
    """The first verb or noun that says what it was; of two at one place, the longer."""
    found = [
        (said.start(), -len(said[0]), kind, direction, whose, said)
        for kind, direction, whose, pattern in (*_OF_VERBS, *((kind, "", "", pattern) for kind, pattern in _OF_NOUNS))
        if (said := pattern.search(sentence.rest))
    ]
    if not found:
        return None
    *_, kind, direction, whose, said = min(found, key=lambda one: one[:2])
    began = _by_whom(sentence, said, direction, whose) if direction else _of_noun(kind, said)
    sentence.cover(*said.span())
    return What(kind, began)


def _by_whom(sentence: Masked, said: re.Match[str], direction: str, whose: str) -> Direction:
    """Who began, where a verb tells: "Priya rang me" and "called Priya" differ by what stands around it."""
    if direction != "by_us":
        return "by_them" if direction == "by_them" else "both"
    before, after = sentence.rest[: said.start()], sentence.rest[said.end() :]
    if _ME.search(before) or re.match(r"\s*(?:me|us|mich|uns|mir)\b", after, re.IGNORECASE):
        return "by_them"
    if whose == "had":
        return "by_them" if _THIRD.search(before) else "by_us"
    if whose == "subject" and any(letter.isalpha() for letter in _WE.sub("", before)):
        return "by_them"
    return "by_us"


def _of_noun(kind: str, said: re.Match[str]) -> Direction:
    """Who began, by the little word after a noun: to us it was from them, with them it was both."""
    if kind not in _ONE_WAY:
        return "both"
    word = (said["word"] or "").lower()
    if re.fullmatch(_FROM, word):
        return "by_them"
    if re.fullmatch(_TO, word):
        return "by_us"
    return "both" if kind in ("call", "chat", "visit") else "by_us"
