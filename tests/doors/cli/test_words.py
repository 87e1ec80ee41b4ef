"""What the terminal prints goes through the catalogue of sentences, and asking it loads no Django."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapport.doors import cli
from rapport.doors.cli import words

FILES = sorted(Path(cli.__file__).parent.glob("*.py"))
SPEAKING = {"say", "answer", "Trouble", "NotFound", "NotUnderstood", "Conflict"}
A_WORD = re.compile(r"[A-Za-z]{2,}")
SPOKEN = """
import sys
from rapport.doors.cli.words import _, ngettext
assert _("Reading") == "Reading" and ngettext("one", "many", 2) == "many"
sys.exit("django" in sys.modules)
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_that_is_printed_is_in_the_catalogue(path: Path) -> None:
    bare = [f"{path.name}:{line}: {text!r}" for line, text in _bare(ast.parse(path.read_text("utf-8")))]
    assert not bare, f"Give these to _() of doors/cli/words.py: {bare}"


def _bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Words that are said as they stand."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPEAKING and call.args:
            for part in _said(call.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and A_WORD.search(part.value):
                    yield call.lineno, part.value


def _said(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of what is said; what stands in a call, or is put into a sentence, is another's matter."""
    match node:
        case ast.JoinedStr(values=parts):
            yield from parts
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (*_said(left), *_said(right))
        case ast.BinOp(left=left, op=ast.Mod()):
            yield from _said(left)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_said(one), *_said(other))
        case _:
            yield node


def test_a_sentence_is_found_without_loading_django() -> None:
    assert subprocess.run([sys.executable, "-c", SPOKEN], check=False).returncode == 0


def test_it_is_the_catalogue_that_django_reads(settings: object) -> None:
    assert [words.LOCALE] == settings.LOCALE_PATHS  # type: ignore[attr-defined]
