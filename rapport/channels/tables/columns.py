"""Which column of a table holds what, guessed from its header: the words address books and CRMs export."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SAID = "Rapport says"  # what we say of a row that was not read, in the table given out to be mended: of nobody

_NOT_LETTERS = re.compile(r"[^\w]+")

# The words of Google, Outlook, Apple, HubSpot, Salesforce and LinkedIn in English, German, French and Spanish.
_WORDS = {
    "name": "name|full name|fullname|display name|displayname|contact|contact name|person|vollständiger name"
    "|anzeigename"
    "|nom complet|nom affiché|nombre completo|nombre para mostrar|file as|participant|member|mitglied|teilnehmer",
    "given": "first name|firstname|given name|givenname|forename|vorname|prénom|nombre|nombre de pila|first",
    "middle": "middle name|additional name|zweiter vorname|weitere vornamen|deuxième prénom|segundo nombre",
    "family": "last name|lastname|family name|surname|familyname|nachname|familienname|nom de famille|apellido"
    "|apellidos|last",
    "email": "email|e mail|mail|email address|e mail address|emailaddress|e mail adresse|emailadresse|mailadresse"
    "|adresse e mail|adresse email|adresse mail|adresse de messagerie|courriel|correo|correo electrónico"
    "|dirección de correo electrónico"
    "|primary email|work email|home email|email 1 value|e mail 1 value|email 2 value|e mail 2 value|e mail 2 address"
    "|e mail 3 address|email 2|email 3|e mail 2|contact email|e post",
    "phone": "phone|telephone|tel|phone number|mobile|mobile phone|mobile number|cell|cell phone|cellphone|home phone"
    "|business phone|work phone|primary phone|other phone|company main phone|phone 1 value|phone 2 value"
    "|phone 3 value|home phone 2"
    "|business phone 2|telefon|telefonnummer|handy|mobil|mobiltelefon|handynummer|telefon geschäftlich|telefon privat"
    "|téléphone|portable|téléphone mobile|numéro de téléphone|teléfono|móvil|celular|teléfono móvil"
    "|mobile phone number",
    "organization": "company|organization|organisation|organization name|organization 1 name|company name|account name"
    "|employer"
    "|firma|unternehmen|firmenname|société|entreprise|empresa|compañía|organización|associated company",
    "title": "title|job title|jobtitle|position|role|organization 1 title|organization title|occupation|stelle"
    "|berufsbezeichnung|funktion|titre|fonction|poste|cargo|puesto",
    "birthday": "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversaire"
    "|date de naissance"
    "|cumpleaños|fecha de nacimiento",
    "note": "notes|note|comment|comments|description|notizen|notiz|bemerkung|bemerkungen|kommentar|remarque"
    "|remarques|notas|nota",
    "tags": "tags|tag|labels|label|categories|category|groups|group|group membership|kategorien|kategorie|gruppe"
    "|gruppen"
    "|étiquettes|catégories|groupe|etiquetas|categorías|grupo",
    "left_alone": "do not contact|don t contact|nicht kontaktieren|ne pas contacter|no contactar",
    "uid": "uid|contact id|record id|id|url|linkedin url|profile url",
    "said": "rapport says",
}
_MEANINGS = {word: field for field, words in _WORDS.items() for word in words.split("|")}
_PERSONAL = {"given", "family", "email"}
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]{2,}")


def plain(header: str) -> str:
    """A header as its bare words: lower case, one blank between them."""
    return _NOT_LETTERS.sub(" ", unicodedata.normalize("NFC", header).replace("_", " ").lower()).strip()


def columns_of(header: Sequence[str]) -> dict[int, str]:
    """The meaning of each column that has one, by its place."""
    return {place: _MEANINGS[plain(name)] for place, name in enumerate(header) if plain(name) in _MEANINGS}


def names_people(columns: dict[int, str], header: Sequence[str]) -> bool:
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


def _looks_like_name(value: str) -> bool:
    words = value.split()
    return 1 <= len(words) <= 5 and all(word[0].isalpha() for word in words) and not any(c.isdigit() for c in value)
