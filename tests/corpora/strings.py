"""Strings that break programs: the big list of naughty strings, East Asian texts, what they lack. Not a test itself."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = "data/torture/strings"
ALSO = (
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dalgo",
    "\u202eevil\u202c me", "abc\u202edef", "a\u2066b\u2067c\u2068d", "\u2069\u2069x", "אבג (x) 12", "ابو بكر, 3",
    "\u200f\u200e\u061cx", "👩‍👩‍👧‍👦 family", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🇩🇪🇫🇷",
    "a\x00b", "\ud800lone", "lone\udfff", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "\x7f\x08\x08del",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://x\",\"y\")",
    "a;b,c:d\\n\\,e", "a\nb", "a\r\nb", "line\u2028sep\u2029end", "BEGIN:VCARD", "END:VCARD\r\nBEGIN:VCARD",
    "{{ 7*7 }}", "{% raw %}", "${7*7}", "%s %(name)s %d", "{0} {name}", "\\", "'", '"', "`", "--", "/*", "%", "_", "%%",
    "NULL", "None", "null", "undefined", "true", "NaN", "[object Object]", "ﷺ", "ǅ", "ß", "ﬀ", "İi", "Å", "A\u030a",
    "\u3164", "\u200b\u200b", "\u2800", "\ufeff", "\U000e0001", "\U0010ffff", "\ufffe", "𝕽𝖆𝖕𝖕𝖔𝖗𝖙", 
    "x" * 5000, "é" * 999,
    "👍" * 300, "<b>bold</b>", "&amp;", "&#60;script&#62;", "]]>", "<!--", "</textarea>", "</title><script>x</script>",
    "javascript:alert(1)", "data:text/html,<script>1</script>", "//evil.example", "http://[::1", "../../etc/passwd",
    "[bold]x[/]", "[/]", "a\tb", " lead", "trail ", "two  blanks",
)  # fmt: skip


def naughty(shared: Path) -> list[str]:
    """All of them, each once."""
    found = [text for file in sorted((shared / FOLDER).glob("*/*.json")) for text in json.loads(file.read_text())]
    for file in sorted((shared / FOLDER).glob("cjkencodings/*-utf8.txt")):
        found += file.read_text().splitlines()
    return list(dict.fromkeys([*found, *ALSO]))
