"""One history of migrations, complete, one after the other, that imports nothing of the project."""

from __future__ import annotations

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from .code import PACKAGE, none

MIGRATIONS = sorted((PACKAGE / "migrations").glob("[0-9]*.py"))


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=1)
    except SystemExit:
        pytest.fail(f"The models have changed: run makemigrations.\n{said.getvalue()}")


def test_they_are_numbered_one_after_the_other() -> None:
    assert [int(path.name[:4]) for path in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_they_import_nothing_of_the_project() -> None:
    found = [f"{path.name}: {name}" for path in MIGRATIONS for name in _imported(path) if name.startswith("rapport")]
    allowed = [one for one in found if one.endswith((": rapport.kit.ids", ": rapport.accounts.models"))]
    none(
        sorted(set(found) - set(allowed)),
        "Write down what it needs: the project will have moved on when it runs again.",
    )


def _imported(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [
        name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    ]
