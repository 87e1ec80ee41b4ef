"""Time zones by whatever people call them: a name of today, one of before, or a city."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import available_timezones

from rapport.kit.text import fold

# Cities as those who live there call them, and large ones after which no zone is named. Only names of one place.
_LOCAL_NAMES = {
    "Asia/Jerusalem": "ירושלים, Tel Aviv",
    "Asia/Kolkata": "Delhi, Mumbai, Bengaluru",
    "Asia/Seoul": "서울",
    "Asia/Shanghai": "上海, 北京, Beijing",
    "Asia/Tokyo": "東京, Tōkyō, Ōsaka",
    "America/Mexico_City": "Ciudad de México",
    "America/Sao_Paulo": "São Paulo, Rio de Janeiro",
    "Europe/Amsterdam": "Den Haag, Rotterdam, Utrecht",
    "Europe/Athens": "Αθήνα",
    "Europe/Belgrade": "Beograd, Београд",
    "Europe/Berlin": "Bremen, Dresden, Düsseldorf, Frankfurt, Hamburg, Hannover, Köln, Leipzig, München, Nürnberg",
    "Europe/Brussels": "Antwerpen, Brussel, Bruxelles, Brüssel, Gent, Liège",
    "Europe/Bucharest": "București",
    "Europe/Copenhagen": "København, Kopenhagen, Aarhus",
    "Europe/Helsinki": "Helsingfors, Tampere",
    "Europe/Istanbul": "İstanbul, Ankara",
    "Europe/Kyiv": "Київ",
    "Europe/Lisbon": "Lisboa, Lissabon, Porto",
    "Europe/London": "Edinburgh, Glasgow",
    "Europe/Luxembourg": "Lëtzebuerg",
    "Europe/Madrid": "Barcelona, Sevilla",
    "Europe/Moscow": "Москва, Moskva",
    "Europe/Paris": "Bordeaux, Lille, Lyon, Marseille, Strasbourg, Toulouse",
    "Europe/Prague": "Praha, Prag, Brno",
    "Europe/Rome": "Roma, Rom, Bologna, Firenze, Milano, Napoli, Torino, Venezia",
    "Europe/Sofia": "София",
    "Europe/Stockholm": "Göteborg, Malmö",
    "Europe/Vienna": "Wien, Graz, Innsbruck, Linz, Salzburg",
    "Europe/Warsaw": "Warszawa, Warschau, Gdańsk, Kraków, Poznań, Wrocław",
    "Europe/Zurich": "Zürich, Basel, Bern, Genf, Genève, Lausanne, Luzern",
}
NOT_PLACES: Final = ("Etc/", "SystemV/", "posix/", "right/")


def zone_called(said: str) -> str:
    """The time zone somebody means by "Europe/Berlin", "berlin", "München" or "US/Eastern"; empty for none.

    A name of before becomes that of today, so that it is known wherever Rapport moves. "Eastern" alone is of several
    countries and means none.
    """
    asked = _plain(said)
    if not asked:
        return ""
    named, cities = _names()
    return named.get(asked) or cities.get(asked, "")


def zones_to_choose() -> list[str]:
    """Every name of a place, those of before too, UTC first, and cities by their local names last."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES))
    return ["UTC", *places, *sorted(_local())]


def no_such_zone() -> str:
    """Said where a time zone is of none of these names."""
    from django.utils.translation import gettext as _  # here: the child that reads files is free of Django

    return _("We do not know this time zone. Write a city, such as Berlin, or choose one from the list.")


def country_in(time_zone: str) -> str:
    """The country in which a time zone lies, "GB" for Europe/London; empty for UTC."""
    countries, before = _table()
    return countries.get(time_zone) or countries.get(before.get(time_zone, ""), "")


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The zone of each name, and of each end of a name that only one zone has."""
    countries, before = _table()
    named = {name: name for name in available_timezones()}
    # Europe/Oslo is kept as Berlin, and is a place of its own all the same.
    named |= {old: new for old, new in before.items() if old not in countries and new in named}
    ends: dict[str, set[str]] = {}
    for name, zone in named.items():
        if not name.startswith(NOT_PLACES):
            parts = name.split("/")
            for begin in range(1, len(parts)):
                ends.setdefault(_plain("/".join(parts[begin:])), set()).add(zone)
    return (
        {_plain(name): zone for name, zone in named.items()},
        {_plain(city): zone for city, zone in _local().items()}
        | {end: next(iter(zones)) for end, zones in ends.items() if len(zones) == 1},
    )


def _local() -> dict[str, str]:
    return {city: zone for zone, cities in _LOCAL_NAMES.items() for city in cities.split(", ")}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """The country of each time zone, and the names by which zones were known before."""
    folder = files("tzdata") / "zoneinfo"
    table = (line.split("\t") for line in (folder / "zone.tab").read_text().splitlines() if line[:1] not in ("", "#"))
    links = (line.split() for line in (folder / "tzdata.zi").read_text().splitlines() if line.startswith("L "))
    # CET and EST are names of an hour: that they are kept as Brussels and Panama says nothing.
    return {row[2]: row[0] for row in table}, {link[2]: link[1] for link in links if "/" in link[2]}


def _plain(name: str) -> str:
    return " ".join(fold(name[:100]).replace("_", " ").split())
