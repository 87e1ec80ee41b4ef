"""What operations take: values that are safe to hand to a room, whoever sent them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from rapport.kit.text import db_text

Kind = Literal[
    "mail", "meeting", "call", "visit", "chat", "letter", "card", "gift", "social", "form", "purchase", "event", "note"
]


def _representable(moment: AwareDatetime) -> AwareDatetime:
    # At the ends of the calendar a moment cannot be told in another time zone.
    if not 1800 <= moment.year <= 2200:
        raise ValueError(_("choose a moment between the years 1800 and 2200"))
    return moment


def _day(day: date) -> date:
    if not 1800 <= day.year <= 2200:
        raise ValueError(_("choose a day between the years 1800 and 2200"))
    return day


Text = Annotated[str, AfterValidator(db_text)]
Moment = Annotated[AwareDatetime, AfterValidator(_representable)]
Day = Annotated[date, AfterValidator(_day)]
Cursor = Annotated[str | None, Field(max_length=2000, description="What `next` said on the page before.")]


class Given(BaseModel):
    """The parameters of an operation. A name it does not know is refused: a slip must not pass for a wish."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Given):
    """No parameters."""


class Reading(Given):
    """What every reading operation takes."""

    as_of: Day | None = Field(
        None, description="Answer as of the end of this day, in the reader's time zone.", examples=["2026-07-01"]
    )


class OfPerson(Given):
    """What is done with one person."""

    person_id: UUID
