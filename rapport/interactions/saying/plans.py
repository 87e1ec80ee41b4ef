"""Whether a sentence speaks of what is still to come: only a future day said of the talk itself makes it a plan."""

from __future__ import annotations

import re

from .facts import Tense, is_fact
from .masking import Masked
from .topics import topic_in


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{pattern})(?!\w)", re.IGNORECASE)


_COMING = _compiled(
    r"tomorrow|demain|übermorgen|(?<!heute )(?<!gestern )(?<!am )(?<!diesen )morgen"
    r"|(?<!la )(?<!esta )mañana|(?:next|coming) (?:week|month|year|\w+day)"
    r"|(?:nächste|kommende)[nrs]? (?:woche|monat|jahr|\w+(?:tag|woch))"
    r"|(?:la semaine|le mois|l['’]année|\w+di) prochaine?|(?:la semana|el mes|el año|el \w+) que viene"
    r"|(?:el|la) próxim[oa] \w+|pasado mañana|après-demain|in (?:two|three|a few|\d+) (?:days|weeks|months)"
    r"|in (?:zwei|drei|\d+) (?:tagen|wochen|monaten)|dans (?:deux|trois|\d+) (?:jours|semaines|mois)"
    r"|dentro de (?:dos|tres|\d+) (?:días|semanas|meses)"
)
_DO = (
    r"call|phone|ring|meet|see|e-?mail|write|visit|text|message|talk|speak|have"
    r"|anrufen|treffen|sehen|schreiben|mailen|besuchen|telefonieren|sprechen"
    r"|appeler|rappeler|téléphoner|voir|rencontrer|retrouver|écrire|parler|déjeuner|dîner|visiter"
    r"|llamar|ver|encontrar|escribir|hablar|visitar|comer|cenar|quedar|reunir"
)
_WILL = _compiled(
    rf"(?:(?:i|we|\w+)['’]ll|will|shall|going to|gonna|let['’]?s) (?:\w+ )?(?:{_DO})"
    rf"|(?:ich werde|wir werden|werde|werden)\b.*\b(?:{_DO})"
    rf"|(?:je vais|nous allons|on va|vais|allons) (?:{_DO})|(?:voy|vamos) a (?:{_DO}|reunirme)"
    r"|(?:r?appeller|téléphoner|verr|rencontrer|retrouver|écrir|parler|déjeuner|dîner)(?:ai|ons)"
    r"|(?:llamar|ver|escribir|hablar|visitar|comer|cenar|quedar)(?:é|emos)"
)
_TO_DO = _compiled(
    rf"{_DO}|rufe|rufen|treffe|besuche|schreibe|telefoniere|sehe|appelle|rappelle|vois|rencontre|retrouve|écris"
    r"|llamo|veo|escribo|visito|quedo"
)


# Past these words a sentence in the past speaks of something else: "called Dana and will call again next week".
_OTHER_MATTER = _compiled(
    r"and|then|of|for|und|dann|für|zu|zum|zur|et|puis|de|du|des|pour|y|luego|del|por|para|will|about"
)


def take_coming(sentence: Masked, tense: Tense | None) -> bool:
    """Whether it is told as coming; the words that say so are taken out, unless they are of what was talked about."""
    will, day = _WILL.search(sentence.rest), _COMING.search(sentence.rest)
    topic = topic_in(sentence.rest)
    is_will = tense != "past" and will and not _is_behind(will, topic) and not is_fact(sentence.rest[: will.start()])
    if day is None or _is_of_something_else(sentence.rest, day, tense, topic):
        return bool(is_will)
    sentence.cover(*day.span())
    return True


def without_coming(sentence: Masked) -> Masked:
    """The sentence with words such as "tomorrow" taken out: "mañana" is no morning where it means that."""
    tried = sentence.copy()
    while tried.take(_COMING):
        pass
    return tried


def _is_of_something_else(words: str, day: re.Match[str], tense: Tense | None, topic: int | None) -> bool:
    if tense in ("past", "told") and _is_behind(day, topic):
        return True
    return tense == "past" and _OTHER_MATTER.search(words[: day.start()]) is not None


def is_to_do(words: str) -> bool:
    """Whether a sentence of no kind we know says what one means to do: "Dana nächste Woche anrufen"."""
    said = _WILL.search(words) or _TO_DO.search(words)
    return said is not None and not _is_behind(said, topic_in(words)) and not is_fact(words[: said.start()])


def _is_behind(said: re.Match[str], topic: int | None) -> bool:
    return topic is not None and said.start() > topic
