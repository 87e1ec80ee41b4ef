"""Which people are meant: everything a list shows can be asked for, combined, or kept under a name."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from rapport.accounts.access import Viewer
from rapport.care.narrowing import LONGEST_QUIET, Coming, Kind, PeopleFilter
from rapport.care.views import view_of
from rapport.relationships.engine.words import StrengthWord, Tone

from .answers import Answer
from .given import Text

# What a field of the API is called in the address of a page, which is how a view keeps it.
IN_ADDRESS = {"organization": "org"}


class Chosen(Answer):
    """Whom. What is said here goes before what the view asks."""

    q: Text = Field(
        "", max_length=200, description="Part of a name, an address or an organization.", examples=["priya"]
    )
    tag: Text = Field("", max_length=60)
    organization: UUID | None = Field(None, description="Who is there now.")
    often: bool = Field(False, description="Only those you are often in touch with.")
    strength: list[StrengthWord] = Field([], max_length=6, description="How strong your tie is.")
    state: list[Tone] = Field([], max_length=4, description="How it is tended.")
    whose: UUID | Literal["anybody", "nobody", ""] = Field(
        "",
        description="Whose ties are meant: a colleague’s, anybody’s of ours; nobody: whom none of ours knows. "
        "With anybody, not_met are those somebody of ours knows and you have not met.",
    )
    quiet: int | None = Field(None, ge=0, le=LONGEST_QUIET, description="The last contact is so many days ago or more.")
    kind: Kind | Literal[""] = Field("", description="Colleagues, or everybody else.")
    coming: Coming | Literal[""] = Field("", description="What is next: on your Today, a meeting, a birthday.")
    view: UUID | None = Field(None, description="A list kept under a name (`views.list`).")


def filter_of(viewer: Viewer, given: Chosen) -> tuple[PeopleFilter, str]:
    """The filter that was asked for, and the order the view is kept in; empty where it says none."""
    base = dict(view_of(viewer, given.view).asked) if given.view else {}
    said: dict[str, Any] = {name: getattr(given, name) for name in given.model_fields_set & Chosen.model_fields.keys()}
    said.pop("view", None)
    base |= {IN_ADDRESS.get(name, name): _in_words(value) for name, value in said.items()}
    return PeopleFilter.read(base), base.get("sort", "")


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)
