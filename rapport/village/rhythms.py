"""When two people are in touch: how often, how it changes over the years, and how long it has been quiet."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

YEARS = 1460


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Usual days between two talks from `started` days ago until `quiet` days ago.

    `shape` is steady, cooling (gaps grow fourfold), revived (a silent year in the middle), passing (a few days only)
    or unanswered (only we write). `talks` is the share of calls and meetings, `theirs` the share they begin.
    """

    gap: float
    started: int
    quiet: int = 1
    shape: str = "steady"
    talks: float = 0.28
    theirs: float = 0.55


def beats(rng: Random, rhythm: Rhythm) -> list[int]:
    """The days on which they are in touch, in days ago, oldest first; the last is `quiet` days ago."""
    if rhythm.started < rhythm.quiet:
        return []
    found: list[int] = []
    ago = float(rhythm.started)
    while ago > rhythm.quiet + 0.45 * _gap_at(rhythm, ago):
        if not _in_silent_year(rhythm, ago):
            found.append(round(ago))
        ago -= max(1.0, _gap_at(rhythm, ago) * rng.uniform(0.6, 1.4))
    return sorted({*found, rhythm.quiet}, reverse=True)


def _gap_at(rhythm: Rhythm, ago: float) -> float:
    if rhythm.shape != "cooling":
        return rhythm.gap
    passed = (rhythm.started - ago) / max(1, rhythm.started - rhythm.quiet)
    return rhythm.gap * (1 + 3 * passed)


def _in_silent_year(rhythm: Rhythm, ago: float) -> bool:
    middle = (rhythm.started + rhythm.quiet) / 2
    return rhythm.shape == "revived" and middle - 170 < ago < middle + 170


_SHARES = {
    "fortnightly": 1,
    "monthly": 5,
    "quarterly": 18,
    "cooling": 5,
    "revived": 3,
    "ended": 5,
    "unanswered": 5,
    "passing": 46,
    "fresh": 4,
}


def draw_rhythm(rng: Random, longest: int, *, even: bool, rare: bool = False) -> Rhythm:
    """A rhythm that begins at most `longest` days ago.

    `even` keeps to rhythms that ask for nothing today, so that a day holds what its scenes say and little else.
    """
    kind = "quarterly" if rare else rng.choices(list(_SHARES), list(_SHARES.values()))[0]
    if even and kind in ("cooling", "fresh"):
        kind = "quarterly"
    started = rng.randint(min(200, longest - 1), min(longest, YEARS) - 1)
    talks, theirs = rng.uniform(0.12, 0.36), rng.uniform(0.3, 0.75)
    longest_quiet = 0.4 if even else 0.7
    match kind:
        case "fortnightly" | "monthly" | "quarterly":
            gap = {"fortnightly": 13, "monthly": 30, "quarterly": 88}[kind] * rng.uniform(0.8, 1.25)
            return Rhythm(gap, started, rng.randint(1, max(2, int(longest_quiet * gap))), "steady", talks, theirs)
        case "cooling":
            return Rhythm(rng.uniform(18, 35), started, rng.randint(40, 120), "cooling", talks, theirs)
        case "revived":
            gap = rng.uniform(28, 50)
            return Rhythm(
                gap,
                max(started, min(700, longest - 1)),
                rng.randint(1, int(longest_quiet * gap)),
                "revived",
                talks,
                theirs,
            )
        case "ended":
            quiet = min(rng.randint(400, 900), longest - 60)
            return Rhythm(rng.uniform(30, 70), rng.randint(quiet, longest - 1), quiet, "steady", talks, theirs)
        case "unanswered":
            return Rhythm(rng.uniform(50, 110), started, rng.randint(5, 60), "unanswered", 0, 0)
        case "fresh":
            return Rhythm(rng.uniform(6, 12), rng.randint(25, 50), rng.randint(1, 5), "steady", talks, theirs)
        case _:
            ago = rng.randint(50, longest - 1)
            return Rhythm(rng.uniform(3, 9), ago, max(45, ago - rng.randint(0, 15)), "passing", 0.2, theirs)
