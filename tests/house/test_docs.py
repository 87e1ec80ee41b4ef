"""Docs are true: what can be listed is on its page, what is linked or named exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
import typer
from pydantic import ValidationError

from rapport.accounts.access import RIGHTS, Right
from rapport.channels.wording import AUTOMATIC, FAILURES, READ_IN_PART, REMARKS, RULES
from rapport.doors.cli.app import app
from rapport.doors.operations.catalogue import catalogue
from rapport.kit import configuration, trouble
from rapport.moments.rulebook import RULES as MOMENT_RULES
from rapport.moments.wording import rule_question

from .code import HOME, none

PAGES = sorted([*HOME.glob("*.md"), *(HOME / "docs").rglob("*.md")])
SETTING = re.compile(r"\b(?:RAPPORT_[A-Z][A-Z_]*[A-Z]|DATABASE_URL)\b")
CODE_PATH = re.compile(r"(?<![\w./-])(?:rapport|tests|scripts|benchmarks|docs)/[\w./-]*[\w/]")
WrongUse: type[Any] = typer.BadParameter.__mro__[1]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
FENCE = re.compile(r"^```.*?^```$|^    [^\n]*$", re.M | re.S)


@cache
def text(page: str) -> str:
    return (HOME / page).read_text("utf-8")


def missing(page: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line not in text(page).splitlines()]


def settings_in_code() -> set[str]:
    """Names of settings as the code reads them: whole strings, or looked up in the environment."""
    named = re.compile(rf"""["']({SETTING.pattern})["']""")
    files = [one for place in ("rapport", "scripts", "tests", "benchmarks") for one in (HOME / place).rglob("*.py")]
    return {name for file in files for name in named.findall(file.read_text("utf-8"))}


def test_every_setting_is_explained_and_no_other() -> None:
    explained = set(re.findall(rf"^\| `({SETTING.pattern})` \|", text("docs/host/settings.md"), re.M))
    none(sorted(settings_in_code() - explained), "Say in docs/host/settings.md what it does and its default:")
    none(sorted(explained - settings_in_code()), "Nothing reads this any more; take it out of docs/host/settings.md:")


def test_the_tables_of_settings_say_what_the_code_says() -> None:
    page = text("docs/host/settings.md")
    rows = [f"| `{one.name}` | {one.default} | {one.says} |" for one in configuration.SETTINGS.values()]
    none(
        [row for row in rows if row not in page],
        "Say it as rapport/kit/configuration.py does, in docs/host/settings.md:",
    )


def test_the_example_of_settings_is_the_one_that_is_printed() -> None:
    assert text(".env.example") == configuration.example(), "Say: rapport config --example > .env.example"


def test_every_command_and_each_of_its_options_is_explained() -> None:
    page = text("docs/host/command-line.md")
    sections = dict(re.findall(r"^## rapport ([\w-]+)\n(.*?)(?=^## )", page, re.M | re.S))
    commands = COMMANDS
    assert sections.keys() == commands.keys()
    for_all = page.partition("## ")[0]
    unsaid = [
        f"rapport {name} {max(option.opts + option.secondary_opts, key=len)}"
        for name, command in commands.items()
        for option in command.params
        if option.param_type_name == "option"
        and not any(said in sections[name] + for_all for said in option.opts + option.secondary_opts)
    ]
    none(unsaid, "Say in docs/host/command-line.md what it does:")
    none(
        [name for name in commands if f"    rapport {name}" not in page and f" rapport {name}" not in page], "Example!"
    )


def commands_said() -> Iterator[tuple[str, list[str]]]:
    """Each command of an example, in docs and in what commands say of themselves, and what is said to it."""
    said = [(str(page.relative_to(HOME)), page.read_text("utf-8")) for page in PAGES if page.name != "benchmarks.md"]
    said += [(f"rapport {name} --help", command.help or "") for name, command in COMMANDS.items()]
    for place, words in said:
        for line in re.findall(r"^ {2,}(?:\w+=\S+ )?(?:\.venv/bin/)?rapport ([^\n]*)$", words, re.M):
            yield f"{place}: rapport {line}", shlex.split(re.sub(r"\s(?:[|>·]|>>|&&)\s.*", "", line))


def trouble_with(said: list[str]) -> str:
    """Why a command could not begin; empty where it could."""
    name, *values = said or ["help"]
    if name.startswith("-"):
        return ""
    if name not in COMMANDS:
        return "there is no such command"
    try:
        given = COMMANDS[name].make_context(name, values).params
    except WrongUse as wrong:
        return wrong.format_message()
    return trouble_of_operation(given["name"], given["values"] or []) if name == "do" and given["name"] else ""


def trouble_of_operation(name: str, values: list[str]) -> str:
    operation = catalogue().get(name)
    if operation is None:
        return "there is no such operation"
    if not values:
        return ""
    given = dict(value.split("=", 1) for value in values)
    ids = {field: str(uuid4()) for field in given if field.endswith("_id") or field == "other"}
    try:
        operation.takes(**{**given, **ids})
    except ValidationError as wrong:
        return str(wrong)
    return ""


def test_every_command_of_an_example_can_be_typed() -> None:
    said = list(commands_said())
    assert len(said) > 80
    none([f"{place}: {wrong}" for place, words in said if (wrong := trouble_with(words))], "Mend these examples:")


def test_every_exit_code_is_explained() -> None:
    used = {one.exit_code for one in vars(trouble).values() if isinstance(one, type) and hasattr(one, "exit_code")}
    explained = set(re.findall(r"^\| (\d) \|", text("docs/host/command-line.md"), re.M))
    assert {str(code) for code in used | {0}} <= explained


def test_every_operation_is_listed() -> None:
    page = "docs/build/operations.md"
    lines = [f"| `{o.name}` | {o.method} `{o.path}` | {o.right} | {o.summary} |" for o in catalogue().values()]
    none(missing(page, lines), f"Write into {page}:")
    assert len(re.findall(r"^\| `", text(page), re.M)) == len(lines), f"{page} lists an operation that is gone"


def test_every_moment_rule_is_explained() -> None:
    page = text("docs/use/today.md")
    none([rule for rule in MOMENT_RULES if f"| `{rule}` | {rule_question(rule)} |" not in page], "docs/use/today.md:")


def test_every_role_says_what_it_may() -> None:
    rights = get_args(Right)
    lines = ["| role | " + " | ".join(rights) + " |"]
    for role, its in RIGHTS.items():
        cells = ("| yes " if right in its else "| " for right in rights)
        lines.append(f"| {role.value} {''.join(cells)}|")  # type: ignore[attr-defined]
    none(missing("docs/host/security.md", lines), "Write into docs/host/security.md:")


@pytest.mark.parametrize(
    "words", [RULES, AUTOMATIC, FAILURES, REMARKS, READ_IN_PART], ids=["rule", "robot", "failure", "remark", "part"]
)
def test_every_reason_to_leave_something_out_is_explained(words: dict[str, object]) -> None:
    lines = [f"| `{kind}` | {sentence} |" for kind, sentence in words.items()]
    none(missing("docs/use/import.md", lines), "Write into docs/use/import.md:")


def test_every_key_is_explained() -> None:
    template = text("rapport/doors/web/templates/parts/keys.html")
    keyboard = text("docs/use/keyboard.md")
    told = re.findall(r'line\(_\("([^"]+)"\), ([^)]*)\)', template)
    assert told
    for words, keys in told:
        row = next((line for line in keyboard.splitlines() if line.endswith(f"| {words} |")), "")
        assert all(f"`{key}`" in row for key in re.findall(r'"([^"]+)"', keys)), f"docs/use/keyboard.md: {words} {keys}"


def test_the_order_of_layers_is_that_of_the_contract() -> None:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "rooms")
    told = re.findall(r"^\d\. ((?:`[\w.]+`(?: \| )?)+):", text("docs/build/flow.md"), re.M)
    assert [line.replace("`", "") for line in told] == list(reversed(layers))


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text("utf-8"))):
            if not target.startswith(("http:", "https:", "mailto:")):
                yield page, target


def test_every_link_leads_somewhere() -> None:
    broken = []
    for page, target in links():
        path, _hash, heading = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (heading and heading not in headings(found)):
            broken.append(f"{page.relative_to(HOME)}: {target}")
    none(broken, "Mend these links:")


def headings(page: Path) -> set[str]:
    """The anchors of a page, as they are made from its headings."""
    return {
        re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-")
        for line in re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text("utf-8")), re.M)
    }


def test_every_file_that_is_named_exists() -> None:
    named = [(page, path) for page in PAGES for path in CODE_PATH.findall(page.read_text("utf-8"))]
    assert len(named) > 100
    gone = [f"{page.relative_to(HOME)}: {path}" for page, path in named if not (HOME / path).exists()]
    none(gone, "These files are named and not there:")


def test_every_function_on_the_tour_is_in_a_file_it_names() -> None:
    tour = text("docs/build/tour.md")
    visited = "\n".join(text(path) for path in set(CODE_PATH.findall(tour)) if path.endswith(".py"))
    functions = set(re.findall(r"`(\w+)\(\)`", tour))
    assert len(functions) > 15
    none(
        sorted(one for one in functions if f"def {one}(" not in visited), "The tour names functions that are not there:"
    )


def test_every_make_command_in_the_docs_exists() -> None:
    targets = set(" ".join(re.findall(r"^([a-z][a-z ]*):", text("Makefile"), re.M)).split())
    assert {"run", "test"} <= {name for name in targets if f"    make {name}" in text("README.md")}
    said = {(page, name) for page in PAGES for name in re.findall(r"(?:`|    )make ([a-z]+)", page.read_text("utf-8"))}
    none([f"{page.relative_to(HOME)}: make {name}" for page, name in said if name not in targets], "No such command:")
