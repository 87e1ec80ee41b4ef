"""The search in what was written and said, as one value."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.interactions.excerpting import Piece
from rapport.interactions.saying.wording import kind_label
from rapport.interactions.searching import LONGEST, FoundWords, search, understood
from rapport.kit.trouble import NotUnderstood

from ..addresses import with_query
from ..entering import Visit
from ..pages.finding import FoundMoment, SearchPage, Words
from ..telling_moments import aside_of, icon_of, names_of

SHORTEST = 3  # letters after which the palette looks into what was written


def search_page(visit: Visit, q: str, after: str | None) -> SearchPage:
    """What has these words, newest first; without words, how to ask."""
    asked = q[:LONGEST]
    if not asked:
        return SearchPage("")
    try:
        found = search(visit.viewer, asked, cursor=after, as_of=visit.now if visit.as_of else None)
    except NotUnderstood as trouble:
        return SearchPage(asked, trouble=trouble.sentence)
    more = with_query("/search", q=asked, after=found.next) if found.next else None
    return SearchPage(asked, tuple(_moment(visit, one) for one in found.rows), more=more)


def newest(visit: Visit, q: str, most: int) -> tuple[FoundMoment, ...]:
    """The newest few, for the palette."""
    if len(q) < SHORTEST or understood(q).is_empty:
        return ()
    found = search(visit.viewer, q, limit=most, as_of=visit.now if visit.as_of else None)
    return tuple(_moment(visit, one) for one in found.rows)


def _moment(visit: Visit, found: FoundWords) -> FoundMoment:
    entry = found.entry
    who = names_of(visit, [(person, name) for person, name, _part in entry.participants])
    aside = [who, aside_of(entry.minutes, entry.count_in_thread, entry.is_cancelled)]
    return FoundMoment(
        address=f"/interactions/{entry.id}",
        at=visit.local(entry.at),
        icon=icon_of(entry.kind),
        headline=_words(found.title) or (Words(kind_label(entry.kind)),),
        aside=" · ".join(one for one in aside if one),
        text=_words(found.text),
        place=_words(found.place),
        files=tuple(_words(one) for one in found.files),
        by=entry.by,
    )


def _words(pieces: Sequence[Piece]) -> tuple[Words, ...]:
    return tuple(Words(one.text, one.is_found) for one in pieces)
