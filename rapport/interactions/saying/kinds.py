"""What happened, and who began: by a verb, or by a noun and the little word after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from .facts import Tense, is_fact, is_of_contact, tense_of_noun
from .masking import TAKEN, Masked
from .topics import topic_in
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
    "meeting": "meeting|workshop|1:1|catch-?up|stand-?up"
    "|treffen|termin|besprechung|gespräch|réunion|rendez-vous|rdv|entretien|reunión|cita",
    "event": "conference|fair|event|party|konferenz|messe|feier|conférence|salon|fête|conferencia|feria|fiesta",
}
# What one shares with somebody, or only likes: by itself it is no meeting.
_SHARED: Final = (
    "coffee|tea|cake|lunch|dinner|breakfast|brunch|drinks?|beers?|wine|walk"
    "|kaffee|tee|kuchen|mittagessen|abendessen|frühstück|essen|bier|wein|spaziergang"
    "|café|thé|gâteau|petit-déjeuner|déjeuner|dîner|apéro|bière|verre"
    "|té|pastel|comida|cena|almuerzo|desayuno|cerveza|vino|copa|paseo"
)
_LEAD = (
    r"(?:(?P<lead>had|have|held|got|sent|wrote|made|took|gave|drank|ate|shared|grabbed|(?:went|came) (?:\w+ )?for"
    r"|hatte|habe|hatten|bekam|schrieb|schickte|trank|tranken|machte|machten|führte|kam(?:en)? (?:zum|zur|auf)"
    r"|eu|reçu|pris|bu|partagé|passé|envoyé|fait|écrit|(?:venue?s?|allée?s?) (?:prendre|boire|pour)"
    r"|tuve|tuvimos|recibí|envié|mandé|tomé|tomamos|bebí|bebimos|hice|hicimos|compartí|compartimos"
    r"|(?:vino|vinieron|fui|fuimos|salí|salimos) (?:a|para) (?:tomar|comer|beber)?)\s+)?"
)
_ARTICLE = (
    r"(?P<article>(?:(?:an?|the|some|my|our|eine?n?|une?|du|des|le|les|l['’]|el|la|una?)\s+"
    r"|(?:quick|short|long|good|nice)\s+){0,3})"
)

# By whom a verb is: "subject" looks for a name before it (English), "had" for the auxiliary of a third person.
# What one does "together" is contact only in company: "mit Dana gegessen", never "Dana hat gegessen".
_VERBS: Final = (
    ("call", "by_us", "subject", r"called|rang|phoned|telephoned|face-?timed|skyped|buzzed"),
    ("call", "by_us", "had", r"angerufen|appelée?|téléphoné"),
    ("call", "by_us", "", r"rief|llamé|llamamos|telefoneé"),
    ("call", "by_them", "", r"llamó|llamaron"),
    ("call", "both", "", r"spoke|talked|telefoniert|gesprochen|parlé|hablé|hablamos|caught up by phone|zoomed"),
    ("mail", "by_us", "subject", r"(?:e-?)?mailed|wrote|replied|answered"),
    ("mail", "by_us", "had", r"geschrieben|gemailt|geantwortet|écrit|répondu"),
    ("mail", "by_us", "", r"escribí|escribimos|respondí|contesté"),
    ("mail", "by_them", "", r"escribió|respondió|contestó|heard(?: back)?(?= from\b)"),
    ("chat", "by_us", "subject", r"texted|messaged|whatsapped|slacked|pinged|dm.?ed"),
    ("chat", "both", "", r"chatted|gechattet|chateé"),
    ("meeting", "both", "", r"met|saw|caught up|had (?:coffee|lunch|dinner|breakfast|tea|drinks)|bumped into|ran into"),
    ("meeting", "both", "", r"getroffen|traf|trafen|gesehen|rencontrée?|vue?|déjeuné|dîné|retrouvée?"),
    ("meeting", "both", "", rf"took(?=(?: [^\W\d_]+){{1,3}}? (?:out )?(?:to|for) (?:an? )?(?:{_SHARED})\b)"),
    ("meeting", "both", "together", r"ate|gegessen|getrunken|mangé|gefrühstückt"),
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
    """A kind of interaction and who began it. `tense` says how sure it is that it happened: told in the past, told
    as something with somebody ("call with Dana"), or only named ("call Dana")."""

    kind: str
    direction: Direction
    tense: Tense = "past"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OF_NOUNS = tuple(
    (kind, is_shared, _compiled(
        rf"(?<![\w'’]){_LEAD}{_ARTICLE}(?:{words})\b(?:\s+(?P<word>{_TO}|{_FROM}|{_WITH})\b)?"))
    for kind, is_shared, words in (*((kind, False, words) for kind, words in _NOUNS.items()),
                                   ("meeting", True, _SHARED))
)  # fmt: skip
_A_KIND = _compiled(rf"{'|'.join(_NOUNS.values())}|{_SHARED}")
_OF_VERBS = tuple(
    (kind, direction, whose, _compiled(rf"(?<![\w'’])(?:{words})(?![\w'’])"))
    for kind, direction, whose, words in _VERBS
)
_THINGS: Final = {
    "card": "card karte carte tarjeta",
    "letter": "letter brief lettre carta",
    "gift": "gift present flowers geschenk blumen cadeau fleurs regalo flores",
    "mail": "mail email e-mail courriel correo",
    "chat": "text message sms whatsapp nachricht mensaje texto",
    "call": "call anruf",
}
_SENT = _compiled(
    r"\b(?:sent|gave|wrote|dropped|schickte|schrieb|geschickt|gebracht|envoyé|donné|écrit|envié|mandé|escribí|di)\b"
    rf"(?P<between>(?:\s+(?!(?:with|by|for|via|per|mit|für|avec|par|con|por)\b)[^\s{TAKEN}]+){{0,6}}?)"
    rf"\s+(?P<what>{'|'.join(' '.join(_THINGS.values()).split())})\b(?:\s+(?:{_TO})\b)?"
)
_NAMED_THING = _compiled(r"\b(?:an?|the|some|\w+day|eine?n?|une?|des|un|una|unas)\b.*$")
_THING_AFTER_A = _compiled(r"\b(?:el|la|un|una|unas)\b.*$")  # "envié a Dana flores": there "a" is to whom
_SPANISH = _compiled("envié|mandé|escribí|di\\b")
_ME = _compiled(r"\b(?:me|us|mich|mir|uns)\b(?! (?:reuní|vi)\b)|\bm['’](?:a|ont)\b|\bnous (?:a|ont)\b")
_THIRD = _compiled(r"\b(?:hat|haben mich|a|ont)\s*$|\bhat\b")
_WE = _compiled(
    r"\b(?:i|we|ich|wir|habe|j['’]ai|nous avons|on a|he|hemos|just|also|and|then|have|had|to|les?|te)\b|[|]"
)
_ONE_WAY: Final = ("call", "mail", "letter", "card", "gift", "chat", "visit")


def names_a_kind(word: str) -> bool:
    """Whether a word by itself is one for a kind of interaction, and so hardly somebody's name."""
    return _A_KIND.fullmatch(word) is not None


def take_what(sentence: Masked) -> What | None:
    """The kind a sentence names and who began, taken out; None where it does not say."""
    return _take_sent(sentence) or _take_first(sentence)


def _take_sent(sentence: Masked) -> What | None:
    """ "sent Priya a card", "sent a card to Priya", "wrote Priya an email": the name may stand between."""
    said = _SENT.search(sentence.rest)
    if not said or topic_in(said["between"]) is not None or is_fact(sentence.rest[: said.start()]):
        return None
    kind = next(kind for kind, words in _THINGS.items() if said["what"].lower() in words.split())
    began = _by_whom(sentence, said, "by_us", "subject")
    between = (_THING_AFTER_A if _SPANISH.match(said[0]) else _NAMED_THING).sub("", said["between"])
    start = said.start("between") + len(between)
    sentence.cover(said.start(), said.start("between"))
    sentence.cover(start, said.end())
    return What(kind, began)


def _take_first(sentence: Masked) -> What | None:
    """The first verb or noun that says what it was; of two at one place, the longer."""
    verb, noun = _first(_verbs_of(sentence)), _first(_nouns_of(sentence))
    if verb and noun and noun[1].tense == "named" and topic_in(sentence.rest[: verb[0].start()]) is None:
        noun = None  # "zum Kaffee getroffen": the verb says what happened, the noun only what for
    found = _first(one for one in (verb, noun) if one)
    if found is None:
        return None
    said, what = found
    sentence.cover(*said.span())
    return what


def _first(found: Iterable[tuple[re.Match[str], What]]) -> tuple[re.Match[str], What] | None:
    return min(found, key=lambda one: (one[0].start(), -len(one[0][0])), default=None)


def _verbs_of(sentence: Masked) -> Iterator[tuple[re.Match[str], What]]:
    for kind, direction, whose, pattern in _OF_VERBS:
        said = pattern.search(sentence.rest)
        if said and is_of_contact(sentence.rest, said, whose == "together"):
            yield said, What(kind, _by_whom(sentence, said, direction, whose))


def _nouns_of(sentence: Masked) -> Iterator[tuple[re.Match[str], What]]:
    for kind, is_shared, pattern in _OF_NOUNS:
        for said in pattern.finditer(sentence.rest):
            if tense := tense_of_noun(sentence, said, kind, is_shared):
                yield said, What(kind, _of_noun(kind, said, sentence.rest[: said.start()]), tense)
                break


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


def _of_noun(kind: str, said: re.Match[str], before: str) -> Direction:
    """Who began, by the little word after a noun: to us it was from them, with them it was both."""
    if kind not in _ONE_WAY:
        return "both"
    word = (said["word"] or "").lower()
    if re.fullmatch(_FROM, word) or (not word and _THIRD.search(before)):
        return "by_them"
    if re.fullmatch(_TO, word):
        return "by_us"
    return "both" if kind in ("call", "chat", "visit") else "by_us"
