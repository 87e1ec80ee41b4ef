"""The eight people at Fernhill."""

from __future__ import annotations

from rapport.village.values import Colleague

HOME_NAME, HOME_DOMAIN = "Fernhill", "fernhill.example"
_WEEK = (0, 1, 2, 3, 4)


def _colleague(
    key: str,
    name: str,
    title: str,
    zone: str,
    role: str,
    languages: str,
    joined_days_ago: int,
    phone: str,
    days: tuple[int, ...] = _WEEK,
) -> Colleague:
    portrait = key if key in {"maya", "ali", "sofia", "jude", "peter"} else ""
    return Colleague(
        key,
        name,
        name.split()[0],
        f"{key}@{HOME_DOMAIN}",
        title,
        zone,
        days,
        role,
        portrait,
        tuple(languages.split()),
        joined_days_ago,
        phone,
    )


COLLEAGUES = (
    _colleague("maya", "Maya Ellison", "Customer lead", "Europe/London", "owner", "en fr", 1460, "+44 20 7946 0101"),
    _colleague(
        "sofia", "Sofia Marchetti", "Product designer", "Europe/Rome", "admin", "en es", 1460, "+44 20 7946 0102"
    ),
    _colleague(
        "peter", "Peter Mori", "Finance and contracts", "Europe/London", "admin", "en ja", 1460, "+44 20 7946 0103"
    ),
    _colleague("ali", "Ali Rezaei", "Support engineer", "Europe/Berlin", "member", "en de", 1330, "+49 30 23125 104"),
    _colleague("jude", "Jude Okafor", "Onboarding", "Europe/London", "lead", "en", 1180, "+44 20 7946 0105"),
    _colleague("leila", "Leïla Haddad", "Partnerships", "Europe/Paris", "member", "en fr ar", 940, "+33 1 99 00 01 06"),
    _colleague("tamar", "Tamar Levin", "Customer care", "Asia/Jerusalem", "member", "en he", 760, "", (6, 0, 1, 2, 3)),
    _colleague(
        "beatriz", "Beatriz Moura", "Customer care", "Europe/Lisbon", "member", "en pt es", 470, "", (0, 1, 2, 3)
    ),
)
BY_KEY = {colleague.key: colleague for colleague in COLLEAGUES}
