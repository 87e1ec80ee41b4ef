"""What flufl.bounce expects of returned mail: which addresses were not reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapport.channels.mail.bodies import read_parts
from rapport.channels.mail.bounces import failed_addresses
from rapport.channels.mail.headers import read_head
from rapport.channels.mail.parsing import parse_message

from .agreement import Agreement, Case, agreement

FOLDER = "data/torture/bounces/flufl-bounce"
EXPECTED = Path(__file__).with_suffix(".tsv")


def measure(shared: Path) -> Agreement:
    """Every sample for which the library names addresses."""
    return agreement("flufl.bounce", _cases(shared / FOLDER))


def _cases(folder: Path) -> Iterator[Case]:
    for line in EXPECTED.read_text().splitlines()[1:]:
        name, _, addresses = line.partition("\t")
        if (folder / name).exists():
            yield Case(name, tuple(addresses.split()), _found((folder / name).read_bytes()))


def _found(raw: bytes) -> tuple[str, ...]:
    head = read_head(raw)
    sightings = parse_message(raw).sightings
    if sightings and sightings[0].automatic != "bounce":
        return ()
    senders = [one.address.value for one in sightings[0].parties if one.part == "from"] if sightings else []
    return tuple(sorted(failed_addresses(head, read_parts(head, raw), next(iter(senders), ""))))
