"""In which language a text is written, by its script and its smallest words. No model, no dependence, a best guess."""

from __future__ import annotations

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the and is to of you that in it for we have this are with not be but i",
    "de": "der die das und ist nicht ich wir sie mit für auf ein eine zu den von auch bei",
    "fr": "le la les et est pas je nous vous avec pour une des du que dans sur ce",
    "es": "el la los y es no que de con para una por lo las se muy pero su",
    "it": "il la di e che non per una con sono gli del della mi ho questo anche",
    "pt": "o a os e não que de com para uma por do da em você muito mas se",
    "nl": "de het een en is niet ik je van voor met op dat we zijn ook maar",
    "sv": "och att det är som en på av för inte jag vi med har till den",
    "da": "og at det er som en på af for ikke jeg vi med har til den",
    "pl": "i w na z że się nie do to jest jak po co za ale",
    "cs": "a je se na v že to s z do jsem ale jak tak by pro",
    "tr": "ve bir bu için ile de da çok ben biz mi ne var ama",
    "fi": "ja on ei että se en ole kun mutta niin tai myös",
}
_OWNERS: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _OWNERS.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)


def language_of(text: str) -> str:
    """A two-letter code, or empty where too little is said to tell."""
    sample = text[:600]
    if not sample.isascii():
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > len(sample) / 10:
                return code
    words = _WORD.findall(sample.lower())
    votes = Counter(code for word in words for code in _OWNERS.get(word, ()))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < max(2, len(words) / 12) or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]
