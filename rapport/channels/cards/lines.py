"""The lines of a vCard as programs really write them: folded, quoted-printable, in any charset, 2.1 to 4.0."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..mail.encoded import decoded

_LINE_ENDS = re.compile(rb"\r\n|\n|\r")
_PROPERTY = re.compile(rb"(?:([\w-]+)\.)?([\w-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):")
_PARAMETER = re.compile(r";([^=;\"]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_QP = re.compile(rb"quoted-printable", re.IGNORECASE)
VALUE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its group ("item1"), upper-case name, upper-case parameters, and value with escapes as written."""

    group: str
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value with escapes undone."""
        return unescaped(self.value)

    def fields(self, at: str = ";") -> list[str]:
        """The value cut at its semicolons, or at whatever parts it."""
        return cut(self.value, at)


def read_lines(raw: bytes, longest: int = VALUE_LIMIT) -> Iterator[Line]:
    """The properties of one card. What is none is passed over."""
    for raw_line in _unfolded(_plain(raw)):
        found = _PROPERTY.match(raw_line)
        if not found:
            continue
        group, name, given = (part.decode("latin-1") if part else "" for part in found.groups())
        parameters = _parameters(given)
        value = raw_line[found.end() : found.end() + longest]
        if "QUOTED-PRINTABLE" in parameters.get("ENCODING", "").upper():
            value = quopri.decodestring(value)
        yield Line(group.lower(), name.upper(), parameters, decoded(value, parameters.get("CHARSET", "utf-8")))


def unescaped(value: str) -> str:
    """Undo a vCard's backslashes."""
    if "\\" not in value:
        return value.strip()
    return _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value).strip()


def cut(value: str, at: str = ";") -> list[str]:
    """A value as written, cut at what parts it, and the backslashes of each part undone."""
    return [unescaped(part) for part in _cut(value, at)]


def _cut(value: str, at: str) -> list[str]:
    """A separator behind a backslash parts nothing, unless that backslash is one behind a backslash itself."""
    if "\\" not in value:
        return re.split(f"[{at}]", value)
    parts, is_escaped = [list[str]()], False
    for letter in value:
        if letter in at and not is_escaped:
            parts.append([])
        else:
            parts[-1].append(letter)
        is_escaped = letter == "\\" and not is_escaped
    return ["".join(letters) for letters in parts]


def _plain(raw: bytes) -> bytes:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace").encode("utf-8")
    if raw[1:2] == b"\x00":
        return raw.decode("utf-16-le", "replace").encode("utf-8")
    if raw[:1] == b"\x00":
        return raw.decode("utf-16-be", "replace").encode("utf-8")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _unfolded(raw: bytes) -> Iterator[bytes]:
    kept: list[bytes] = []
    soft = False
    for line in _LINE_ENDS.split(raw):
        if soft:  # quoted-printable goes on after "=" at the end of a line
            kept[-1] = kept[-1][:-1]
            kept.append(line.lstrip(b" \t") if line[:1] in (b" ", b"\t") else line)
        elif kept and line[:1] in (b" ", b"\t"):
            kept.append(line[1:])
        elif kept and line and not _PROPERTY.match(line) and b":" not in line:
            kept.append(line.strip())  # a value broken without the blank that says so
        else:
            if kept:
                yield b"".join(kept)
            kept = [line]
        soft = kept[-1].endswith(b"=") and bool(_QP.search(kept[0].partition(b":")[0]))
    if kept:
        yield b"".join(kept)


def _parameters(given: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(given):
        key, written = name.strip().upper(), value.strip().strip('"')
        if not value and key not in ("TYPE", "CHARSET", "ENCODING"):
            # vCard 2.1 leaves the names out: TEL;HOME;VOICE
            key, written = ("ENCODING", key) if key in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT") else ("TYPE", key)
        found[key] = f"{found[key]},{written}" if key in found else written
    return found
