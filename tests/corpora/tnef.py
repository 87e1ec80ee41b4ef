"""What the lists beside winmail.dat files expect: the files in it, its words among them as body.rtf or body.html.

A file without a name is called "Untitled Attachment" there: any name agrees with that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapport.channels.mail.tnef import NAMELESS, read_tnef

from .agreement import Agreement, Case, agreement

FOLDER = "data/torture/tnef/mimekit-tnef"


def measure(shared: Path) -> Agreement:
    """Every file that has a list: each name in it, and that no other file is beside them."""
    return agreement("mimekit-tnef", _cases(shared / FOLDER))


def _cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.tnef")):
        expected = [name for name in path.with_suffix(".list").read_text().splitlines() if name]
        found = _found(path.read_bytes())
        beside = found - Counter([*(name for name in expected if name != NAMELESS), "body.html", "body.rtf"])
        nameless = [name for name in expected if name == NAMELESS]
        for number, name in enumerate(expected):
            there = name == NAMELESS or bool(found[name])
            yield Case(f"{path.stem} {number}", name, name if there else None)
        yield Case(f"{path.stem} beside", len(nameless), beside.total())


def _found(raw: bytes) -> Counter[str]:
    packed = read_tnef(raw)
    words = ["body.html"] if packed.html else ["body.rtf"] if packed.rtf else []
    return Counter([*(file.name for file in packed.files), *words])
