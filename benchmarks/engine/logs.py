"""Public interaction logs as columns: who wrote to whom and when. Nobody here wrote them, none is committed."""

from __future__ import annotations

import csv
import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rapport.relationships.engine.batch import Contacts
from rapport.relationships.engine.habits import KINDS
from rapport.relationships.engine.replay import Ends

DAY = 86400.0
KIND_OF_CHANNEL = {"call": "call", "purchase": "purchase", "dm": "chat"}
"""Everything else is written down as mail."""


@dataclass(frozen=True, slots=True)
class Log:
    """One log: its name, when it begins (unix seconds), its contacts as the engine takes them."""

    name: str
    begins: float
    contacts: Contacts
    people: int


def ties_folder() -> Path:
    """Where the public logs are kept."""
    return Path(os.environ.get("RAPPORT_SHARED", "../shared")) / "data" / "ties"


def read_logs(folder: Path) -> list[Log]:
    """All logs of a folder, by name."""
    return [read_log(path) for path in sorted(folder.glob("*.csv.gz"))]


def read_log(path: Path) -> Log:
    """One log of columns sender, recipient, t (unix seconds) and channel; messages to oneself are left out."""
    with gzip.open(path, "rt", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["sender"] != row["recipient"]]
    sender, recipient, channel = ([row[name] for row in rows] for name in ("sender", "recipient", "channel"))
    at = np.array([float(row["t"]) for row in rows])
    contacts, people = contacts_between(sender, recipient, at / DAY, channel)
    return Log(path.name.split(".")[0], float(at.min()), contacts, people)


def contacts_between(
    sender: list[str], recipient: list[str], at_days: NDArray[np.float64], channel: list[str]
) -> tuple[Contacts, int]:
    """Contacts by pair, and of how many people; the side whose name sorts first counts as ours. See `ends_among`."""
    _, codes = np.unique(np.array(sender + recipient), return_inverse=True)
    ours, theirs = codes[: len(sender)], codes[len(sender) :]
    low, high = np.minimum(ours, theirs), np.maximum(ours, theirs)
    kinds = {name: KINDS.index(KIND_OF_CHANNEL.get(name, "mail")) for name in set(channel)}
    size = len(sender)
    people = int(codes.max()) + 1
    contacts = Contacts(
        pair=low.astype(np.int64) * people + high,
        at=at_days,
        by_us=ours < theirs,
        kind=np.fromiter((kinds[name] for name in channel), np.int64, size),
        minutes=np.full(size, np.nan),
        group=np.full(size, 2),
        weight=np.ones(size),
        by_neither=np.zeros(size, np.bool_),
    )
    return contacts, people


def ends_among(people: int) -> Ends:
    """Whose pairs these are, where pairs were numbered among so many people."""
    return lambda pairs: (pairs // people, pairs % people)
