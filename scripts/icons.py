"""Build rapport/doors/web/look/icons.svg from the icons of npm lucide-static 1.62 (ISC), only those the pages use.

npm pack lucide-static@1.62 && tar xzf lucide-static-1.62.*.tgz
python scripts/icons.py package/icons
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

WEB = Path(__file__).parents[1] / "rapport/doors/web"
NAMED_ELSEWHERE = set(  # by page values and as arguments of macros
    """arrow-left-right at-sign briefcase cake calendar clipboard-list clock coffee file-text gift globe handshake heart
    house inbox link mail mail-open map-pin message-circle notebook-pen phone plus receipt share-2 shopping-bag smile
    star sticky-note tag ticket upload user-plus users keyboard history sun settings import x
    play pause rotate-ccw undo-2 git-merge pencil""".split()
)
CLASSES = {"quiet", "ok", "i-flip", "done", "later"}  # what else stands quoted in a call of icon()
LICENCE = "<!-- Lucide 1.62, https://lucide.dev, ISC licence, parts MIT (Feather); see icons-LICENSE -->"


def main(folder: Path) -> None:
    """Write the sprite and copy the licence."""
    names = NAMED_ELSEWHERE | named_by_templates()
    symbols = "\n".join(symbol(name, (folder / f"{name}.svg").read_text()) for name in sorted(names))
    look = WEB / "look"
    (look / "icons.svg").write_text(f'{LICENCE}\n<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')
    (look / "icons-LICENSE").write_text((folder.parent / "LICENSE").read_text())


def named_by_templates() -> set[str]:
    """Every icon name written in a template as icon("…"), with its choices."""
    text = "\n".join(path.read_text() for path in (WEB / "templates").rglob("*.html"))
    calls = re.findall(r"icon\(([^)]*)\)", text)
    named = {name for call in calls for name in re.findall(r'"([a-z][a-z0-9-]*)"', call)}
    return {name for name in named if name not in CLASSES}


def symbol(name: str, source: str) -> str:
    """One icon as a symbol that takes its colour and width from the page."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if found is None:
        raise ValueError(f"{name} is not an SVG picture")
    body = re.sub(r">\s+<", "><", " ".join(found.group(1).split()))
    head = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="i-{name}" {head}>{body}</symbol>'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
