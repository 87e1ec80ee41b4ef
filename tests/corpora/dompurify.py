"""What DOMPurify expects of attacks: the words that stay. It allows more; we show no style, form or drawing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from rapport.channels.html import clean_html

from .agreement import Agreement, Case, agreement

FOLDER = "data/torture/html/dompurify"
_NOT_SHOWN = "style, textarea, select, svg, math, template"


def measure(shared: Path) -> Agreement:
    """Each attack with the clean outputs that are accepted for it."""
    return agreement("dompurify", _cases(shared / FOLDER))


def attacks(shared: Path) -> list[str]:
    """The attacks alone."""
    return [one["payload"] for path in _files(shared / FOLDER) for one in json.loads(path.read_text())]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _cases(folder: Path) -> Iterator[Case]:
    for path in _files(folder):
        for number, one in enumerate(json.loads(path.read_text())):
            accepted = one["expected"] if isinstance(one["expected"], list) else [one["expected"]]
            wanted = [_words(html) for html in accepted]
            found = _words(clean_html(one["payload"]).html)
            yield Case(f"{path.stem} {number}", found if found in wanted else wanted[0], found)


def _words(html: str) -> str:
    tree = LexborHTMLParser(html)
    for node in tree.css(_NOT_SHOWN):
        node.decompose()
    return "".join(tree.body.text().split()) if tree.body else ""
