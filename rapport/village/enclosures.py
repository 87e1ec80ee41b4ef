"""The few small files people send along."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import lru_cache


@lru_cache
def enclosure(name: str) -> bytes:
    """A message part with the file of that name: rota.csv, notes.txt, plan.png or invoice.pdf."""
    kind, data = _FILES[name]
    head = f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n'
    return f"{head}Content-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(data)


def _plan() -> bytes:
    """A grey picture of 16 by 16 dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((row * 12 + 40,)) * 16 for row in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _invoice() -> bytes:
    """A PDF of one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


_FILES = {
    "rota.csv": (
        "text/csv",
        b"day,early,late,night\nMonday,4,3,2\nTuesday,4,3,2\nWednesday,5,3,2\nThursday,4,3,2\nFriday,4,2,2\n",
    ),
    "notes.txt": (
        "text/plain",
        b"1. Start with the afternoons.\n2. Look at the waiting list on Thursdays.\n3. Print the door list at seven.\n",
    ),
    "plan.png": ("image/png", _plan()),
    "invoice.pdf": ("application/pdf", _invoice()),
}
