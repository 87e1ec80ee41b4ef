"""The project's own source, parsed once, for the pattern rules. Not a test itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PACKAGE = HOME / "rapport"


@dataclass(frozen=True)
class Source:
    """A module: where it is, relative to the package, and what it says."""

    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        """Its path within the package."""
        return self.path.relative_to(PACKAGE).as_posix()

    def at(self, node: ast.AST) -> str:
        """Where to look."""
        return f"rapport/{self.place}:{getattr(node, 'lineno', 1)}"

    def is_in(self, *places: str) -> bool:
        """Whether it is one of these files, or lies in one of these folders (ending in /)."""
        return any(self.place == place or (place.endswith("/") and self.place.startswith(place)) for place in places)

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Every absolute name that is imported, wherever in the module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the dotted name of what is called ("" where it has none)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, ".".join(reversed(list(_parts(node.func))))


@cache
def sources() -> tuple[Source, ...]:
    """All modules of the package but the migrations."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Source(path, ast.parse(path.read_text("utf-8"))) for path in paths)


def _parts(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute):
        yield node.attr
        node = node.value
    yield node.id if isinstance(node, ast.Name) else ""


def none(found: list[str], instead: str) -> None:
    """Fail with what to do instead."""
    assert found == [], f"{instead}\n  " + "\n  ".join(found)
