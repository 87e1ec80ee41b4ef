"""config, completion: how this Rapport is set up, and how a shell finishes its words. Neither loads Django."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from rapport.kit.trouble import NotFound

from .entering import JsonOption
from .printing import answer, answer_json, columns, say
from .words import _

SET_BY_US = frozenset({"RAPPORT_APP_DSN", "RAPPORT_OWNER_DSN", "RAPPORT_POOL", "RAPPORT_SUPERVISED"})
SET_BY_BUILDERS = frozenset(
    {"RAPPORT_ACCEPT", "RAPPORT_BENCH", "RAPPORT_BROWSER", "RAPPORT_FAILPOINT", "RAPPORT_SHARED", "RAPPORT_TESTING"}
)
COMPLETING = "_RAPPORT_COMPLETE"


def register(app: typer.Typer) -> None:
    """Put these verbs into the command."""
    app.command()(config)
    app.command()(completion)


def config(
    name: Annotated[str, typer.Argument(help="One setting; all without it.", show_default=False)] = "",
    example: Annotated[bool, typer.Option("--example", help="A file with all settings, to begin from.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say every setting, and where its value comes from.

    That is the environment, `rapport.env` in the home, or the default.

    \b
    Examples:
      rapport config
      rapport config RAPPORT_PORT
      rapport config --example > rapport.env
    """
    from rapport.kit import configuration
    from rapport.kit.house import House
    from rapport.kit.supervision.census import as_it_runs

    if example:
        answer(configuration.example().rstrip("\n"))
        return
    house = House.from_environment()
    told = [one for one in configuration.told(os.environ) if name in ("", one.setting.name)]
    if not told:
        raise NotFound(_("Rapport has no setting of this name. All are in: rapport config"), code="no-such-setting")
    running = as_it_runs(house).web_port if (house.path / "run").is_dir() else house.web_port
    differs = {"RAPPORT_PORT": str(running)} if running != house.web_port else {}
    if as_json:
        answer_json([_value(one.setting.name, one.value, one.source, differs) for one in told])
        return
    where = {
        "environment": _("environment"),
        "file": str(house.path / configuration.FILE),
        "default": _("default"),
    }
    for line in columns([(one.setting.name, one.value or "–", where[one.source]) for one in told]):
        answer(line)
    if differs and any(one.setting.name in differs for one in told):
        said = _("Rapport runs on port %(running)s now, and will on %(configured)s when it is started from here.")
        answer(said % {"running": running, "configured": house.web_port})
    for sentence in configuration.unknown(os.environ, SET_BY_US | SET_BY_BUILDERS):
        say(sentence)


def _value(name: str, value: str, source: str, differs: Mapping[str, str]) -> dict[str, str]:
    """As it would be for whoever starts Rapport from here; and as it runs, where that is another."""
    return {"name": name, "value": value, "from": source} | ({"running": differs[name]} if name in differs else {})


def completion(shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="Your shell.")]) -> None:
    """Print what lets your shell finish words.

    \b
    Examples:
      rapport completion bash >> ~/.bashrc
      rapport completion fish > ~/.config/fish/completions/rapport.fish
    """
    from typer._completion_shared import get_completion_script

    answer(get_completion_script(prog_name="rapport", complete_var=COMPLETING, shell=shell))


def be_ready_to_complete() -> None:
    """Where a shell asks for words: let typer know the shells, which costs time at any other moment."""
    if COMPLETING in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
