"""Which column of a table holds what, guessed from its header: the words address books and CRMs export."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapport.kit.days import First
from rapport.kit.text import fold

SAID = "Rapport says"  # what we say of a row that was not read, in the table given out to be mended: of nobody
WHOSE = "Rapport id"  # of the person a row of that table became: mended, it is theirs again

_NOT_LETTERS = re.compile(r"[^\w]+")
_WORDS_JOINED = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=[a-zà-ÿ])(?=[A-Z])")  # "Email2", "HomePhone"

# The words of Google, Outlook, Apple, HubSpot, Salesforce and LinkedIn in English, German, French and Spanish.
_WORDS = {
    "name": "name|full name|fullname|display name|displayname|contact|contact name|contact person|person"
    "|vollständiger name|anzeigename|vor und nachname|vorname und nachname|vorname nachname|name vorname"
    "|nachname vorname|kontakt|kontaktname|kontaktperson|ansprechpartner|ansprechpartnerin"
    "|nom complet|nom affiché|nom et prénom|nom prénom|prénom et nom|prénom nom|nom du contact"
    "|nombre completo|nombre y apellidos|nombre y apellido|nombre para mostrar|nombre del contacto|contacto"
    "|file as|participant|member|mitglied|teilnehmer|teilnehmerin",
    "given": "first name|firstname|first names|given name|given names|givenname|forename|vorname|vornamen|rufname"
    "|prénom|prénoms|nombre|nombres|nombre de pila|primer nombre|first",
    "middle": "middle name|middlename|additional name|zweiter vorname|2 vorname|weitere vornamen|deuxième prénom"
    "|autres prénoms|segundo nombre",
    "family": "last name|lastname|last names|family name|surname|familyname|nachname|familienname|zuname"
    "|nom de famille|nom|apellido|apellidos|primer apellido|last",
    "organization": "company|organization|organisation|organization name|organisation name|organization 1 name"
    "|company name|companyname|company organization|company or organization|business name|account name"
    "|account account name|employer|firma|firmenname|firma organisation|unternehmen|unternehmensname|arbeitgeber"
    "|société|nom de la société|entreprise|nom de l entreprise|nom de l organisation|employeur"
    "|empresa|nombre de la empresa|compañía|organización|associated company|primary company"
    "|primary associated company",
    "title": "title|job title|jobtitle|jobtitel|job|position|role|job role|organization 1 title|organization title"
    "|occupation|profession|stelle|stellenbezeichnung|berufsbezeichnung|berufliche position|funktion|rolle|tätigkeit"
    "|beruf|titre|titre du poste|intitulé du poste|fonction|poste|cargo|puesto|puesto de trabajo|ocupación",
    "birthday": "birthday|birth day|birth date|birthdate|date of birth|dob|born|geburtstag|geburtsdatum|geburtsdat"
    "|geb datum|geb dat|geb|geboren|geboren am|anniversaire|date de naissance|date naissance|né le|née le"
    "|cumpleaños|fecha de nacimiento|fecha nacimiento|nacimiento",
    "note": "notes|note|comment|comments|description|personal note|personal notes|notizen|notiz|bemerkung"
    "|bemerkungen|anmerkung|anmerkungen|kommentar|kommentare|beschreibung|remarque|remarques|commentaire"
    "|commentaires|notas|nota|observaciones|comentario|comentarios",
    "tags": "tags|tag|labels|label|categories|category|groups|group|group membership|kategorien|kategorie|gruppe"
    "|gruppen|gruppenmitgliedschaft|gruppenzugehörigkeit|schlagwort|schlagwörter|schlagworte|markierungen"
    "|étiquette|étiquettes|catégorie|catégories|groupe|groupes|libellés|mots clés|etiqueta|etiquetas|categoría"
    "|categorías|grupo|grupos",
    "left_alone": "do not contact|don t contact|nicht kontaktieren|ne pas contacter|no contactar",
    "uid": "uid|contact id|record id|id",
    "whose": "rapport id",
    "said": "rapport says",
}
# Of these one may have several, numbered and of several kinds: "E-mail 2", "Telefon (mobil)", "Phone : work".
_MANY = {
    "email": "email|emails|e mail|e mails|mail|mails|email address|email addresses|e mail address|e mail addresses"
    "|mail address|emailaddress|email id|e mail adresse|e mail adressen|email adresse|emailadresse|mailadresse"
    "|mail adresse|adresse e mail|adresse email|adresse mail|adresse de messagerie|adresse électronique"
    "|adresse courriel|courriel|mél|correo|correos|correo electrónico|dirección de correo|dirección de email"
    "|dirección de correo electrónico|contact email|e post",
    "phone": "phone|phones|phone number|phone numbers|phone no|telephone|telephone number|tel|tel nr|tel no|telefon"
    "|telefonnummer|telefonnummern|telefon nummer|telefon nr|telefonnr|tel nummer|rufnummer|fon|haupttelefon"
    "|autotelefon|festnetznummer|téléphone|tél|numéro de téléphone|numéro téléphone|n de téléphone|teléfono"
    "|número de teléfono|número teléfono"
    "|mobile|mobile number|mobilephone|mobile phone|cell|cell number|cellphone|cell phone|homephone|workphone"
    "|otherphone|iphone|i phone|handy"
    "|handynummer|handy nummer|handy nr|mobil|mobilnummer|mobiltelefon|mobilfunk|mobilfunknummer|natel|portable"
    "|téléphone mobile|téléphone portable|móvil|celular|whatsapp",
}
_OF_KINDS = frozenset(
    fold(word)
    for word in (
        "value wert valeur valor work business office company direct home house private personal other main primary"
        " secondary second additional alternate alternative preferred default landline fixed mobile cell car radio"
        " whatsapp whats app de del la du"
        " geschäft geschäftlich dienst dienstlich firma büro arbeit beruflich privat private zuhause weitere weiteres"
        " sonstige sonstiges andere anderes zweite zweites haupt zentrale direkt festnetz mobil handy"
        " professionnel professionnelle pro travail bureau société domicile maison privé privée perso personnel"
        " personnelle autre autres principal principale secondaire direct directe fixe mobile portable"
        " trabajo laboral oficina empresa casa particular personal otro otra otros secundario secundaria fijo móvil"
    ).split()
)
# What a program writes beside an address: of which kind it is, how it is shown.
_BESIDE = re.compile(
    r".* \d+ (?:label|type)|(?:e mail|email)(?: \d+)? (?:type|typ|display name|angezeigter name|nom complet|tipo)"
    r"|e mail (?:\d+ )?(?:bezeichnung)"
)
_DAY_FIRST = re.compile(
    r"\b(?:dd?|tt?|jj?)\W+mm?\b", re.I
)  # of "Birthday (DD/MM/YYYY)", as it is said in four languages
_MONTH_FIRST = re.compile(r"\bmm?\W+(?:dd?|tt?|jj?)\b", re.I)
_FORMAT = re.compile(r"\b(?:(?:dd?|tt?|jj?|mm?|yy|yyyy|jjjj|aa|aaaa)\b\W*){2,}", re.I)
_MEANINGS = {fold(word): field for field, words in {**_WORDS, **_MANY}.items() for word in words.split("|")}
_MOBILE = {fold(word) for word in "mobile cell mobil handy portable móvil".split()}
_GERMAN_OR_FRENCH = {"vorname", "vornamen", "rufname", "prenom", "prenoms"}
BESIDE = "beside"  # the meaning of a column that tells about the one beside it
# Of these a person has one; what another column says of them is told.
SINGLE = ("organization", "title", "birthday")
_HEADINGS = {"email": "Email", "name": "Name"}
_PERSONAL = {"given", "family", "email"}
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]{2,}")


def plain(header: str) -> str:
    """A header as its bare words: lower case, no accents, one blank between them."""
    words = _NOT_LETTERS.sub(" ", unicodedata.normalize("NFC", header[:200]).replace("_", " "))
    return fold(_WORDS_JOINED.sub(" ", words))


def columns_of(header: Sequence[str]) -> dict[int, str]:
    """The meaning of each column that has one, by its place."""
    found = {place: meaning for place, name in enumerate(header) if (meaning := _meaning(name))}
    meanings = list(found.values())
    for place, meaning in list(found.items()):
        called = plain(header[place])
        if called == "title" and meanings.count("title") > 1:
            del found[place]  # beside a job title it is how one is addressed: Mr, Dr
        elif called == "nom" and "given" not in meanings:
            found[place] = "name"
        elif called == "name" and meaning == "name" and "family" not in meanings and _is_called_in_parts(header):
            found[place] = "family"
    return found


def told_first(heading: str) -> frozenset[First]:
    """Which of day and month the heading of a column says is written first: "Geburtstag (TT.MM.JJJJ)"; both where it
    names both ways."""
    ways: tuple[tuple[First, re.Pattern[str]], ...] = (("day", _DAY_FIRST), ("month", _MONTH_FIRST))
    return frozenset(first for first, way in ways if way.search(heading))


@lru_cache(maxsize=4096)  # each field of the first rows is asked for, in each dialect
def _meaning(heading: str) -> str:
    words = plain(heading)
    if (meaning := _MEANINGS.get(words)) is not None:
        return meaning
    if _BESIDE.fullmatch(words):
        return BESIDE
    return _one_of_many(words) or ("birthday" if _MEANINGS.get(plain(_FORMAT.sub("", heading))) == "birthday" else "")


def _one_of_many(words: str) -> str:
    """What a numbered column means, or one of a kind."""
    bare = [word for word in words.split() if not word.isdigit()]
    for left_out in ((), _OF_KINDS):
        meaning = _MEANINGS.get(" ".join(word for word in bare if word not in left_out), "")
        if meaning in _MANY:
            return meaning
    return "phone" if bare and set(bare) <= _OF_KINDS and _MOBILE & set(bare) else ""


def _is_called_in_parts(header: Sequence[str]) -> bool:
    """Whether "Name" stands for the family's, as it does beside "Vorname" and "Prénom"."""
    return any(plain(name) in _GERMAN_OR_FRENCH for name in header)


def names_people(columns: Mapping[int, str]) -> bool:
    """Whether the columns describe people: an address, or a name and something personal beside it."""
    meanings = set(columns.values())
    if meanings & _PERSONAL:
        return True
    return "name" in meanings and bool(meanings & {"phone", "birthday", "title"})


def columns_of_values(row: Sequence[str]) -> dict[int, str]:
    """The columns of a table without header, from one of its rows: mail addresses, and the name before them."""
    mails = [place for place, value in enumerate(row) if _EMAIL.fullmatch(value.strip().strip("<>"))]
    if not mails:
        return {}
    named = [place for place, value in enumerate(row) if place not in mails and _looks_like_name(value)]
    return {**dict.fromkeys(mails, "email"), **({named[0]: "name"} if named else {})}


def headings_of_values(row: Sequence[str]) -> dict[int, str]:
    """The headings a row without any would be read by; what should be an address may be a broken one."""
    meant = columns_of_values(row) or {place: "email" for place, value in enumerate(row) if "@" in value}
    named = [place for place, value in enumerate(row) if _looks_like_name(value)]
    if named and "name" not in meant.values():
        meant = {**meant, named[0]: "name"}
    return {place: _HEADINGS[meaning] for place, meaning in meant.items()}


def _looks_like_name(value: str) -> bool:
    words = value.split()
    return 1 <= len(words) <= 5 and all(word[0].isalpha() for word in words) and not any(c.isdigit() for c in value)
