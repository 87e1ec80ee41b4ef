"""Every attack on pages in the corpora: one piece of markup each, with a name."""

from __future__ import annotations

import re
from pathlib import Path

from rapport.channels.mail.encoded import decoded

from . import dompurify

FOLDER = "data/torture/html"
_NUMBERED = re.compile(r'(?=<div id="\d+">)')


def attacks(shared: Path) -> dict[str, str]:
    """Name and markup of each: DOMPurify's, the HTML5 security cheatsheet's, bleach's, and mail as it was sent."""
    folder = shared / FOLDER
    found = {f"dompurify {number}": one for number, one in enumerate(dompurify.attacks(shared))}
    for path in sorted((folder / "html5-security-cheatsheet/vectors").glob("*.txt")):
        for number, one in enumerate(_NUMBERED.split(path.read_text("utf-8", "replace"))):
            found[f"{path.stem} {number}"] = one
    for number, line in enumerate((folder / "html5-security-cheatsheet/payloads.js.txt").read_text().splitlines()):
        found[f"payload {number}"] = f"<script>{line}</script><img src=x onerror='{line}'>"
    for path in sorted((folder / "bleach").glob("*.test")):
        found[f"bleach {path.stem}"] = path.read_text("utf-8", "replace").partition("\n--\n")[0]
    for path in sorted((folder / "mimekit-html").glob("*.html")):
        raw = path.read_bytes()
        found[path.name] = decoded(raw, "utf-16" if "utf-16" in path.name else "utf-8")
    return {name: one for name, one in found.items() if one.strip()}
