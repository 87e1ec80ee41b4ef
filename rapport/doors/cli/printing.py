"""How the terminal speaks: answers on stdout, everything else on stderr, colours only where somebody looks."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, is_dataclass
from typing import Any

from rapport.kit.text import in_terminal

from .words import _


def say(sentence: str) -> None:
    """A sentence beside the answer."""
    sys.stderr.write(in_terminal(sentence) + "\n")
    sys.stderr.flush()


def answer(text: str = "") -> None:
    """A line of the answer."""
    sys.stdout.write(in_terminal(text) + "\n")


def undo_with(entry: object) -> str:
    """How a change is taken back."""
    return _("Undo with: rapport undo %(entry)s") % {"entry": entry}


def answer_json(value: Any) -> None:
    """The answer for a program: the same fields as the API gives."""
    plain = value
    if hasattr(value, "model_dump"):  # a schema; naming its class would load Django for --help
        plain = value.model_dump(mode="json")
    elif is_dataclass(value) and not isinstance(value, type):
        plain = asdict(value)
    elif isinstance(value, list):
        plain = [asdict(one) if is_dataclass(one) and not isinstance(one, type) else one for one in value]
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2, default=str) + "\n")


def glyph(strength: int | None, health: float | None) -> str:
    """The Overlap in a terminal: ((•)), one to three dots for how well it is tended."""
    if strength is None:
        return "( ) ( )"
    dots = "·" if health is None else "•" * (1 if health < 0.34 else 2 if health < 0.66 else 3)
    return f"(({dots}))"


def columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns; the last is left as it is."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    ]
