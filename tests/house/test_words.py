"""How modules and rooms introduce themselves."""

from __future__ import annotations

import ast

from .code import PACKAGE, none, sources

NAMELESS = {"utils", "helpers", "services", "managers", "common", "base", "misc", "util", "helper"}


def test_every_room_says_what_goes_in_and_what_comes_out() -> None:
    rooms = [one for one in PACKAGE.iterdir() if one.name not in ("migrations",) and (one / "__init__.py").exists()]
    doors = [one for one in (PACKAGE / "doors").iterdir() if (one / "__init__.py").exists()]
    found = [
        f"rapport/{room.relative_to(PACKAGE)}"
        for room in sorted(rooms + doors)
        if not _docstring(room / "__init__.py").startswith("in:") or "out:" not in _docstring(room / "__init__.py")
    ]
    none(found, "Begin the docstring of a room's __init__.py with what goes in and what comes out: `in: … out: …`.")


def _docstring(path: object) -> str:
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""  # type: ignore[attr-defined]


def test_every_verb_of_the_journal_has_its_sentence() -> None:
    from rapport.doors.telling_changes import SENTENCES

    found = [
        f"{s.at(call)}: {verb.value}"
        for s in sources()
        for call, name in s.calls()
        if name.endswith("by.note") and call.args
        for verb in call.args[:1]
        if isinstance(verb, ast.Constant) and verb.value not in SENTENCES
    ]
    none(found, "Say in rapport/doors/telling_changes.py what was done, for whoever looks at what changed lately.")


def test_every_module_says_what_it_is_for() -> None:
    found = [s.at(s.tree) for s in sources() if s.tree.body and not ast.get_docstring(s.tree)]
    none(found, "Give the module a docstring of one line that tells a stranger what it is for.")


def test_every_public_function_and_class_says_what_it_does() -> None:
    found = [
        f"{s.at(node)}: {node.name}"
        for s in sources()
        for owner in (s.tree, *(n for n in s.tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")))
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and node.name != "Meta"
        and not ast.get_docstring(node)
        and not _is_only_a_shape(node)
    ]
    none(found, "Give it one line: what it does, of which shapes and units, and which errors it raises.")


def _is_only_a_shape(node: ast.AST) -> bool:
    """A method of a protocol, whose class says what it is for."""
    body = getattr(node, "body", [])
    return len(body) == 1 and isinstance(body[0], ast.Expr) and getattr(body[0].value, "value", None) is ...


def test_files_are_named_for_ideas() -> None:
    found = [s.at(s.tree) for s in sources() if s.path.stem in NAMELESS or s.path.parent.name in NAMELESS]
    none(found, "Name the file for its idea in plain words, verbs as -ing: merging, rhythm, searching.")
