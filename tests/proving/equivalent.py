"""Mutants that change nothing anybody could see, each with its reason (equivalent.toml). Only these are not counted."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from .mutants import Mutant

LISTED = Path(__file__).with_name("equivalent.toml")


def is_equivalent(mutant: Mutant) -> bool:
    """Whether it is listed."""
    return mutant.key in _listed()


@cache
def _listed() -> frozenset[tuple[str, str, str, str]]:
    told = tomllib.loads(LISTED.read_text("utf-8")).get("mutant", [])
    assert all(one["why"].strip() for one in told), "each mutant needs its reason"
    return frozenset((one["file"], one["function"], one["was"], one["now"]) for one in told)
