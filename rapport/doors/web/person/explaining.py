"""Why things stand as they do: the figures of a pair as rows that add up, each leading to its evidence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.relationships.engine import explaining
from rapport.relationships.engine.standing import Standing

from ..addresses import with_query
from ..pages.person import Explanation, WhyRow


def strength_of(standing: Standing, address: str, as_of: str | None) -> Explanation | None:
    """The strength explained; nothing where they have not met."""
    if not standing.known:
        return None
    told = explaining.explain(standing)
    scale, signals = told.scale, standing.confidence.signals
    return Explanation(
        sentence=told.sentence,
        figure=_("%(points)d, give or take %(doubt)d") % {"points": scale.tick, "doubt": scale.give_or_take},
        at=scale.tick,
        low=scale.low,
        high=scale.high,
        rows=_rows(told.rows, address, "strength", as_of),
        sure=told.confidence,
        words=scale.words,
        word_at=scale.words.index(scale.word) if scale.word in scale.words else 0,
        evidence_address=with_query(address, as_of=as_of),
        evidence_label=ngettext("The %(n)d signal", "All %(n)d signals", signals) % {"n": signals},
    )


def vitality_of(standing: Standing, address: str, as_of: str | None) -> Explanation | None:
    """How likely they are to be in touch, explained; nothing while it is too early."""
    percent = standing.vitality_percent
    if percent is None:
        return None
    told = explaining.explain(standing)
    return Explanation(
        sentence=told.vitality_sentence,
        figure=_("%(n)d in 100") % {"n": percent},
        at=percent,
        low=percent,
        high=percent,
        rows=_rows(told.vitality_rows, address, "vitality", as_of),
        sure=told.confidence,
    )


def row_named(standing: Standing, row: str) -> explaining.ShownRow | None:
    """The row an address names, as `figure:kind`."""
    figure, _colon, kind = row.partition(":")
    told = explaining.explain(standing)
    rows = told.rows if figure == "strength" else told.vitality_rows
    return next((one for one in rows if one.kind == kind), None)


def _rows(rows: tuple[explaining.ShownRow, ...], address: str, figure: str, as_of: str | None) -> tuple[WhyRow, ...]:
    return tuple(
        WhyRow(row.title, row.detail, row.points, with_query(address, row=f"{figure}:{row.kind}", as_of=as_of))
        for row in rows
    )
