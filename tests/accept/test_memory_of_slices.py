"""However large a calendar or a file of cards is, cutting it takes the same memory, in the process that imports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

SMALL, LARGE = 20 << 20, 60 << 20  # bytes
MOST = 20.0  # MiB above what the process takes before it reads
READ = """
import json, sys
from pathlib import Path
from rapport.channels.reading import pieces_in

def peak():
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

before, path = peak(), Path(sys.argv[1])
pieces = sum(1 for piece in pieces_in(path, path.name) if not piece.skipped)
print(json.dumps({"pieces": pieces, "took": peak() - before}))
"""


@pytest.mark.parametrize("kind", ["ics", "vcf"])
def test_memory_is_flat(kind: str, tmp_path: Path) -> None:
    small, large = (_read(_written(tmp_path / f"{size}.{kind}", size)) for size in (SMALL, LARGE))
    print(f"\n{kind}: {SMALL >> 20} MB: {small}, {LARGE >> 20} MB: {large}")
    assert large["pieces"] > 2.9 * small["pieces"] > 30_000
    assert small["took"] < MOST
    assert large["took"] < MOST


def _written(path: Path, size: int) -> Path:
    parts = _calendar() if path.suffix == ".ics" else _cards()
    with path.open("w", newline="") as file:
        for part in parts:
            file.write(part)
            size -= len(part)
            if size < 0:
                return path
    return path


def _calendar() -> Iterator[str]:
    """Series of which every fourth has an exception a thousand events behind it."""
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n"
    for n in count():
        exception = "RECURRENCE-ID:20260310T090000Z\r\n" if n % 4 == 0 and n > 1000 else ""
        yield (
            f"BEGIN:VEVENT\r\nUID:{n - 1000 if exception else n}@fernhill.example\r\n{exception}"
            f"DTSTART;TZID=Our Own:20260303T09{n % 60:02}00\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Rota {n}\r\n"
            f"DESCRIPTION:{'Bring the plan of last week. ' * 10}\r\n"
            f"ATTENDEE;CN=Priya:mailto:p{n % 200}@solace.example\r\nEND:VEVENT\r\n"
        )


def _cards() -> Iterator[str]:
    for n in count():
        yield (
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Priya {n}\r\nEMAIL:p{n}@solace.example\r\n"
            f"NOTE:{'She likes the early train. ' * 18}\r\nEND:VCARD\r\n"
        )


def _read(path: Path) -> dict[str, float]:
    ran = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=240)
    if ran.returncode:
        pytest.fail(ran.stderr)
    found: dict[str, float] = json.loads(ran.stdout)
    return found
