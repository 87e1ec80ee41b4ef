"""Mutants of a file: each is the file with one small fault in it, as mutmut's operators make them.

mutmut's own runner starts pytest, and with it a PostgreSQL, for each mutant, leaves out what is decorated (every
`@undoes`), and knows no tables of a module (who has which right). So only its operators are used.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from .areas import HOME

# A sentence that is changed fails in tests/house, which compares all of them with the catalogue; so does a failpoint's
# name. The rest is said to mypy only, or (`strict`) asserts what always holds.
NOT_MUTATED = {
    "_", "gettext", "ngettext", "pgettext", "ngettext_lazy", "failpoint", "cast", "TypeVar", "len", "isinstance",
}  # fmt: skip
ASSERTING = {"strict"}
FOR_IMPORTS = {"__all__"}
CODECS = {"utf-8", "ascii"}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|HAVING|SET|ON CONFLICT)\b")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault. `source` is the faulty function or statement; `name` that of the function or the module's table."""

    file: str
    name: str
    line: int
    until: int
    was: str
    now: str
    source: str
    is_function: bool
    class_name: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """By which it is found again after lines were moved."""
        return self.file, self.name, self.was, self.now


def mutants_of(file: Path) -> list[Mutant]:
    """All mutants of one file, in a steady order, none twice."""
    module = cst.parse_module(file.read_text("utf-8"))
    wrapper = MetadataWrapper(module)
    visitor = _Faults(mutation_operators, IgnoredCode(set(), set(), set()))
    module = wrapper.visit(visitor)
    positions = wrapper.resolve(PositionProvider)
    found: dict[tuple[str, str, str, str], Mutant] = {}
    for fault in visitor.faults:
        for one in _written(file, module, fault, positions[fault.node]):
            found.setdefault(one.key, one)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Fault:
    node: cst.CSTNode
    faulty: cst.CSTNode
    within: cst.CSTNode
    class_name: str


class _Faults(MutationVisitor):  # type: ignore[misc]
    """Visits also what is decorated, and the tables of a module; leaves words for people alone."""

    def __init__(self, operators: object, ignored: IgnoredCode) -> None:
        super().__init__(operators, ignored)
        self.faults: list[_Fault] = []
        self._around: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        self._around.append(node)
        return bool(super().on_visit(node))

    def on_leave(self, node: cst.CSTNode) -> None:
        self._around.pop()
        super().on_leave(node)

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            return False
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in NOT_MUTATED:
            return True
        if isinstance(node, cst.Param) and node.default is not None:
            return not isinstance(node.default, cst.Name | cst.BaseNumber | cst.BaseString)
        if isinstance(node, cst.ImportFrom | cst.Import):
            return True
        if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in ASSERTING:
            return True
        return bool(super()._skip_node_and_children(node))

    def _create_mutations(self, node: cst.CSTNode) -> None:
        place = self._place()
        if place is None:
            return
        within, class_name = place
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for faulty in operator(node):
                    if not (self._is_only_cased(node, faulty) or _asserts_less(node, faulty)):
                        self.faults.append(_Fault(node, faulty, within, class_name))

    def _is_only_cased(self, node: cst.CSTNode, faulty: cst.CSTNode) -> bool:
        """SQL in capitals or small letters, but for what it compares with, and the names of codecs."""
        if not (isinstance(node, cst.SimpleString) and isinstance(faulty, cst.SimpleString)):
            return False
        whole = next((one for one in self._around if isinstance(one, cst.ConcatenatedString)), node)
        told = cst.Module([]).code_for_node(whole)
        is_cased = node.value != faulty.value and node.value.casefold() == faulty.value.casefold()
        if is_cased and node.value.strip("\"'").casefold() in CODECS:
            return True
        return is_cased and bool(SQL.search(told)) and "'" not in node.value.strip("\"'") and "%(" not in node.value

    def _place(self) -> tuple[cst.CSTNode, str] | None:
        """The outermost function, or the statement that makes a table of the module; not the fields of a class."""
        class_name = ""
        for one in self._around[1:]:
            if isinstance(one, cst.FunctionDef):
                return one, class_name
            if isinstance(one, cst.ClassDef):
                class_name = f"{class_name}.{one.name.value}".lstrip(".")
            elif isinstance(one, cst.SimpleStatementLine):
                return (one, "") if not class_name and _is_table(one) else None
        return None


def _is_table(line: cst.SimpleStatementLine) -> bool:
    kept = line.body[0]
    if isinstance(kept, cst.Assign):
        target = kept.targets[0].target
        named = len(kept.targets) == 1 and isinstance(target, cst.Name) and target.value not in FOR_IMPORTS
        return named and not isinstance(kept.value, cst.Subscript | cst.Name)  # those are names of types
    return isinstance(kept, cst.AnnAssign) and isinstance(kept.target, cst.Name) and kept.value is not None


def _asserts_less(node: cst.CSTNode, faulty: cst.CSTNode) -> bool:
    """A call whose one difference is an argument that only asserts."""
    if not (isinstance(node, cst.Call) and isinstance(faulty, cst.Call)):
        return False
    before, after = (
        [one for one in call.args if one.keyword is None or one.keyword.value not in ASSERTING]
        for call in (node, faulty)
    )
    return [one.value for one in before] == [one.value for one in after]


def _written(file: Path, module: cst.Module, fault: _Fault, at: object) -> Iterator[Mutant]:
    faulty = deep_replace(fault.within, fault.node, fault.faulty)
    before, after = (_source(module, one) for one in (fault.within, faulty))
    was, now = _difference(before, after)
    if not (was or now):
        return
    is_function = isinstance(fault.within, cst.FunctionDef)
    name = fault.within.name.value if is_function else _table_name(fault.within)  # type: ignore[attr-defined]
    yield Mutant(
        file=str(file.relative_to(HOME)),
        name=f"{fault.class_name}.{name}".lstrip("."),
        line=at.start.line,  # type: ignore[attr-defined]
        until=at.end.line,  # type: ignore[attr-defined]
        was=was,
        now=now,
        source=after,
        is_function=is_function,
        class_name=fault.class_name,
    )


def _source(module: cst.Module, node: cst.CSTNode) -> str:
    if isinstance(node, cst.FunctionDef):
        node = node.with_changes(decorators=[], leading_lines=[])
    elif isinstance(node, cst.SimpleStatementLine):
        node = node.with_changes(leading_lines=[])
    return module.code_for_node(node)


def _table_name(line: cst.CSTNode) -> str:
    kept = line.body[0]  # type: ignore[attr-defined]
    target = kept.target if isinstance(kept, cst.AnnAssign) else kept.targets[0].target
    return str(target.value)


def _difference(before: str, after: str) -> tuple[str, str]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return tuple(  # type: ignore[return-value]
        "\n".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in ("- ", "+ ")
    )


@cache
def statements_of(file: str) -> list[tuple[int, int]]:
    """First and last line of each innermost statement; of one with a body, of its head."""
    found = []
    for node in ast.walk(ast.parse((HOME / file).read_text("utf-8"))):
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            body = getattr(node, "body", None)
            start = getattr(node, "lineno", 0) or node.pattern.lineno  # type: ignore[union-attr]
            end = body[0].lineno - 1 if body else node.end_lineno  # type: ignore[union-attr]
            found.append((start, max(start, end or start)))
    return found
