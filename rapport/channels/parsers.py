"""Which reader takes which format. Loaded in the child process, so that only it pays for the readers."""

from __future__ import annotations

from collections.abc import Callable

from .calendar.ics import parse_calendar
from .cards.vcf import card_properties, parse_card
from .glancing import fields_of_mail, fields_of_row
from .html import clean_mail
from .mail.enclosed import enclosed_file
from .mail.parsing import parse_message
from .sightings import Failure, Parsed, ReadingOptions
from .tables.csv import parse_table

PARSERS: dict[str, Callable[[bytes, ReadingOptions], Parsed]] = {
    "mail": parse_message,
    "calendar": parse_calendar,
    "card": parse_card,
    "table": parse_table,
    "card-properties": card_properties,
    "mail-page": clean_mail,
    "mail-file": enclosed_file,
    "mail-fields": fields_of_mail,
    "row-fields": fields_of_row,
}


def parse(format: str, raw: bytes, options: ReadingOptions) -> Parsed:
    """Read one piece here and now, without limits; readers of foreign bytes go through `sandbox` instead."""
    parser = PARSERS.get(format)
    return parser(raw, options) if parser else Parsed(failure=Failure("unknown-format", format))
