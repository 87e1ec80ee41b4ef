"""Agreement with what a source expects: each case counted, each deviation named in a table with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "deviations.toml"
AT_LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Case:
    """One thing a source expects, and what we found instead or as well."""

    name: str
    expected: object
    found: object
    part_of: str = ""  # what the table of deviations names, where that is more than one case

    @property
    def agrees(self) -> bool:
        """Whether both say the same. Where the source could read nothing (U+FFFD) it expects nothing: any letter will
        do."""
        return self.expected == self.found or _is_like(self.expected, self.found)


def _is_like(expected: object, found: object) -> bool:
    if isinstance(expected, tuple) and isinstance(found, tuple) and len(expected) == len(found):
        return all(a == b or _is_like(a, b) for a, b in zip(expected, found, strict=True))
    if not isinstance(expected, str) or not isinstance(found, str) or "\ufffd" not in expected:
        return False
    return bool(re.fullmatch(".{1,3}".join(map(re.escape, expected.split("\ufffd"))), found))


@dataclass(frozen=True, slots=True)
class Agreement:
    """All cases of one source."""

    source: str
    cases: tuple[Case, ...]

    @property
    def share(self) -> float:
        """How many of a hundred hundredths agree."""
        return sum(one.agrees for one in self.cases) / len(self.cases)

    @property
    def deviating(self) -> dict[str, Case]:
        """The cases that do not agree, by what the table calls them."""
        return {one.part_of or one.name: one for one in reversed(self.cases) if not one.agrees}

    @property
    def line(self) -> str:
        """It as a line of the table."""
        agree = sum(one.agrees for one in self.cases)
        share = f"{100 * self.share:.1f} %"
        return f"{self.source:28} {len(self.cases):6} {agree:6} {share:>8} {len(self.cases) - agree:11}"


HEADING = f"{'source':28} {'cases':>6} {'agree':>6} {'':>8} {'deviations':>11}"


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Why which case of which source deviates. "a.csv rows 3 5-7" stands for four rows."""
    told = tomllib.loads(TABLE.read_text())
    return {
        source: {name: why for names, why in listed.items() for name in _spelt_out(names)}
        for source, listed in told.items()
    }


def _spelt_out(names: str) -> list[str]:
    file, rows, numbers = names.partition(" rows ")
    if not rows:
        return [names]
    spans = [span.partition("-") for span in numbers.split()]
    return [f"{file} row {one}" for first, _, last in spans for one in range(int(first), int(last or first) + 1)]


def agreement(source: str, cases: Iterable[Case]) -> Agreement:
    """Count them; names must tell them apart."""
    found = tuple(cases)
    assert len({one.name for one in found}) == len(found), source
    return Agreement(source, found)


def hold(measured: Agreement, at_least: float = AT_LEAST, is_whole: bool = True) -> None:
    """At least 95 of 100 agree; what deviates is in the table with a reason, and, of the whole source, nothing else."""
    print(f"\n{HEADING}\n{measured.line}")
    listed = reasons().get(measured.source, {})
    new = [case for name, case in measured.deviating.items() if name not in listed]
    for case in new[:200]:
        print(f"  {case.name}\n    expected {_short(case.expected)}\n    found    {_short(case.found)}")
    assert [case.name for case in new] == [], "a new deviation: mend it, or give its reason in deviations.toml"
    agree_now = listed.keys() - measured.deviating.keys() if is_whole else set()
    assert agree_now == set(), "these agree now: take them out of deviations.toml"
    assert measured.share >= at_least


def _short(value: object) -> str:
    return repr(value)[:700]
