"""What every answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """A plain model: ninja's own Schema looks through every value it is given, four times the price of a list."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, one: object) -> Self:
        """From what has attributes of the same names."""
        return cls.model_validate(one)


@dataclass(frozen=True, slots=True)
class File:
    """What is given as bytes, and what is missing in it, in a sentence."""

    name: str
    body: bytes
    sentence: str = ""
