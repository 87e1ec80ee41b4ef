"""Time zones are found by what people call them."""

from __future__ import annotations

import pytest

from rapport.kit.zones import _LOCAL_NAMES, _local, zone_called, zones_to_choose


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/berlin ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Argentina/Salta", "America/Argentina/Salta"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("München", "Europe/Berlin"),
        ("munchen", "Europe/Berlin"),
        ("Zürich", "Europe/Zurich"),
        ("Genève", "Europe/Zurich"),
        ("Kraków", "Europe/Warsaw"),
        ("København", "Europe/Copenhagen"),
        ("İstanbul", "Europe/Istanbul"),
        ("東京", "Asia/Tokyo"),
        ("US/Eastern", "America/New_York"),
        ("Europe/Oslo", "Europe/Oslo"),  # kept as Berlin by those who keep the table, and a place of its own
        ("utc", "UTC"),
        ("CET", "CET"),
        ("Eastern", ""),  # of several countries
        ("Mars/Base", ""),
        ("", ""),
    ],
)
def test_a_zone_is_found_by_any_of_its_names(said: str, zone: str) -> None:
    assert zone_called(said) == zone


def test_whatever_is_offered_is_understood() -> None:
    offered = zones_to_choose()
    assert {"Asia/Calcutta", "US/Eastern", "Europe/Berlin", "UTC", "München", "Praha"} <= set(offered)
    assert all(zone_called(one) and zone_called(one.replace("_", " ")) for one in offered)


def test_every_city_lies_in_a_zone_there_is() -> None:
    assert {zone_called(one) for one in _local()} == set(_LOCAL_NAMES)
