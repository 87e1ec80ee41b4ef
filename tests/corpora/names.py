"""Names and how others part them: nameparser's own table, and what officials in the USA labelled. Not a test itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

FOLDER = "data/torture/names"
FIELDS = ("given", "middle", "family", "title", "suffix", "nickname", "maiden")
# More than one person, a company, or a second given name that officials themselves label in two ways.
_NOT_ONE_PERSON = ("And", "SecondGivenName")


@dataclass(frozen=True)
class Parted:
    """A name, its parts as somebody else sees them, and the language where that was said."""

    id: str
    name: str
    parts: dict[str, str]
    language: str = ""


def parted(shared: Path) -> Iterator[Parted]:
    """nameparser's cases: chosen because they are hard."""
    for file in sorted((shared / FOLDER / "nameparser-cases").glob("*.json")):
        for case in json.loads(file.read_text()):
            yield Parted(case["id"], case["text"], case["expect"], case["locale"] or "")


def labelled(shared: Path) -> Iterator[Parted]:
    """Names as officials typed them, of which the family name is labelled."""
    for file in sorted((shared / FOLDER / "probablepeople").glob("person_*.xml")):
        for name in Tree.parse(file).getroot():
            words = [(word.tag, (word.text or "").strip()) for word in name]
            tags = {tag for tag, _ in words}
            family = " ".join(word for tag, word in words if tag == "Surname").strip(" ,.")
            if family and len(words) > 1 and not tags & set(_NOT_ONE_PERSON):
                whole = " ".join(word for _, word in words)
                yield Parted(whole, whole, {"family": family})


def all_names(shared: Path) -> list[str]:
    """Every name, of people and companies, and every postal address: whatever is written where a name should be."""
    found = [one.name for one in parted(shared)]
    for file in sorted((shared / FOLDER).glob("*/*.xml")):
        found += [" ".join((word.text or "").strip() for word in line) for line in Tree.parse(file).getroot()]
    for file in sorted((shared / FOLDER / "usaddress").glob("*.csv")):
        found += file.read_text(encoding="utf-8", errors="replace").splitlines()
    return list(dict.fromkeys(one.strip() for one in found if one.strip()))
