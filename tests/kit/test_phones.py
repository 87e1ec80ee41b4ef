"""Telephone numbers as people write them: one number, however it is written."""

from __future__ import annotations

import pytest

from rapport.kit.phones import grouped, number_of
from rapport.kit.zones import country_in


@pytest.mark.parametrize(
    ("written", "country", "found"),
    [
        ("+44 20 7946 0123", "", "+442079460123"),
        ("020 7946 0123", "GB", "+442079460123"),
        ("020 7946 0123", "", "02079460123"),
        ("tel:+1-201-555-0123", "", "+12015550123"),
        ("tel:+49-30-12345678;isub=2", "", "+493012345678"),
        ("ask Bo", "", ""),
        ("12", "GB", ""),
        ("0049 (0)30 / 1234 5678", "", "+493012345678"),
        ("0049 30 12345678", "US", "+493012345678"),
        ("011 49 30 12345678", "US", "+493012345678"),
        ("\u202a+49 30 12345678\u202c", "", "+493012345678"),
        ("٠٢٠ ٧٩٤٦ ٠١٢٣", "GB", "+442079460123"),
        ("020 7946 0123 (home)", "GB", "+442079460123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+52 1 222 123 4567", "", "+522221234567"),
        ("222 123 4567", "MX", "+522221234567"),
        ("+39 06 1234 5678", "", "+390612345678"),
        ("999", "GB", "999"),
        ("*31#1234", "GB", "*31#1234"),
        ("+999 1234567", "GB", "+9991234567"),
    ],
)
def test_a_number_is_one_however_it_is_written(written: str, country: str, found: str) -> None:
    assert number_of(written, country) == found


def test_a_number_that_cannot_be_of_here_stays_as_it_is_dialled() -> None:
    """A wrong country would lead a call to a stranger."""
    assert number_of("030 1234 5678", "US") == "03012345678"


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/London", "GB"), ("Europe/Stockholm", "SE"), ("Asia/Calcutta", "IN"), ("UTC", ""), ("Nowhere", "")],
)
def test_a_time_zone_lies_in_a_country(zone: str, country: str) -> None:
    assert country_in(zone) == country


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+442079460123", "+44 20 7946 0123"),
        ("+12015550123", "+1 201-555-0123"),
        ("+493012345678", "+49 30 12345678"),
        ("02079460123", "02079460123"),
        ("+9991234567", "+9991234567"),
        ("rosa@moss.example", "rosa@moss.example"),
        ("", ""),
    ],
)
def test_a_number_is_shown_in_groups_and_means_the_same(number: str, shown: str) -> None:
    assert grouped(number) == shown
    assert number_of(shown, "") in (number, "")


def test_what_is_kept_is_kept_so_again() -> None:
    """Fractions are digits with a line between them."""
    number = number_of("¾0¼", "KI")
    assert number == "+68634014" == number_of(number, "KI")
