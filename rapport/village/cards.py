"""The address book as a vCard file; some cards know both of someone's addresses, some people have no card."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

from rapport.village.calendar import escape, fold
from rapport.village.cast import Cast, Villager
from rapport.village.letters import letter_id


def write_cards(path: Path, rng: Random, cast: Cast, dawn: datetime) -> None:
    """Everyone the story names or Maya knows, and seven in ten of the others; Maya kept both addresses of who moved."""
    of_maya = {tie.villager.key for tie in cast.ties if tie.colleague.key == "maya"}
    lines: list[str] = []
    for villager in cast.villagers:
        well_kept = villager.key in of_maya or bool(villager.portrait)
        has_card, both = rng.random() < 0.7, rng.random() < 0.5
        if well_kept or has_card:
            lines += _card(villager, dawn, both=well_kept or both)
    path.write_bytes(b"".join(fold(line) for line in lines))


def _card(villager: Villager, dawn: datetime, *, both: bool) -> list[str]:
    """Someone who moved on is on the card with the new address, and with the old one too if `both`."""
    post, name = villager.posts[-1], villager.name
    yearless = villager.birthday and not villager.birth_year_known
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{'4.0' if yearless else '3.0'}",
        f"UID:{letter_id('cards.fernhill.example', villager.key)[1:-1]}",
        f"FN:{escape(name.full)}",
        f"N:{escape(name.family)};{escape(name.given)};;;",
        f"EMAIL;TYPE={'work' if yearless else 'INTERNET,WORK'}:{post.address}",
    ]
    if both:
        lines += [f"EMAIL;TYPE={'home' if yearless else 'INTERNET'}:{old.address}" for old in villager.posts[:-1]]
    if post.organization:
        lines += [f"ORG:{escape(post.organization.name)}", f"TITLE:{escape(post.title)}"]
        lines.append(f"CATEGORIES:{escape(post.organization.trade.capitalize())}")
    if villager.phone:
        lines.append(f"TEL;TYPE={'cell' if yearless else 'CELL'}:{villager.phone}")
    if villager.birthday:
        lines.append(f"BDAY:{villager.birthday:{'--%m%d' if yearless else '%Y-%m-%d'}}")
    return [*lines, f"REV:{dawn:%Y%m%dT%H%M%SZ}", "END:VCARD"]
