"""Finding what happened by its words: newest first, and only what the viewer may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.pages import Page, moment_cursor, moment_key
from rapport.kit.text import db_text
from rapport.kit.trouble import NotUnderstood

from .entries import Entry, entries_of
from .excerpting import Piece, excerpt_of

LONGEST = 200  # letters of what is asked
MOST_TERMS = 20
SHORTEST_BEGINNING = 3  # letters; what begins with fewer is gathered by looking, not by the index
READ = 100_000  # letters of a text in which words are looked for
HAS_FILE = "has:file"

_TERM = re.compile(r'(-?)(?:"([^"]*)("?)|(\S+))')
_ANY_LETTER = re.compile(r"\w")
_AFTER_ALL = datetime(9999, 12, 30, tzinfo=UTC)
_HIGHEST = UUID(int=2**128 - 1)
_HAS_FILE_QUERY = f"'''{HAS_FILE}'''::tsquery"
_FIND = f"""
SELECT interaction_id, at FROM find_words(
  words_query(%(wanted)s::text[], %(begun)s::text[], %(unwanted)s::text[])
    && CASE WHEN %(files)s THEN {_HAS_FILE_QUERY} ELSE '' END,
  words_query(%(wanted)s::text[], %(long)s::text[], %(unwanted)s::text[])
    && CASE WHEN %(files)s THEN {_HAS_FILE_QUERY} ELSE '' END,
  %(person)s, %(member)s, %(guest)s, %(before)s, %(before_id)s, %(most)s)
"""  # noqa: S608 - only what is ours is put in
_TEXTS = f"""
SELECT u.id, i.place, coalesce(left(m.text, {READ}), ''),
  coalesce(jsonb_path_query_array(m.attachments, '$[*].name')::text, '[]')
FROM unnest(%s::uuid[]) AS u(id)
  CROSS JOIN LATERAL (SELECT place FROM interaction WHERE id = u.id OFFSET 0) AS i
  LEFT JOIN LATERAL (SELECT * FROM message WHERE interaction_id = u.id OFFSET 0) AS m ON true
"""  # noqa: S608 - only what is ours is put in

_NAMES = msgspec.json.Decoder(list[str])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words and phrases, words that begin so, what must not stand there, and whether with files."""

    wanted: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    with_files: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that something could be found by; what must not stand there is not enough."""
        return not (self.wanted or self.begun or self.with_files)


@dataclass(frozen=True, slots=True)
class FoundWords:
    """An interaction, and where words stand in it: its title, a stretch of its text, its place where they stand there,
    and names of files, in pieces.
    """

    entry: Entry
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    place: tuple[Piece, ...] = ()
    files: tuple[tuple[Piece, ...], ...] = field(default=())


def search(
    viewer: Viewer, words: str, *, cursor: str | None = None, limit: int = 20, as_of: datetime | None = None
) -> Page[FoundWords]:
    """A page of what the viewer may read that has all these words, in at most four queries; NotUnderstood where nothing
    is asked for.
    """
    wanted = understood(words)
    if wanted.is_empty:
        raise NotUnderstood(_("Say a word that stands in it."), code="no-words", q=_("Say a word that stands in it."))
    rows = _found(viewer, wanted, _start(cursor, as_of), limit + 1)
    more = moment_cursor(rows[limit - 1][1], rows[limit - 1][0]) if len(rows) > limit else None
    return Page(_shown(viewer, wanted, [one for one, _at in rows[:limit]]), more)


def understood(words: str) -> Wanted:
    """What somebody means by what they typed. The last word may still be in the making, so it is taken as begun, as is
    whatever ends in an asterisk.
    """
    said = db_text(words[:LONGEST])
    wanted, begun, unwanted, with_files = list[str](), list[str](), list[str](), False
    for found in list(_TERM.finditer(said))[:MOST_TERMS]:
        minus, phrase, closed, word = found.groups()
        term = phrase if word is None else word
        if word is not None and word.lower() == HAS_FILE and not minus:
            with_files = True
        elif not _ANY_LETTER.search(term) or _is_half_typed(term):
            continue
        elif minus:
            unwanted.append(term)
        elif (word is None and not closed) or term.endswith("*") or (word is not None and found.end() == len(said)):
            begun.append(term)
        else:
            wanted.append(term)
    return Wanted(tuple(wanted), tuple(begun), tuple(unwanted), with_files)


def _is_half_typed(term: str) -> bool:
    return ":" in term and HAS_FILE.startswith(term.lower())


def _start(cursor: str | None, as_of: datetime | None) -> tuple[datetime, UUID]:
    """Before which moment and interaction to look."""
    if cursor is not None:
        return moment_key(cursor)
    return as_of or _AFTER_ALL, _HIGHEST


def _found(viewer: Viewer, wanted: Wanted, start: tuple[datetime, UUID], most: int) -> list[tuple[UUID, datetime]]:
    certain = bool(wanted.wanted or wanted.with_files)
    long = [one for one in wanted.begun if len(one) >= SHORTEST_BEGINNING or not certain]
    values = {
        "wanted": list(wanted.wanted), "begun": list(wanted.begun), "long": long, "unwanted": list(wanted.unwanted),
        "files": wanted.with_files, "person": viewer.person_id, "member": viewer.membership_id,
        "guest": viewer.is_guest, "before": start[0], "before_id": start[1], "most": most,
    }  # fmt: skip
    return [(row[0], row[1]) for row in ask(_FIND, values)]


def _shown(viewer: Viewer, wanted: Wanted, ids: Sequence[UUID]) -> tuple[FoundWords, ...]:
    if not ids:
        return ()
    texts = {one: (place, text, _NAMES.decode(names)) for one, place, text, names in ask(_TEXTS, [list(ids)])}
    # The database found only what may be read; what is private all the same is not shown, whatever the reason.
    entries = [one for one in entries_of(viewer, ids) if not one.is_private]
    return tuple(_with_pieces(one, wanted, *texts.get(one.id, ("", "", []))) for one in entries)


def _with_pieces(entry: Entry, wanted: Wanted, place: str, text: str, files: Sequence[str]) -> FoundWords:
    names = [excerpt_of(name, wanted.wanted, wanted.begun) for name in files]
    where = excerpt_of(place, wanted.wanted, wanted.begun)
    return FoundWords(
        entry,
        title=excerpt_of(entry.title, wanted.wanted, wanted.begun),
        text=excerpt_of(text or entry.excerpt, wanted.wanted, wanted.begun),
        place=where if any(piece.is_found for piece in where) else (),
        files=tuple(one for one in names if wanted.with_files or any(piece.is_found for piece in one)),
    )
