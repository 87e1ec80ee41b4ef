"""Gather every sentence people see into rapport/locale/rapport.pot, the catalogue from which translations begin.

python -m scripts.messages

The text has no dates and no line numbers, so that it changes only when a sentence does.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import write_po

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "rapport"
CATALOGUE = PACKAGE / "locale" / "rapport.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in
            ("gettext", "ngettext", "pgettext", "npgettext")}}  # fmt: skip
# As in rapport/doors/web/jinja.py, or the sentences gathered would differ from those asked for by a blank.
TEMPLATE_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
CHANGING = re.compile(
    r'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team):.*\n',
    re.M,
)


def catalogue_text() -> str:
    """The catalogue as it must be now."""
    catalogue = Catalog(project="Rapport", charset="utf-8", fuzzy=False, header_comment="# The sentences of Rapport.")
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            _gather(catalogue, path, "python", {})
    for path in sorted((PACKAGE / "doors/web/templates").rglob("*.html")):
        _gather(catalogue, path, "jinja2.ext:babel_extract", TEMPLATE_OPTIONS)
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=True, include_lineno=False)
    return CHANGING.sub("", written.getvalue().decode("utf-8"))


def _gather(catalogue: Catalog, path: Path, method: str, options: dict[str, str]) -> None:
    place = path.relative_to(HOME).as_posix()
    for line, message, comments, context in extract_from_file(method, path, KEYWORDS, (), options):
        catalogue.add(message, locations=[(place, line)], auto_comments=comments, context=context)


def main() -> None:
    """Write the catalogue."""
    CATALOGUE.parent.mkdir(exist_ok=True)
    text = catalogue_text()
    CATALOGUE.write_text(text, "utf-8")
    sys.stdout.write(f"{CATALOGUE.relative_to(HOME)}: {text.count('msgid ') - 1} sentences\n")


if __name__ == "__main__":
    main()
