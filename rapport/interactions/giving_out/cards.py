"""One person as a vCard 4.0: what is known, and beside it whatever the cards held from which they became known.

A property that says what is known is given as it stood there, with its parameters; one that says otherwise, because it
was changed or taken out by hand, is not given. Of those that a card may have once, later ones are kept as X-ALSO-….
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from rapport.channels.cards.lines import cut, unescaped
from rapport.channels.cards.vcf import NOTED_AT, WISH
from rapport.channels.sightings import Property
from rapport.kit.text import db_text, fold, one_line
from rapport.people.birthdays import Birthday
from rapport.people.exporting import Row
from rapport.people.naming import BY_HAND
from rapport.people.splitting import parts_of

from .as_they_came import Came
from .lines import escaped

_FRAME = {"BEGIN", "END", "VERSION", WISH}  # what they asked for is known, and said anew
_ONCE = {"N", "BDAY", "ANNIVERSARY", "GENDER", "REV", "PRODID", "UID", "KIND"}
_HANDLES = {"EMAIL", "TEL"}
_AT_WORK = {"ORG", "TITLE", "ROLE"}
_NOTE_LETTERS = 2000  # of which a fact is made
_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio", "KEY": "application"}
_PACKED = ("B", "BASE64")
_DIGITS = 7  # a number written without its country is the same by its end


def card_of(row: Row, came: Sequence[Came]) -> Iterator[str]:
    """The lines of a card."""
    yield from ("BEGIN:VCARD", "VERSION:4.0")
    kept = _Kept(row)
    for number, card in enumerate(came):
        kept.take(card, number)
    yield from kept.known()
    yield from kept.lines
    yield "END:VCARD"


class _Kept:
    """What was taken over from cards, and what is known beside it."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.lines: list[str] = []
        self._given = set[str]()  # lines, groups aside
        self._names = set[str]()  # of properties
        self._said = set[tuple[str, str]]()  # name and meaning: addresses, tags, places

    def take(self, card: Came, number: int) -> None:
        """All of a card that is still so."""
        notes = [unescaped(one.value) for one in card.properties if one.name == "NOTE"]
        whole = db_text("\n\n".join(one for one in notes if one).strip(), _NOTE_LETTERS)
        for one in card.properties:
            if one.name in _FRAME or not one.value.strip() or not self._is_so(one, card):
                continue
            if one.name == "NOTE" and whole in card.unsaid:
                continue
            if one.name == "CATEGORIES":
                one = self._tags_still_there(one)
            self._give(one, number)

    def _is_so(self, one: Property, card: Came) -> bool:
        if one.name == "BDAY" and not self._row.person.touched_by_hand:
            return not one.means or self._row.birthday is not None
        if one.name in _HANDLES or one.name == "BDAY":
            return not one.means or self._is_known(one)
        if one.means:  # a messenger
            return one.means in self._row.others
        if one.name in _AT_WORK:
            return not card.is_placed
        if one.name in ("FN", "N"):
            return self._row.person.name_rank < BY_HAND or _is_name(one, self._row)
        return True

    def _is_known(self, one: Property) -> bool:
        if one.name == "EMAIL":
            return one.means in self._row.emails
        if one.name == "TEL":
            return any(_ends_alike(one.means, number) for number in self._row.phones)
        return one.means == _day_told(self._row.birthday)

    def _tags_still_there(self, one: Property) -> Property:
        there = {fold(word) for word in self._row.tags}
        words = [word for word in cut(one.value, ",;") if word and fold(one_line(word, 60)) in there]
        self._said |= {("CATEGORIES", fold(one_line(word, 60))) for word in words}
        return Property(one.name, ",".join(escaped(word) for word in words), one.group, one.parameters)

    def _give(self, one: Property, number: int) -> None:
        if not one.value:
            return
        line = written(one)
        if line in self._given:
            return
        self._given.add(line)
        name = one.name
        if name in _ONCE and (name in self._names or (name == "BDAY" and one.means and not self._is_known(one))):
            name, line = f"X-ALSO-{name}", f"X-ALSO-{line}"
        self._names.add(name)
        if one.means:
            self._said.add((name, one.means))
        elif name in _AT_WORK:
            self._said.add((name, fold(cut(one.value)[0])))
        group = f"{one.group}-{number}" if one.group and number else one.group
        self.lines.append(f"{group}.{line}" if group else line)

    def known(self) -> Iterator[str]:
        """What is known and stood on none of them."""
        row, station = self._row, self._row.station
        if "UID" not in self._names:
            yield f"UID:urn:uuid:{row.person.id}"
        if f"FN:{escaped(row.person.name)}" not in self._given:
            yield f"FN:{escaped(row.person.name)}"
        if "N" not in self._names:
            yield _name_in_parts(row)
        if station and not self._has("ORG", fold(station.organization)):
            yield f"ORG:{escaped(station.organization)}"
        if station and station.title and not self._has("TITLE", fold(station.title)):
            yield f"TITLE:{escaped(station.title)}"
        yield from (f"EMAIL:{escaped(one)}" for one in row.emails if not self._has("EMAIL", one))
        for number in row.phones:
            if not any(_ends_alike(said, number) for name, said in self._said if name == "TEL"):
                yield f"TEL;VALUE=uri:tel:{number}"
        said = {means for _, means in self._said}
        yield from (f"IMPP:{escaped(one)}" for one in row.others if one not in said)
        if row.birthday and not self._has("BDAY", _day_told(row.birthday)):
            yield f"BDAY:{_day(row.birthday)}"
        if tags := [word for word in row.tags if not self._has("CATEGORIES", fold(word))]:
            yield "CATEGORIES:" + ",".join(escaped(word) for word in tags)
        # vCard has no word for it. As a note or a category it would come back as one, and nobody would be left alone.
        for wish in row.wishes:
            at = f"{wish.noted_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
            yield f"{WISH};{NOTED_AT}={at}:{wish.kind};{escaped(wish.why)}"

    def _has(self, name: str, means: str) -> bool:
        return (name, means) in self._said


def written(one: Property) -> str:
    """A property as vCard 4.0 writes it: UTF-8 and nothing else, pictures and keys within as data."""
    given = dict(one.parameters)
    packing, kind = given.pop("ENCODING", "").upper(), given.get("TYPE", "")
    given.pop("CHARSET", None)
    value = one.value.strip().replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    if packing in _PACKED and not value.startswith("data:"):
        given.pop("TYPE", None)
        given.pop("VALUE", None)
        value = f"data:{_media_type(one.name, kind)};base64,{''.join(value.split())}"
    return one.name + "".join(f";{name}={_parameter(name, said)}" for name, said in given.items()) + f":{value}"


def _media_type(name: str, kind: str) -> str:
    kind = kind.partition(",")[0].lower()
    return kind if "/" in kind else f"{_MEDIA.get(name, 'application')}/{kind or 'octet-stream'}"


def _parameter(name: str, said: str) -> str:
    """Its value, in quotes where a sign in it would end it. Several types are parted by commas."""
    plain = said.replace('"', "'").replace("\n", " ").replace("\r", " ")
    return f'"{plain}"' if any(sign in plain for sign in (";:" if name == "TYPE" else ";:,")) else plain


def _name_in_parts(row: Row) -> str:
    parts = parts_of(row.person.name, row.person.language)
    return "N:" + ";".join(map(escaped, (parts.family, parts.given, parts.middle, parts.title, parts.suffix)))


def _is_name(one: Property, row: Row) -> bool:
    return one.name == "FN" and fold(unescaped(one.value)) == fold(row.person.name)


def _ends_alike(one: str, other: str) -> bool:
    first, second = ("".join(filter(str.isdigit, number))[-_DIGITS:] for number in (one, other))
    return first == second


def _day_told(birthday: Birthday | None) -> str:
    return f"{birthday.year or '-'}-{birthday.month:02}-{birthday.day:02}" if birthday else ""


def _day(birthday: Birthday) -> str:
    """ "19870314", or "--0314" without the year."""
    year = "--" if birthday.year is None else f"{birthday.year:04}"
    return f"{year}{birthday.month:02}{birthday.day:02}"
