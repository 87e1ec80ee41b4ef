"""The shape of a language: how one greets, asks, tells, answers, leaves and quotes in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people write about in turn. `trades` is empty when anyone may; the home side begins if `ours`.

    Turns may hold {day}, {n}, {time}, {room} and {place}. Only a turn that is answered by the next one may ask.
    The second turn brings the file named in `enclosed`.
    """

    trades: tuple[str, ...]
    ours: bool
    subject: str
    turns: tuple[str, ...]
    enclosed: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything one language needs. Formats take {name}; `wrote` also takes {date} and {address}."""

    language: str
    hellos: tuple[str, ...]
    byes: tuple[str, ...]
    days: tuple[str, ...]
    rooms: tuple[str, ...]
    asides: tuple[str, ...]
    topics: tuple[Topic, ...]
    titles: tuple[str, ...]
    wrote: str
    date: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    leaving: tuple[str, str]
    arrived: tuple[str, str]
    away: tuple[str, str]

    def topics_for(self, trade: str, *, ours: bool) -> tuple[Topic, ...]:
        """The topics someone of that trade may write about, begun by us or by them."""
        return tuple(t for t in self.topics if t.ours is ours and (not t.trades or trade in t.trades))

    def quoting(self, name: str, address: str, at: datetime) -> str:
        """The line a mail program of this language puts above what it quotes."""
        date = self.date.format(
            weekday=self.weekdays[at.weekday()],
            month=self.months[at.month - 1],
            d=at.day,
            m=at.month,
            y=at.year,
            time=f"{at:%H:%M}",
        )
        return self.wrote.format(date=date, name=name, address=address)


def theirs(trades: str, subject: str, *turns: str, enclosed: str = "") -> Topic:
    """A topic the other side begins; `trades` separated by spaces."""
    return Topic(tuple(trades.split()), False, subject, turns, enclosed)


def ours(trades: str, subject: str, *turns: str) -> Topic:
    """A topic the home side begins; `trades` separated by spaces."""
    return Topic(tuple(trades.split()), True, subject, turns)
