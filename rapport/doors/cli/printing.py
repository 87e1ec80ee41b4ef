"""How the terminal speaks: answers on stdout, everything else on stderr, colours only where somebody looks."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from rapport.kit.text import in_terminal

from .words import _, ngettext

if TYPE_CHECKING:
    import typer

_NARROWEST, _LAST_AT_LEAST = 10, 30


def say(sentence: str) -> None:
    """A sentence beside the answer."""
    sys.stderr.write(in_terminal(sentence) + "\n")
    sys.stderr.flush()


def answer(text: str = "") -> None:
    """A line of the answer."""
    sys.stdout.write(in_terminal(text) + "\n")


def more_with(typed: typer.Context, cursor: str) -> str:
    """How one goes on: the command that was typed, with what leads behind this page."""
    words = ["rapport", str(typed.info_name)]
    for one in typed.command.params:
        name = str(one.name)
        if name == "cursor" or not was_typed(typed, name):
            continue
        value = typed.params[name]
        for said in value if isinstance(value, list | tuple) else [value]:
            option = [] if one.param_type_name == "argument" else [max(one.opts, key=len)]
            words += option if said is True else [*option, str(said)]
    return _("More: %(command)s") % {"command": shlex.join([*words, "--cursor", cursor])}


def was_typed(typed: typer.Context, name: str) -> bool:
    """Whether an option was given, rather than left as it is by default."""
    source = typed.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def and_more(count: int) -> str:
    """Said behind a choice that goes on."""
    said = ngettext("... and %(n)d more. Write more of the name.", "... and %(n)d more. Write more of the name.", count)
    return said % {"n": count}


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


_DOTS = {"at_risk": "•", "needs_care": "••", "doing_well": "•••"}


def glyph(figures: Any) -> str:
    """The Overlap in a terminal: ((•)), one to three dots for how it is tended, as the words beside it say."""
    return "( ) ( )" if figures.strength is None else f"(({_DOTS.get(figures.health, '·')}))"


def columns(rows: list[tuple[str, ...]], room: int = 0) -> list[str]:
    """Rows as lines with aligned columns, cut where a line has no room for them; the last is left as it is."""
    if not rows:
        return []
    from rich.cells import cell_len, set_cell_size

    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    room = room or _room_here()
    if room:
        widths = _fitting(widths, room)
    return [
        "  ".join(
            [
                *(_cut(cell, width, cell_len, set_cell_size) for cell, width in zip(row[:-1], widths, strict=False)),
                row[-1],
            ]
        )
        for row in rows
    ]


def _room_here() -> int:
    """How many letters stand in a line; 0 where nobody looks: a file wants all."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0


def _fitting(widths: list[int], room: int) -> list[int]:
    """The widths, the widest columns narrower until a line has room; of the last its beginning is enough."""
    fitting, last = widths[:-1], min(widths[-1], _LAST_AT_LEAST)
    while sum(fitting) + last + 2 * len(fitting) > room and max(fitting, default=0) > _NARROWEST:
        fitting[fitting.index(max(fitting))] -= 1
    return [*fitting, widths[-1]]


def _cut(cell: str, width: int, length: Callable[[str], int], sized: Callable[[str, int], str]) -> str:
    """A cell as wide as its column; letters of China, Japan and Korea take two places."""
    return sized(cell, width) if length(cell) <= width else sized(cell, width - 1) + "…"
