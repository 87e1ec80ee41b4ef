"""`make bench` or `python -m benchmarks`: import, pages and the command, measured in a home of its own."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import starting
from .own_home import own_home

if TYPE_CHECKING:
    from rapport.kit.house import House

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
MAILING_LIST = SHARED / "data/ties/mail_samples/linux_mips_2004H1.mbox.gz"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)  # the village of that day: the same bytes every time
CARDS, ROWS = 2_000, 60_000
VILLAGE_SCALE = 0.62  # some two and a half thousand mails in one mailbox


def main() -> None:
    """Measure all of it and print it as a table."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning")
    with own_home() as house, tempfile.TemporaryDirectory() as folder:
        _imports(house.files_folder, Path(folder))
        _address_books(house.files_folder, Path(folder))
        _pages(house.files_folder)
        _commands(house)


def _imports(files_folder: Path, folder: Path) -> None:
    from rapport.village import raise_village

    from . import importing

    raise_village(folder, NOW, scale=VILLAGE_SCALE)
    mailboxes = [("village, Maya's mailbox", folder / "maya.mbox", "maya@fernhill.example")]
    if MAILING_LIST.exists():
        mailboxes.insert(0, ("linux-mips, half a year", MAILING_LIST, "ralf@linux-mips.org"))
    print(f"\n{'import':24}{'mails':>7}{'mails/s':>9}{'again/s':>9}{'stdlib/s':>10}{'ratio':>7}{'load':>6}")
    for name, path, address in mailboxes:
        one = importing.measure(name, path, address, files_folder)
        print(
            f"{one.name:24}{one.mails:7,}{one.per_second:9.0f}{one.mails / one.again_seconds:9.0f}"
            f"{one.plain_per_second:10.0f}{one.per_second / one.plain_per_second:7.2f}{one.load:6.1f}",
            flush=True,
        )


def _address_books(files_folder: Path, folder: Path) -> None:
    from . import importing

    books = [
        ("address book, .vcf", folder / "book.vcf", importing.address_book(CARDS)),
        ("another CRM's .csv", folder / "people.csv", importing.table_of_people(ROWS)),
    ]
    print(f"\n{'import':24}{'people':>7}{'people/s':>9}{'again/s':>9}{'copied/s':>10}{'ratio':>7}{'load':>6}")
    for name, path, content in books:
        path.write_bytes(content)
        people, seconds, again, load = importing.measure_people(path, files_folder)
        plain = importing.rows_alone(content) if path.suffix == ".csv" else None
        beside = f"{plain:10.0f}{people / seconds / plain:7.3f}" if plain else f"{'':17}"
        print(f"{name:24}{people:7,}{people / seconds:9.0f}{people / again:9.0f}{beside}{load:6.1f}", flush=True)


def _pages(files_folder: Path) -> None:
    from . import serving

    found = serving.measure(files_folder, NOW, lambda line: print(line, file=sys.stderr, flush=True))
    print("\n".join(serving.as_table(found)))


def _commands(house: House) -> None:
    print(f"\n{'command':24}{'ms':>7}{'load':>6}")
    for one in starting.measure(house):
        print(f"{one.command:24}{one.milliseconds:7.0f}{one.load:6.1f}", flush=True)


if __name__ == "__main__":
    main()
