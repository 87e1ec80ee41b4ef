"""The lines of cards and calendars (RFC 6350 and 5545, 3.1): escaped, and folded where they are long."""

from __future__ import annotations

WIDEST = 75  # bytes


def escaped(text: str) -> str:
    """A text as a value."""
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """A long line goes on behind a blank; no letter is cut in two."""
    if line.isascii():
        first, rest = line[:WIDEST], line[WIDEST:]
        return "\r\n ".join([first, *(rest[at : at + WIDEST - 1] for at in range(0, len(rest), WIDEST - 1))])
    lines, width = [""], 0
    for letter in line:
        width += len(letter.encode())
        if width > WIDEST:
            lines.append(" ")
            width = 1 + len(letter.encode())
        lines[-1] += letter
    return "\r\n".join(lines)
