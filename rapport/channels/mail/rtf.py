"""RTF as Outlook packs it (MS-OXRTFCP), and its words."""

from __future__ import annotations

import struct

RTF_BYTES = 2_000_000
_PACKED, _PLAIN = b"LZFu", b"MELA"
_AHEAD = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" b"\r\n" rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # fmt: skip
_WINDOW = 4096


def unpacked_rtf(raw: bytes) -> bytes:
    """The RTF; empty where it is not packed as it should be. What breaks off is given as far as it goes."""
    if len(raw) < 16:
        return b""
    _size, full, magic, _checksum = struct.unpack_from("<II4sI", raw)
    if magic == _PLAIN:
        return raw[16 : 16 + min(full, RTF_BYTES)]
    return _unpacked(raw, min(full, RTF_BYTES)) if magic == _PACKED else b""


def _unpacked(raw: bytes, full: int) -> bytes:
    window = bytearray(_AHEAD.ljust(_WINDOW, b" "))
    at, write, found = 16, len(_AHEAD), bytearray()
    while at < len(raw) and len(found) < full:
        flags = raw[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(raw):
                    return bytes(found)
                place, size = raw[at] << 4 | raw[at + 1] >> 4, (raw[at + 1] & 15) + 2
                at += 2
                if place == write:  # the end
                    return bytes(found[:full])
                letters = [0] * size
                for step in range(size):
                    letters[step] = window[(place + step) % _WINDOW]
                    window[(write + step) % _WINDOW] = letters[step]
                found += bytes(letters)
                write = (write + size) % _WINDOW
            elif at < len(raw):
                found.append(raw[at])
                window[write] = raw[at]
                write, at = (write + 1) % _WINDOW, at + 1
            if len(found) >= full:
                break
    return bytes(found[:full])


def words_of_rtf(rtf: bytes) -> str:
    """What is written in it; nothing where it cannot be read."""
    from striprtf.striprtf import rtf_to_text  # loaded with the first winmail.dat

    try:
        words: str = rtf_to_text(rtf.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except Exception:  # a letter there is none of, a charset nobody knows: its reader fails in ways of its own
        return ""
    # Outlook writes an emoji as the two halves UTF-16 knows it by, each a letter of its own to the reader.
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()
