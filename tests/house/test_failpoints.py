"""Every failpoint in the code is in the registry, once, and the registry names no other."""

from __future__ import annotations

import ast
import re
from collections import Counter

from rapport.kit.failpoints import NAMES

from .code import none, sources


def _named() -> list[tuple[str, str]]:
    calls = ((s.at(call), call.args[0]) for s in sources() for call, name in s.calls() if name == "failpoint")
    return [(at, name) for at, said in calls for name in _names(said)]


def _names(said: ast.expr) -> list[str]:
    """The name, or, of one put together, each in the registry that it may be."""
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    parts = said.values if isinstance(said, ast.JoinedStr) else []
    pattern = "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in parts)
    return [name for name in sorted(NAMES) if re.fullmatch(pattern, name)] or [ast.unparse(said)]


def test_every_failpoint_is_in_the_registry() -> None:
    none([f"{at}: {name}" for at, name in _named() if name not in NAMES], "Name it in rapport/kit/failpoints.py:")


def test_the_registry_names_no_other() -> None:
    none(sorted(NAMES - {name for _at, name in _named()}), "No code comes to this place any more:")


def test_each_is_one_place() -> None:
    twice = [name for name, times in Counter(name for _at, name in _named()).items() if times > 1]
    none(twice, "Two places share a name, so a test cannot stop at one of them:")
