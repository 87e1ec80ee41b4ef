"""Who of ours knows somebody, and who would introduce us best."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from rapport.relationships.who_knows import Acquaintance, who_knows

from .answers import Answer
from .catalogue import Asked, operation
from .given import OfPerson
from .shapes import Figures, Who, figures, own_figures


class Colleague(Answer):
    """One of ours who knows them."""

    person: Who
    last_at: datetime | None
    figures: Figures


class WhoKnows(Answer):
    """Colleagues who know somebody, the best to introduce us first."""

    person: Who
    not_scored: bool = Field(description="They asked not to be scored: it is not said who knows them.")
    own: Figures = Field(description="How you and they stand.")
    colleagues: list[Colleague]
    best: UUID | None = Field(description="Who would introduce you best; null where nobody knows them better than you.")


@operation(
    "people.who-knows", "GET", "/people/{person_id}/who-knows", "Say who of ours knows somebody",
    right="read", takes=OfPerson, gives=WhoKnows,
)  # fmt: skip
def told(asked: Asked, given: OfPerson) -> WhoKnows:
    """By how strong the tie is and how alive. A guest is told of nobody else's ties."""
    found = who_knows(asked.viewer, given.person_id, asked.now)
    own = own_figures() if found.person_id == asked.viewer.person_id else figures(found.own)
    return WhoKnows(
        person=Who(id=found.person_id, name=found.name),
        not_scored=found.do_not_score,
        own=own,
        colleagues=[_colleague(one) for one in found.colleagues],
        best=found.best.id if found.best else None,
    )


def _colleague(one: Acquaintance) -> Colleague:
    return Colleague(person=Who(id=one.id, name=one.name), last_at=one.last_at, figures=figures(one.standing))
