"""A mutant takes the place of what runs: in this process, in the functions and tables that are loaded, nowhere else."""

from __future__ import annotations

import ast
import functools
import gc
import sys
from textwrap import indent
from types import FunctionType, ModuleType
from typing import Any

from .areas import HOME
from .mutants import Mutant

FUTURE = "from __future__ import annotations\n"


def apply(mutant: Mutant) -> None:
    """Let the mutant run from now on; also where its function is held by a decorator, or a table was imported."""
    module = sys.modules[mutant.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")]
    if mutant.is_function:
        _replace_function(module, mutant)
    else:
        _replace_table(module, mutant)
    for one in gc.get_objects():  # what was worked out before would be answered for it
        if isinstance(one, functools._lru_cache_wrapper) and str(one.__module__).startswith("rapport."):
            one.cache_clear()


def _replace_function(module: ModuleType, mutant: Mutant) -> None:
    made = _made(module, mutant)
    path = str(HOME / mutant.file)
    held = [
        one
        for one in gc.get_objects()
        if isinstance(one, FunctionType)
        and one.__code__.co_filename == path
        and one.__code__.co_qualname == mutant.name
        and one.__code__.co_freevars == made.__code__.co_freevars
    ]
    if not held:
        raise LookupError(f"{mutant.file}: {mutant.name} is not loaded")
    for one in held:
        one.__code__, one.__defaults__, one.__kwdefaults__ = made.__code__, made.__defaults__, made.__kwdefaults__


def _made(module: ModuleType, mutant: Mutant) -> FunctionType:
    """The faulty function; inside a class of its own where it was in one, for the sake of `super()`."""
    source = mutant.source
    if mutant.class_name:
        source = f"class {mutant.class_name.rpartition('.')[2]}:\n" + indent(source, "    ")
    names = dict(vars(module))
    try:
        exec(compile(FUTURE + source, str(HOME / mutant.file), "exec", dont_inherit=True), names)
    except Exception as fault:  # ours, not the mutant's: it is only defined here
        raise LookupError(f"{mutant.file}: {mutant.name} cannot be defined") from fault
    name = mutant.name.rpartition(".")[2]
    made = vars(names[mutant.class_name.rpartition(".")[2]])[name] if mutant.class_name else names[name]
    assert isinstance(made, FunctionType)
    return made


def _replace_table(module: ModuleType, mutant: Mutant) -> None:
    """The table, and what further down was made of it; also where others imported either by name."""
    changed = {mutant.name}
    _run_again(module, mutant.name, mutant.source)
    for node in ast.parse((HOME / mutant.file).read_text("utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name) or node.value is None:
            continue
        uses = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
        if uses & changed and target.id not in changed:
            changed.add(target.id)
            _run_again(module, target.id, ast.unparse(node))


def _run_again(module: ModuleType, name: str, source: str) -> None:
    before = getattr(module, name)
    names: dict[str, Any] = vars(module)
    exec(compile(FUTURE + source, str(module.__file__), "exec", dont_inherit=True), names)
    after = names[name]
    for other in list(sys.modules.values()):
        if getattr(other, "__name__", "").startswith("rapport.") and vars(other).get(name) is before:
            setattr(other, name, after)
    for one in gc.get_objects():  # a default is taken from the table when its function is made
        if isinstance(one, FunctionType) and one.__defaults__ and str(one.__module__).startswith("rapport."):
            one.__defaults__ = tuple(after if given is before else given for given in one.__defaults__)
